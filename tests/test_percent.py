"""Lessons are split into the cells that jupytext sees in them."""

from __future__ import annotations

from pathlib import Path

import jupytext
import pytest

from autograder.lesson.percent import TextBeforeFirstCell, split_percent
from tests.conftest import ROOT, SOURCE

SOURCES = sorted(ROOT.glob("course/*/lesson.py")) + sorted(ROOT.glob("bench/course/*/lesson.py"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.parent.name)
def test_it_agrees_with_jupytext_on_every_lesson(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    expected = [(cell.cell_type, cell.source.strip("\n")) for cell in jupytext.reads(text, fmt="py:percent").cells]
    assert [(cell.kind, cell.source) for cell in split_percent(text)] == expected


def test_lines_and_options_are_those_of_the_marker() -> None:
    cells = split_percent(SOURCE)
    assert (cells[0].line, cells[0].options.split()[0]) == (1, "minutes=5")
    assert SOURCE.split("\n")[cells[3].line - 1].endswith(cells[3].options)


@pytest.mark.parametrize("text", ["", "x = 1\n", "x = 1\n# %%\n"])
def test_text_before_the_first_cell_is_refused(text: str) -> None:
    with pytest.raises(TextBeforeFirstCell):
        split_percent(text)
