"""The feedback page of a submission that could not be graded."""

from __future__ import annotations

from pathlib import Path

from autograder.feedback.page import render_refusal


def write_refusal(page: Path, *, assignment: str, student: str, reason: str, advice: str, standing: str) -> None:
    """Write the page that tells a student why there is no grade and what to do.

    Args:
        page: the HTML file to write; its folder is made, and an earlier page replaced.
        assignment: name of the assignment.
        student: id of the student.
        reason: what is wrong with the submission.
        advice: what the student should do.
        standing: a sentence about the grade of an earlier submission, or "".
    """
    page.parent.mkdir(parents=True, exist_ok=True)
    page.unlink(missing_ok=True)
    text = render_refusal(assignment=assignment, student=student, reason=reason, advice=advice, standing=standing)
    page.write_text(text, encoding="utf-8", errors="replace")
