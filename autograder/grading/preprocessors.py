"""Steps that this course adds to nbgrader's autograde, each plugged in by ``nbgrader_config.py``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.api import Gradebook, Notebook
from nbgrader.preprocessors import NbGraderPreprocessor, OverwriteCells, OverwriteKernelspec
from nbgrader.utils import is_grade
from traitlets import Unicode

from autograder.grading.notes import add_note, finish_record, notes_of, start_record

_SCHEMA_VERSION = 3
Resources = dict[str, Any]


class OverwriteMetadata(NbGraderPreprocessor):
    """Give each cell the nbgrader metadata with which it was released, whatever it brings along.

    nbgrader's own DeduplicateIds leaves a repeated cell with metadata that CheckCellMetadata then
    takes for an old format, and an old format ends the grading of the whole class. Here a repeated
    or unknown cell becomes a plain one; of repeated cells the last one counts, as in nbgrader.
    """

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Overwrite the metadata of all cells and begin the record of notes."""
        start_record(nb, resources.get("intake_notes", ()))
        where = resources["nbgrader"]
        with Gradebook(where["db_url"]) as gradebook:
            released = released_metadata(gradebook.find_notebook(where["notebook"], where["assignment"]))
        met: set[str] = set()
        for position in reversed(range(len(nb.cells))):
            cell = nb.cells[position]
            grade_id = cell.metadata.pop("nbgrader", {}).get("grade_id")
            if not isinstance(grade_id, str) or grade_id not in released:
                continue
            if grade_id in met:
                add_note(nb, f"The cell {grade_id} was there more than once: the last one counts.")
                continue
            met.add(grade_id)
            metadata = released[grade_id]
            if cell.cell_type != metadata["cell_type"]:
                make = new_code_cell if metadata["cell_type"] == "code" else new_markdown_cell
                nb.cells[position] = cell = make(cell.source, id=cell.id, metadata=cell.metadata)
                add_note(nb, f"The cell {grade_id} had been turned into another type of cell: it was turned back.")
            cell.metadata["nbgrader"] = NotebookNode(metadata)
        return nb, resources


def released_metadata(notebook: Notebook) -> dict[str, dict[str, Any]]:
    """Return the nbgrader metadata of every cell of a released notebook: grade id -> metadata."""
    points = {cell.name: cell.max_score for cell in [*notebook.grade_cells, *notebook.task_cells]}
    graded = {cell.name for cell in notebook.grade_cells}
    solutions = {cell.name for cell in notebook.solution_cells}
    tasks = {cell.name for cell in notebook.task_cells}
    released = {}
    for cell in notebook.source_cells:
        metadata: dict[str, Any] = {
            "schema_version": _SCHEMA_VERSION,
            "grade_id": cell.name,
            "grade": cell.name in graded,
            "solution": cell.name in solutions,
            "task": cell.name in tasks,
            "locked": cell.locked,
            "cell_type": cell.cell_type,
        }
        if cell.checksum:
            metadata["checksum"] = cell.checksum
        if cell.name in points:
            metadata["points"] = points[cell.name]
        released[cell.name] = metadata
    return released


class UseCourseKernel(OverwriteKernelspec):
    """nbgrader's OverwriteKernelspec, with a note where that changed something."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Replace the notebook's kernel by the course's."""
        asked = nb.metadata.get("kernelspec", {}).get("name")
        nb, resources = super().preprocess(nb, resources)
        used = nb.metadata.get("kernelspec", {}).get("name")
        if asked and asked != used:
            add_note(nb, f"The notebook asked for the kernel {asked!r}: it was run with the course's, {used}.")
        return nb, resources


