"""The demonstration class is graded as it should be."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.grading.demo import run_demo
from autograder.grading.grade import GradingError
from autograder.grading.staging import fingerprint_of_files
from tests.grading.conftest import LESSON, SECONDS_PER_CELL


def test_the_demonstration(built_class: Path, tmp_path: Path) -> None:
    before = fingerprint_of_files(built_class)
    rows = run_demo(built_class, LESSON, tmp_path / "demo", seconds_per_cell=SECONDS_PER_CELL)
    wrong = [(row.student, row.result) for row in rows if not row.is_as_expected]
    assert not wrong
    assert len(rows) >= 12
    assert {row.result.status for row in rows} == {"graded", "needs_manual_grading", "not_graded"}
    for row in rows:
        page = tmp_path / "demo" / "feedback" / row.student.student / LESSON / f"{LESSON}.html"
        assert 0 < page.stat().st_size < 1_000_000
        if row.student.note and row.result.status != "not_graded":
            assert "Notes on the grading" in page.read_text(encoding="utf-8")
    assert (tmp_path / "demo" / "gradebook.db").stat().st_size < 1_000_000
    assert fingerprint_of_files(built_class) == before


def test_a_folder_with_something_in_it_is_left_alone(built_class: Path, tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("mine")
    with pytest.raises(GradingError, match="not empty"):
        run_demo(built_class, LESSON, tmp_path)
    with pytest.raises(GradingError, match="does not exist"):
        run_demo(built_class, "no_such_lesson", tmp_path / "demo")
