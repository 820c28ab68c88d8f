"""Put a submission in order: the notebook that is run is the released one with the student's answers.

Nothing here needs a gradebook, so many submissions can be prepared and run while one writer grades.
nbgrader's autograde takes the same steps through :class:`autograder.grading.preprocessors.PrepareSubmission`.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.utils import compute_checksum

from autograder.grading.intake import read_submission
from autograder.grading.notes import add_note, start_record
from autograder.grading.released import Released


def prepare(data: bytes, notes: Iterable[str], released: Released) -> NotebookNode:
    """Return the very notebook that nbgrader's autograde would run for a submission.

    Args:
        data: the notebook file that was handed in.
        notes: what had to be done before it could be read, such as renaming the file.
        released: the assignment's cells.

    Raises:
        UnreadableSubmission: if ``data`` is not a notebook that can be read.
    """
    notebook, intake_notes = read_submission(data)
    put_in_order(notebook, [*notes, *intake_notes], released)
    return notebook


def put_in_order(notebook: NotebookNode, notes: Iterable[str], released: Released) -> None:
    """Clear the outputs of ``notebook``, and give it the released cells, metadata and kernel, in place.

    Begins the record of notes with ``notes`` and adds one for each thing that had to be mended.
    """
    start_record(notebook, notes)
    _clear_outputs(notebook)
    _overwrite_metadata(notebook, released)
    _overwrite_kernel(notebook, released)
    _overwrite_locked_sources(notebook, released)
    _restore_missing_cells(notebook, released)


def _clear_outputs(notebook: NotebookNode) -> None:
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
            cell.execution_count = None


def _overwrite_metadata(notebook: NotebookNode, released: Released) -> None:
    """Give each cell the nbgrader metadata with which it was released, whatever it brings along.

    nbgrader's own DeduplicateIds leaves a repeated cell with metadata that CheckCellMetadata then
    takes for an old format, and an old format ends the grading of the whole class. Here a repeated
    or unknown cell becomes a plain one; of repeated cells the last one counts, as in nbgrader.
    """
    met: set[str] = set()
    for position in reversed(range(len(notebook.cells))):
        cell = notebook.cells[position]
        grade_id = cell.metadata.pop("nbgrader", {}).get("grade_id")
        if not isinstance(grade_id, str) or grade_id not in released.metadata:
            continue
        if grade_id in met:
            add_note(notebook, f"The cell {grade_id} was there more than once: the last one counts.")
            continue
        met.add(grade_id)
        metadata = released.metadata[grade_id]
        if cell.cell_type != metadata["cell_type"]:
            make = new_code_cell if metadata["cell_type"] == "code" else new_markdown_cell
            notebook.cells[position] = cell = make(cell.source, id=cell.id, metadata=cell.metadata)
            add_note(notebook, f"The cell {grade_id} had been turned into another type of cell: it was turned back.")
        cell.metadata["nbgrader"] = NotebookNode(copy.deepcopy(metadata))


def _overwrite_kernel(notebook: NotebookNode, released: Released) -> None:
    if not released.kernelspec:
        return
    asked = notebook.metadata.get("kernelspec", {}).get("name")
    used = released.kernelspec.get("name")
    notebook.metadata["kernelspec"] = NotebookNode(copy.deepcopy(released.kernelspec))
    if asked and asked != used:
        add_note(notebook, f"The notebook asked for the kernel {asked!r}: it was run with the course's, {used}.")


def _overwrite_locked_sources(notebook: NotebookNode, released: Released) -> None:
    """Put the released text into each cell that students may not change: that is how hidden tests come in."""
    for cell in notebook.cells:
        metadata: dict[str, Any] = cell.metadata.get("nbgrader", {})
        if metadata.get("locked") and compute_checksum(cell) != metadata.get("checksum"):
            cell.source = released.texts[metadata["grade_id"]]


def _restore_missing_cells(notebook: NotebookNode, released: Released) -> None:
    """Put each missing test, written answer and read-only cell after the nearest cell that came before it.

    nbgrader's own way fails if the cell before a missing test is missing too, depends on the order in
    which a database returns rows, and writes a sentence into the cell, so that a written answer that
    was deleted no longer counts as left blank.
    """
    order = list(released.metadata)
    for position, grade_id in enumerate(order):
        present = {_grade_id(cell): index for index, cell in enumerate(notebook.cells) if _grade_id(cell)}
        metadata = released.metadata[grade_id]
        # A missing answer cell stays missing: its stub would hide an answer written elsewhere.
        if grade_id in present or metadata["task"] or not (metadata["grade"] or metadata["locked"]):
            continue
        before = [present[name] for name in order[:position] if name in present]
        after = [present[name] for name in order[position + 1 :] if name in present]
        place = max(before) + 1 if before else min(after, default=len(notebook.cells))
        make = new_code_cell if metadata["cell_type"] == "code" else new_markdown_cell
        cell = make(released.texts[grade_id])
        cell.metadata = NotebookNode(nbgrader=NotebookNode(copy.deepcopy(metadata)), deletable=False)
        notebook.cells.insert(place, cell)
        add_note(notebook, f"The cell {grade_id} was missing: it was put back.")


def _grade_id(cell: NotebookNode) -> str | None:
    grade_id: str | None = cell.metadata.get("nbgrader", {}).get("grade_id")
    return grade_id
