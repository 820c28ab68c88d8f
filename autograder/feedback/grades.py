"""The grades and comments of one submission, read from nbgrader's gradebook in few queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    MissingEntry,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import select


@dataclass(frozen=True)
class CellGrade:
    """What one graded cell got.

    Attributes:
        score: points, those given by hand and extra credit included.
        max_score: points that the cell is worth.
        extra_credit: the extra points that are part of ``score``.
        is_by_hand: whether a person set the points.
        is_waiting: whether a person still has to look at it.
    """

    score: float
    max_score: float
    extra_credit: float
    is_by_hand: bool
    is_waiting: bool


@dataclass(frozen=True)
class SubmissionGrades:
    """All that the gradebook knows about one notebook of one student.

    Attributes:
        student: the student's name, or the id if no name is known.
        score: points after the late penalty, never below 0.
        max_score: points that the notebook is worth.
        late_penalty: points taken off for being late.
        grades: grade id -> grade.
        comments: grade id -> what a person wrote; nbgrader's own remarks are left out.
    """

    student: str
    score: float
    max_score: float
    late_penalty: float
    grades: Mapping[str, CellGrade]
    comments: Mapping[str, str]


def read_grades(gradebook: Gradebook, assignment: str, notebook: str, student: str) -> SubmissionGrades:
    """Read the grades of one submission.

    Raises:
        nbgrader.api.MissingEntry: if the submission is not in the gradebook.
    """
    identity = gradebook.db.execute(
        select(
            SubmittedNotebook.id,
            SubmittedNotebook.late_submission_penalty,
            Student.id,
            Student.first_name,
            Student.last_name,
        )
        .join(Notebook, SubmittedNotebook.notebook_id == Notebook.id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .join(Student, SubmittedAssignment.student_id == Student.id)
        .where(Notebook.name == notebook, Assignment.name == assignment, Student.id == student)
    ).one_or_none()
    if identity is None:
        raise MissingEntry(f"{student} has no grades for {assignment} in the gradebook. Mend: autograde it first.")
    submission_id, penalty, student_id, first_name, last_name = identity
    graded = gradebook.db.execute(
        select(
            BaseCell.name,
            Grade.score,
            Grade.max_score,
            Grade.extra_credit,
            Grade.manual_score,
            Grade.needs_manual_grade,
        )
        .join(Grade, Grade.cell_id == BaseCell.id)
        .where(Grade.notebook_id == submission_id)
    )
    commented = gradebook.db.execute(
        select(BaseCell.name, Comment.manual_comment)
        .join(Comment, Comment.cell_id == BaseCell.id)
        .where(Comment.notebook_id == submission_id)
    )
    grades = {
        name: CellGrade(score, max_score, extra or 0.0, by_hand is not None, is_waiting)
        for name, score, max_score, extra, by_hand, is_waiting in graded
    }
    penalty = penalty or 0.0
    return SubmissionGrades(
        student=" ".join(filter(None, (first_name, last_name))) or student_id,
        score=max(0.0, sum(grade.score for grade in grades.values()) - penalty),
        max_score=sum(grade.max_score for grade in grades.values()),
        late_penalty=penalty,
        grades=grades,
        comments={name: comment for name, comment in commented if comment},
    )
