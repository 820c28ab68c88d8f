"""Late submissions lose what nbgrader's settings say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.api import Gradebook

from autograder.grading.grade import grade_assignment
from tests.grading.conftest import AUTO_POINTS, LESSON

HandIn = Callable[..., Path]
Solve = Callable[..., NotebookNode]


def test_a_late_submission_is_penalised_as_nbgrader_documents_it(course: Path, hand_in: HandIn, solve: Solve) -> None:
    settings = course / "nbgrader_config.py"
    settings.write_text(settings.read_text() + "\nc.LateSubmissionPlugin.penalty_method = 'zero'\n")
    database = f"sqlite:///{course / 'gradebook.db'}"
    with Gradebook(database, "vision-interview-course") as gradebook:
        gradebook.update_or_create_assignment(LESSON, duedate="2026-03-01 12:00:00 UTC")
    for student, when in (("early", "2026-03-01 11:00:00 UTC"), ("late", "2026-03-02 12:00:00 UTC")):
        notebook = hand_in(student, solve())
        (notebook.parent / "timestamp.txt").write_text(when)
    grade_assignment(course, LESSON)
    with Gradebook(database, "vision-interview-course") as gradebook:
        found = {student: gradebook.find_submission(LESSON, student) for student in ("early", "late")}
        penalties = {student: submission.late_submission_penalty for student, submission in found.items()}
        assert {submission.score for submission in found.values()} == {AUTO_POINTS}
    assert penalties == {"early": 0.0, "late": AUTO_POINTS}
