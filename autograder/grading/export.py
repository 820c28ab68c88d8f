"""Grades as a CSV file that neither a spreadsheet nor a name can turn into something else."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins import ExportPlugin

_COLUMNS = (
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class SafeCsvExport(ExportPlugin):
    """nbgrader's CSV export with the same columns, but quoted, and with no cell that a spreadsheet computes.

    nbgrader writes names as they are: one with a comma or a line break moves or adds columns and rows.
    """

    def export(self, gradebook: Gradebook) -> None:
        """Write the grades of all students, or of those asked for, to ``self.to`` or grades.csv."""
        wanted = {str(name) for name in self.student}
        students = [student for student in gradebook.students if not wanted or student.id in wanted]
        with Path(self.to or "grades.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(_COLUMNS)
            for assignment in gradebook.assignments:
                if self.assignment and assignment.name not in map(str, self.assignment):
                    continue
                for student in students:
                    writer.writerow(map(_cell, _row(gradebook, assignment, student)))


def _row(gradebook: Gradebook, assignment: Any, student: Any) -> tuple[Any, ...]:
    try:
        submission = gradebook.find_submission(assignment.name, student.id)
        timestamp, raw, penalty = submission.timestamp, submission.score, submission.late_submission_penalty or 0.0
    except MissingEntry:
        timestamp, raw, penalty = "", 0.0, 0.0
    person = (student.id, student.last_name, student.first_name, student.email)
    score = max(0.0, raw - penalty)
    return (assignment.name, assignment.duedate, timestamp, *person, raw, penalty, score, assignment.max_score)


def _cell(value: Any) -> str:
    """Return the text of a cell; an apostrophe keeps a spreadsheet from taking it for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text
