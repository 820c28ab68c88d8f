"""The cells of an assignment as nbgrader released them: what submissions are put in order by."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Notebook
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import InstantiateTests, SaveCells
from nbgrader.utils import is_grade, is_locked, is_solution, is_task
from traitlets.config import Config

_SCHEMA_VERSION = 3
_SILENT = logging.getLogger(f"{__name__}.nbgrader")


@dataclass(frozen=True)
class Released:
    """What the gradebook knows about an assignment's notebook.

    Attributes:
        metadata: grade id -> nbgrader's metadata of the cell, in the order of the notebook.
        texts: grade id -> source of the cell as it was released, hidden tests included.
        kernelspec: the kernel that the notebook was released with; None if it named none.
        max_score: points that the notebook is worth.
    """

    metadata: dict[str, dict[str, Any]]
    texts: dict[str, str]
    kernelspec: dict[str, Any] | None
    max_score: float

    @classmethod
    def from_gradebook(cls, notebook: Notebook, source: Path | None) -> Released:
        """Read the cells of ``notebook``.

        Args:
            notebook: a row of an open gradebook.
            source: the notebook that was released, for the order of the cells, which a gradebook does
                not keep; None to take them in whatever order the gradebook gives.
        """
        points = {cell.name: cell.max_score for cell in [*notebook.grade_cells, *notebook.task_cells]}
        graded = {cell.name for cell in notebook.grade_cells}
        solutions = {cell.name for cell in notebook.solution_cells}
        tasks = {cell.name for cell in notebook.task_cells}
        rows = {cell.name: cell for cell in notebook.source_cells}
        metadata = {}
        for name in _in_order(list(rows), source):
            cell = rows[name]
            metadata[name] = {
                "schema_version": _SCHEMA_VERSION,
                "grade_id": name,
                "grade": name in graded,
                "solution": name in solutions,
                "task": name in tasks,
                "locked": cell.locked,
                "cell_type": cell.cell_type,
                **({"checksum": cell.checksum} if cell.checksum else {}),
                **({"points": points[name]} if name in points else {}),
            }
        return cls(
            metadata=metadata,
            texts={name: rows[name].source for name in metadata},
            kernelspec=json.loads(notebook.kernelspec) if notebook.kernelspec else None,
            max_score=float(notebook.max_score),
        )

    def is_release_of(self, source: Path, config: Config) -> bool:
        """Return whether nbgrader would release these very cells from the solved notebook ``source``, with ``config``.

        Takes the steps of nbgrader's generate_assignment up to the one that writes to the gradebook.
        """
        notebook = nbformat.read(source, as_version=4)
        resources: dict[str, object] = {}
        for preprocessor in GenerateAssignment(config=config).preprocessors:
            if preprocessor is SaveCells:
                break
            if preprocessor is not InstantiateTests:  # it starts a kernel; this course writes its tests out
                notebook, resources = preprocessor(config=config, log=_SILENT)(notebook, resources)
        cells = {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if _is_entered(cell)}
        return list(cells) == list(self.metadata) and all(
            cell.source == self.texts[name] and cell.metadata.nbgrader == self.metadata[name]
            for name, cell in cells.items()
        )


def _is_entered(cell: NotebookNode) -> bool:
    return is_grade(cell) or is_solution(cell) or is_locked(cell) or is_task(cell)


def _in_order(names: Sequence[str], source: Path | None) -> list[str]:
    if source is None:
        return list(names)
    cells = json.loads(source.read_text(encoding="utf-8"))["cells"]
    place = {cell["metadata"].get("nbgrader", {}).get("grade_id"): number for number, cell in enumerate(cells)}
    return sorted(names, key=lambda name: place.get(name, len(place)))
