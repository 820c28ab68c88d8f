"""What a lesson asks for."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.feedback.outline import outline_of, read_outline
from tests.feedback.conftest import source_notebook


def test_exercises_in_their_order_with_title_section_and_graded_cells() -> None:
    outline = read_outline(source_notebook())
    assert outline.title == "Shapes & sizes"
    assert [(e.number, e.title, e.section, e.answer, e.graded) for e in outline.exercises] == [
        (1, "the area", "1. Areas", "area", ["test_area", "test_area_2"]),
        (2, "perimeter", "2. Borders", "perimeter", ["test_perimeter"]),
        (3, "why", "2. Borders", "why", ["why"]),
    ]
    assert "import numpy as np" in outline.texts
    assert "def area(sides): ..." not in outline.texts


def test_a_notebook_without_headings_is_named_by_its_grade_ids() -> None:
    cell = new_code_cell("x = 1", metadata={"nbgrader": {"grade_id": "x", "grade": True, "solution": False}})
    (exercise,) = read_outline(new_notebook(cells=[cell])).exercises
    assert (exercise.title, exercise.section, exercise.answer, exercise.graded) == ("x", "", None, ["x"])


def test_the_heading_of_a_new_section_ends_the_exercise_before() -> None:
    answer = new_code_cell("", metadata={"nbgrader": {"grade_id": "x", "grade": False, "solution": True}})
    cells = [new_markdown_cell("### Exercise: one"), new_markdown_cell("## Two"), answer]
    (exercise,) = read_outline(new_notebook(cells=cells)).exercises
    assert (exercise.title, exercise.section) == ("x", "Two")


def test_source_may_be_a_list_of_lines() -> None:
    outline = read_outline({"cells": [{"cell_type": "markdown", "metadata": {}, "source": ["# A\n", "## B"]}]})
    assert outline.title == "A" and outline.texts == {"# A\n## B"}


def test_a_rebuilt_lesson_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "x.ipynb"
    for title in ("First", "Second one"):
        path.write_text(nbformat.writes(new_notebook(cells=[new_markdown_cell(f"# {title}")])), encoding="utf-8")
        assert outline_of(path).title == title
        assert outline_of(path) is outline_of(path)
    path.unlink()
    with pytest.raises(FileNotFoundError, match="Mend: build the lesson"):
        outline_of(path)
