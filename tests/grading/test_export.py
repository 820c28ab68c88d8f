"""grades.csv: what a person is called cannot change what the file says."""

from __future__ import annotations

import csv
from pathlib import Path

from nbgrader.api import Gradebook

from autograder.grading.export import SafeCsvExport

HOSTILE = {
    "=HYPERLINK(1)": "'=HYPERLINK(1)",
    "+1": "'+1",
    "@sum": "'@sum",
    "a,9.0\nb,10.0": "a,9.0\nb,10.0",
    'quo"te': 'quo"te',
    "plain": "plain",
}


def test_every_student_is_one_row_and_no_cell_is_a_formula(tmp_path: Path) -> None:
    target = tmp_path / "grades.csv"
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as gradebook:
        gradebook.add_assignment("lesson")
        for number, name in enumerate(HOSTILE):
            gradebook.add_student(f"s{number}", last_name=name)
        export = SafeCsvExport()
        export.to = str(target)
        export.export(gradebook)
    with target.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["student_id"]: row["last_name"] for row in rows} == {
        f"s{number}": shown for number, shown in enumerate(HOSTILE.values())
    }
    assert {row["score"] for row in rows} == {"0.0"}
