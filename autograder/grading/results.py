"""What grading says about each submission, and why an assignment cannot be graded at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Status = Literal["graded", "needs_manual_grading", "not_graded"]


class GradingError(Exception):
    """An assignment cannot be graded at all; the text says why and what to do."""


@dataclass(frozen=True)
class SubmissionResult:
    """What came of one submission.

    Attributes:
        student: the student's id, which is the name of the folder in ``submitted/``.
        score: points in the gradebook, those given by hand included.
        max_score: points that the assignment is worth.
        status: "graded"; "needs_manual_grading" if a person still has to look at an answer;
            "not_graded" if the submission could not be read or run.
        notes: what the student and the instructor should know, in plain sentences.
    """

    student: str
    score: float
    max_score: float
    status: Status
    notes: tuple[str, ...]


Progress = Callable[[int, int, SubmissionResult], None]
"""Called after each submission, in the order in which they are done: number done, number in all, result."""