class RestoreCells(OverwriteCells):
    """nbgrader's OverwriteCells, which puts missing cells back where they belong.

    nbgrader's own way fails if the cell before a missing test is missing too, depends on the order in
    which a database returns rows, and writes a sentence into the cell, so that a written answer that
    was deleted no longer counts as left blank.
    """

    def add_missing_grade_cells(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Put each missing test, written answer and read-only cell after the nearest cell that came before it."""
        source = self.gradebook.find_notebook(self.notebook_id, self.assignment_id)
        released = released_metadata(source)
        texts = {cell.name: cell.source for cell in source.source_cells}
        order = self._order(list(released))
        for position, grade_id in enumerate(order):
            present = {_grade_id(cell): index for index, cell in enumerate(nb.cells) if _grade_id(cell)}
            metadata = released[grade_id]
            # A missing answer cell stays missing: its stub would hide an answer written elsewhere.
            if grade_id in present or metadata["task"] or not (metadata["grade"] or metadata["locked"]):
                continue
            before = [present[name] for name in order[:position] if name in present]
            after = [present[name] for name in order[position + 1 :] if name in present]
            place = max(before) + 1 if before else min(after, default=len(nb.cells))
            make = new_code_cell if metadata["cell_type"] == "code" else new_markdown_cell
            cell = make(texts[grade_id], metadata={"nbgrader": metadata, "deletable": False})
            nb.cells.insert(place, nbformat.from_dict(cell))
            add_note(nb, f"The cell {grade_id} was missing: it was put back.")
        return nb, resources

    def _order(self, names: list[str]) -> list[str]:
        """Return the names in the order of the source notebook."""
        coursedir = getattr(getattr(self.parent, "parent", None), "coursedir", None)
        if coursedir is None:
            return names
        folder = coursedir.format_path(coursedir.source_directory, ".", self.assignment_id)
        path = Path(folder, f"{self.notebook_id}.ipynb")
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        in_source = [cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in cells]
        return sorted(names, key=lambda name: in_source.index(name) if name in in_source else len(in_source))


class ForgiveStderr(NbGraderPreprocessor):
    """Show what a test wrote to stderr as printed text, because nbgrader gives no points for stderr."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: Resources, cell_index: int
    ) -> tuple[NotebookNode, Resources]:
        """Rename the stderr streams of a graded code cell."""
        forgive_stderr(cell)
        return cell, resources


class ForgiveStderrDuringRun:
    """The same for Validate, which offers no place for a preprocessor but calls a hook before each cell.

    Set as ``Execute.on_cell_start``: the cell that came before has run by then. The last cell of a
    notebook is not reached; in this course that is never a test.
    """

    def __init__(self) -> None:
        self._previous: NotebookNode | None = None

    def __call__(self, cell: NotebookNode, cell_index: int) -> None:
        """Take note of a cell that is about to run, and mend the one before."""
        if self._previous is not None and cell_index > 0:
            forgive_stderr(self._previous)
        self._previous = cell


def forgive_stderr(cell: NotebookNode) -> None:
    """Rename the stderr streams of ``cell`` to stdout if it is a graded code cell."""
    if cell.cell_type == "code" and is_grade(cell):
        for output in cell.outputs:
            if output.output_type == "stream" and output.name == "stderr":
                output.name = "stdout"


class RecordGrading(NbGraderPreprocessor):
    """The last step: put the notes on top of the notebook, and say that the grading came to its end."""

    fingerprint = Unicode(
        "",
        help="Stands for what was graded and with which tests; set by `course grade`, which skips what is unchanged.",
    ).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Insert a cell with the notes, if there are any."""
        notes = notes_of(nb.metadata)
        if notes:
            items = "\n".join(f"- {_as_markdown_text(note)}" for note in notes)
            nb.cells.insert(0, new_markdown_cell(f"**Notes on the grading of this submission**\n\n{items}"))
        finish_record(nb, self.fingerprint)
        return nb, resources


def _grade_id(cell: NotebookNode) -> str | None:
    grade_id: str | None = cell.metadata.get("nbgrader", {}).get("grade_id")
    return grade_id


def _as_markdown_text(text: str) -> str:
    """Escape what Markdown or HTML would read as markup: notes may quote what a student chose."""
    escaped = "".join("\\" + letter if letter in r"\`*_{}[]()#+!|~$" else letter for letter in text)
    return escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", " ")
