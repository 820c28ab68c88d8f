"""Grading a class through the API that the command uses."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbgrader.api import Gradebook

from autograder.examiner.examination import ExaminationError
from autograder.grading.grade import GradingError, SubmissionResult, grade_assignment
from autograder.grading.staging import fingerprint_of_files
from tests.grading import fake_examiner
from tests.grading.conftest import ALL_POINTS, AUTO_POINTS, LESSON, find_cell, text_of

Solve = Callable[..., NotebookNode]
HandIn = Callable[..., Path]
SQUARE = "def double(x):\n    return x * x\n"


@pytest.fixture
def gradebook(course: Path) -> Iterator[Gradebook]:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as opened:
        yield opened


def grade(course: Path, *students: str) -> dict[str, SubmissionResult]:
    return {result.student: result for result in grade_assignment(course, LESSON, students or None)}


def autograded(course: Path, student: str) -> Path:
    return course / "autograded" / student / LESSON / f"{LESSON}.ipynb"


def feedback(course: Path, student: str) -> str:
    return (course / "feedback" / student / LESSON / f"{LESSON}.html").read_text(encoding="utf-8")


def test_a_class_is_graded_and_a_broken_submission_stops_nobody(
    course: Path, hand_in: HandIn, solve: Solve, released: NotebookNode
) -> None:
    hand_in("ada", solve(), "mine.ipynb")
    hand_in("bob", b"")
    hand_in("cleo", solve(double=SQUARE, why="caf\xe9 <b>&amp;"))
    (course / "submitted" / "dan" / LESSON).mkdir(parents=True)
    hand_in("eve", released)
    hand_in("gus [x]", solve())
    hand_in("eve", b"not a date", "timestamp.txt")
    (course / "submitted" / "fay").mkdir()
    (course / "submitted" / ".hidden" / LESSON).mkdir(parents=True)
    worked_in = course / "exercises" / LESSON / f"{LESSON}.ipynb"
    worked_in.write_text("somebody's own work", encoding="utf-8")
    before = {step: fingerprint_of_files(course / step) for step in ("submitted", "exercises", "solutions")}
    seen: list[tuple[int, int, str]] = []

    results = grade_assignment(course, LESSON, progress=lambda done, total, r: seen.append((done, total, r.student)))

    assert [(r.student, r.score, r.max_score, r.status) for r in results] == [
        ("ada", AUTO_POINTS, ALL_POINTS, "needs_manual_grading"),
        ("bob", 0.0, ALL_POINTS, "not_graded"),
        ("cleo", AUTO_POINTS - 2, ALL_POINTS, "needs_manual_grading"),
        ("dan", 0.0, ALL_POINTS, "not_graded"),
        ("eve", 0.0, ALL_POINTS, "graded"),
        ("gus [x]", 0.0, ALL_POINTS, "not_graded"),
    ]
    assert [(done, total) for done, total, _student in seen] == [(n + 1, 6) for n in range(6)]
    assert {student for _done, _total, student in seen} == {result.student for result in results}
    notes = {result.student: " ".join(result.notes) for result in results}
    assert "was called mine.ipynb" in notes["ada"] and "was called mine" in feedback(course, "ada")
    assert "0 bytes" in notes["bob"] and "0 bytes" in feedback(course, "bob")
    assert "hand it in once more" in feedback(course, "bob")
    assert "You took the square." in feedback(course, "cleo")
    assert f"{LESSON}.ipynb is missing" in notes["dan"]
    assert "does not hold a date" in notes["eve"]
    assert "rename the folder" in feedback(course, "gus [x]")
    assert before == {step: fingerprint_of_files(course / step) for step in before}


def test_a_rerun_grades_what_changed_and_keeps_what_people_decided(
    course: Path, hand_in: HandIn, solve: Solve, gradebook: Gradebook
) -> None:
    hand_in("ada", solve(double=SQUARE))
    hand_in("bob", solve(double=SQUARE))
    assert grade(course)["ada"].score == AUTO_POINTS - 2
    with gradebook:
        for student in ("ada", "bob"):
            written = gradebook.find_grade("why", LESSON, LESSON, student)
            written.manual_score, written.needs_manual_grade = 3.5, False
            gradebook.find_comment("why", LESSON, LESSON, student).manual_comment = "Well put."
        gradebook.db.commit()
    untouched = autograded(course, "bob").stat().st_mtime_ns
    hand_in("ada", solve())

    results = grade(course)

    assert results["ada"].score == AUTO_POINTS + 3.5
    assert results["ada"].status == "needs_manual_grading"  # nbgrader asks for another look at a changed answer
    assert results["bob"].score == AUTO_POINTS - 2 + 3.5
    assert results["bob"].status == "graded"
    assert autograded(course, "bob").stat().st_mtime_ns == untouched
    assert "Well put." in feedback(course, "ada") and "Well put." in feedback(course, "bob")


def test_a_broken_resubmission_leaves_the_grade_of_the_earlier_one(
    course: Path, hand_in: HandIn, solve: Solve, gradebook: Gradebook
) -> None:
    hand_in("ada", solve())
    grade(course)
    hand_in("ada", b"{")
    result = grade(course)["ada"]
    assert (result.score, result.status) == (AUTO_POINTS, "not_graded")
    assert "The grade of an earlier submission stands: 5 of 9" in result.notes[1]
    assert "earlier submission stands" in feedback(course, "ada")
    with gradebook:
        assert gradebook.find_submission(LESSON, "ada").score == AUTO_POINTS


def test_a_grading_that_was_cut_short_is_done_again(course: Path, hand_in: HandIn, solve: Solve) -> None:
    hand_in("ada", solve())
    grade(course)
    path = autograded(course, "ada")
    notebook = nbformat.read(path, as_version=4)
    del notebook.metadata["grading"]["fingerprint"]
    path.chmod(0o644)
    nbformat.write(notebook, path)
    before = path.stat().st_mtime_ns
    assert grade(course)["ada"].score == AUTO_POINTS
    assert autograded(course, "ada").stat().st_mtime_ns != before


def test_missing_and_repeated_cells_are_put_right(course: Path, hand_in: HandIn, solve: Solve) -> None:
    notebook = solve(double=SQUARE)
    for name in ("test_double", "why", "test_total_2"):
        notebook.cells.remove(find_cell(notebook, name))
    again = copy.deepcopy(find_cell(notebook, "total"))
    again["id"] = "again"
    notebook.cells.append(again)
    find_cell(notebook, "test_total")["cell_type"] = "markdown"
    for field in ("outputs", "execution_count"):
        del find_cell(notebook, "test_total")[field]
    find_cell(notebook, "test_total")["metadata"]["nbgrader"]["points"] = 100
    notebook.metadata["kernelspec"] = {"name": "ir", "display_name": "R", "language": "R"}
    hand_in("ada", notebook)
    result = grade(course)["ada"]
    assert (result.score, result.max_score) == (AUTO_POINTS - 2, ALL_POINTS)
    notes = " ".join(result.notes)
    for words in (
        "test_double was missing",
        "test_total_2 was missing",
        "why was missing",
        "total was there more than once",
        "test_total had been turned into another type",
        "asked for the kernel 'ir'",
    ):
        assert words in notes
    cells = [
        cell.metadata.get("nbgrader", {}).get("grade_id") for cell in nbformat.read(autograded(course, "ada"), 4).cells
    ]
    assert cells.index("double") < cells.index("test_double") < cells.index("test_total") < cells.index("test_total_2")
    assert result.status == "graded"  # the written answer that was deleted counts as left blank


def test_an_answer_cell_that_was_moved_is_not_hidden_by_its_stub(course: Path, hand_in: HandIn, solve: Solve) -> None:
    notebook = solve()
    find_cell(notebook, "double")["metadata"] = {}
    notebook.cells.remove(find_cell(notebook, "test_double"))
    hand_in("ada", notebook)
    assert grade(course)["ada"].score == AUTO_POINTS


def test_a_record_that_a_submission_brings_along_is_forgotten(course: Path, hand_in: HandIn, solve: Solve) -> None:
    notebook = solve()
    notebook.metadata["grading"] = {"notes": ["Excellent, full marks."], "fingerprint": "forged"}
    hand_in("ada", notebook)
    assert grade(course)["ada"].notes == ()


def test_a_student_who_handed_in_nothing_is_listed_when_asked_for(course: Path) -> None:
    result = grade(course, "nobody")["nobody"]
    assert result.status == "not_graded" and "handed in nothing" in result.notes[0]
    assert grade(course) == {}


def test_an_unknown_assignment_is_an_error(course: Path) -> None:
    with pytest.raises(GradingError, match="no_such_lesson"):
        grade_assignment(course, "no_such_lesson")


def test_exercises_that_changed_after_grading_are_an_error(course: Path, hand_in: HandIn, solve: Solve) -> None:
    hand_in("ada", solve())
    grade(course)
    source = course / "solutions" / LESSON / f"{LESSON}.ipynb"
    notebook = json.loads(source.read_text(encoding="utf-8"))
    notebook["cells"] = [
        c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") != "test_total_2"
    ]
    source.write_text(json.dumps(notebook), encoding="utf-8")
    with pytest.raises(GradingError, match="were added, removed or renamed"):
        grade(course)


def test_without_a_sandbox_nothing_is_written(
    course: Path, hand_in: HandIn, solve: Solve, monkeypatch: pytest.MonkeyPatch
) -> None:
    def examine(*_arguments: object) -> NotebookNode:
        raise ExaminationError("no kernel")

    monkeypatch.setattr("autograder.grading.scheduler.examine", examine)
    monkeypatch.setattr("autograder.grading.grade.sandbox_problem", lambda: "There is none. Mend: get one.")
    hand_in("ada", solve())
    with pytest.raises(GradingError, match="Mend: get one"):
        grade(course)
    assert not (course / "feedback").exists() and not (course / "autograded").exists()


def test_an_examination_that_fails_stops_no_other(
    course: Path, hand_in: HandIn, solve: Solve, monkeypatch: pytest.MonkeyPatch
) -> None:
    def examine(_examination: object, notebook: NotebookNode, _files: object) -> NotebookNode:
        if "unlucky" in text_of(notebook):
            raise ExaminationError("Traceback\n  expect(double, hidden_input)\nEnded without a result.")
        return fake_examiner.examine(_examination, notebook)  # type: ignore[arg-type]

    monkeypatch.setattr("autograder.grading.scheduler.examine", examine)
    monkeypatch.setattr("autograder.grading.grade.sandbox_problem", lambda: None)
    hand_in("ada", solve(why="unlucky"))
    hand_in("bob", solve())
    results = grade(course)
    assert results["ada"].status == "not_graded" and "Ended without a result." in results["ada"].notes[0]
    assert "could not be run" in feedback(course, "ada") and "hidden_input" not in feedback(course, "ada")
    assert "result." not in feedback(course, "ada")
    assert results["bob"].score == AUTO_POINTS


def test_settings_that_cannot_be_read_are_an_error(course: Path) -> None:
    (course / "nbgrader_config.py").write_text("c = get_config(\n", encoding="utf-8")
    with pytest.raises(GradingError, match=r"nbgrader_config\.py cannot be used"):
        grade(course)
