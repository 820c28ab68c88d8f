"""Reading a submitted file in whatever state it arrives."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode

from autograder.grading import intake
from autograder.grading.intake import UnreadableSubmission, read_submission
from tests.grading.conftest import text_of

Solve = Callable[..., NotebookNode]


def read(notebook: dict[str, Any], encoding: str = "utf-8") -> tuple[NotebookNode, str]:
    read_back, notes = read_submission(json.dumps(notebook, ensure_ascii=False).encode(encoding))
    nbformat.validate(read_back)
    return read_back, " ".join(notes)


def sources(notebook: NotebookNode) -> list[str]:
    return [cell.source for cell in notebook.cells]


def test_a_sound_notebook_is_read_as_it_is(released: NotebookNode) -> None:
    notebook, notes = read(released)
    assert sources(notebook) == sources(released)
    assert [cell.id for cell in notebook.cells] == [cell.id for cell in released.cells]
    assert [cell.metadata.get("nbgrader") for cell in notebook.cells] == [
        cell.metadata.get("nbgrader") for cell in released.cells
    ]
    assert notes == ""


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty (0 bytes)"),
        (b" \n\n", "blank space"),
        (b'{"cells": [\n  {"a": 1,}\n', "line 2, column 11"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04...", "a zip archive"),
        (b"\n<!DOCTYPE html><html>", "HTML"),
        (b"[1, 2, 3]", "no list of cells"),
        (b'{"cells": 3, "nbformat": 4}', "no list of cells"),
        (b'{"nbformat": 3, "worksheets": [3]}', "notebook format 3"),
        (b"[" * 100_000, "cannot|can be read|not valid JSON"),
        (b'{"cells": ' + b"1" * 5000 + b"}", "not a notebook"),
    ],
)
def test_what_is_no_notebook_is_refused_with_the_reason(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableSubmission) as caught:
        read_submission(data)
    assert any(word in caught.value.reason for word in words.split("|")), caught.value.reason
    assert caught.value.advice


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MOST_BYTES", 10)
    with pytest.raises(UnreadableSubmission, match="MB are read"):
        read_submission(b"x" * 11)


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8-sig", "byte order mark"),
        ("utf-16", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_other_encodings_are_converted_and_noted(solve: Solve, encoding: str, note: str) -> None:
    answered = solve(why="Naïve, but ça va: “so it is”.")
    for cell in answered.cells:  # the build's own text has signs that Windows-1252 lacks
        cell.source = cell.source.encode("cp1252", "replace").decode("cp1252")
    notebook, notes = read(answered, encoding)
    assert sources(notebook) == sources(answered)
    assert note in notes


def test_bytes_that_windows_1252_does_not_know_are_latin_1(solve: Solve) -> None:
    data = text_of(solve(why="caf\xe9 \x81")).encode("latin-1", "replace")
    notebook, notes = read_submission(data)
    assert "caf\xe9 \x81" in sources(notebook)
    assert "Latin-1" in " ".join(notes)


@pytest.mark.parametrize("minor", [0, 2, 4])
def test_older_minor_formats_are_upgraded(released: NotebookNode, minor: int) -> None:
    old = copy.deepcopy(released)
    old["nbformat_minor"] = minor
    for cell in old.cells:
        del cell["id"]
    notebook, notes = read(old)
    assert sources(notebook) == sources(released)
    assert f"format 4.{minor}" in notes


def test_format_3_is_upgraded_with_its_metadata(released: NotebookNode) -> None:
    cells = [
        {"cell_type": "code", "language": "python", "input": cell.source, "outputs": [], "metadata": cell.metadata}
        if cell.cell_type == "code"
        else {"cell_type": "markdown", "source": cell.source, "metadata": cell.metadata}
        for cell in released.cells
    ]
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": cells}]}
    notebook, notes = read(old)
    assert sources(notebook) == sources(released)
    assert notebook.cells[1].metadata == released.cells[1].metadata
    assert "format 3" in notes


def test_repeated_and_invalid_cell_ids_are_replaced(released: NotebookNode) -> None:
    bad = copy.deepcopy(released)
    bad.cells[1]["id"] = bad.cells[0]["id"]
    bad.cells[2]["id"] = "no good id!"
    bad.cells[3]["id"] = 7
    notebook, _notes = read(bad)
    assert len({cell.id for cell in notebook.cells}) == len(released.cells)


def test_what_is_not_a_cell_is_left_out(released: NotebookNode) -> None:
    bad = {**copy.deepcopy(released), "cells": [*released.cells, 3, {"cell_type": "heading"}, {"source": [1]}]}
    notebook, notes = read(bad)
    assert sources(notebook) == sources(released)
    assert "3 entries" in notes


def test_metadata_that_could_steer_the_run_is_dropped(released: NotebookNode) -> None:
    bad = copy.deepcopy(released)
    bad.cells[1].metadata["tags"] = ["skip-execution"]
    bad.cells[1].metadata["nbgrader"] = "yes"
    notebook, _notes = read(bad)
    assert dict(notebook.cells[1].metadata) == {}


def test_huge_saved_outputs_are_dropped_and_small_ones_kept(released: NotebookNode) -> None:
    bad = copy.deepcopy(released)
    code = [cell for cell in bad.cells if cell.cell_type == "code"]
    code[0]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["kept\n", "too\n"]}]
    code[1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * 30_000_000}]
    code[2]["outputs"] = [{"output_type": "nonsense"}]
    notebook, notes = read(bad)
    outputs = [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]
    assert outputs[0][0]["text"] == "kept\ntoo\n"
    assert outputs[1] == outputs[2] == []
    assert "30 MB" in notes
