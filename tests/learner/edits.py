"""Notebooks to merge: a small release, a later one, and the edits that learners make."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.learner.release import release_of
from autograder.lesson import read_lesson
from autograder.repository import Repository
from tests.conftest import LESSON


def released(repository: Repository) -> NotebookNode:
    return release_of(repository, read_lesson(repository.course, LESSON))


def cell_of(notebook: NotebookNode, name: str) -> NotebookNode:
    return next(cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == name)


def solve(notebook: NotebookNode, name: str, text: str) -> NotebookNode:
    cell_of(notebook, name).source = text
    return notebook


class Editor:
    """Makes random edits and takes down every line that it wrote and that is still there."""

    def __init__(self, notebook: NotebookNode, seed: int):
        self.notebook = copy.deepcopy(notebook)
        self._random = random.Random(seed)
        self._count = 0
        self._seed = seed

    def edit(self, times: int) -> NotebookNode:
        for _ in range(times):
            edits: list[Callable[[], None]] = [
                self._add, self._add, self._write, self._write, self._change, self._move, self._delete, self._copy,
                self._split, self._join, self._turn, self._strip_id, self._strip_metadata, self._blanks, self._run,
            ]  # fmt: skip
            self._random.choice(edits)()
        return self.notebook

    @property
    def lines(self) -> set[str]:
        """The learner's lines that are in the notebook: each one is unlike any other."""
        found = {line.strip() for cell in self.notebook.cells for line in cell.source.replace("\r", "").split("\n")}
        return {line for line in found if f"learner{self._seed}_" in line}

    def _line(self) -> str:
        self._count += 1
        return f"learner{self._seed}_{self._count} = {self._count}"

    def _any(self) -> int:
        return self._random.randrange(len(self.notebook.cells))

    def _cell(self) -> NotebookNode:
        return self.notebook.cells[self._any()]

    def _add(self) -> None:
        make = self._random.choice([new_code_cell, new_markdown_cell])
        self.notebook.cells.insert(self._random.randint(0, len(self.notebook.cells)), make(self._line()))

    def _write(self) -> None:
        answers = [c for c in self.notebook.cells if c.metadata.get("nbgrader", {}).get("solution")]
        if answers:
            cell = self._random.choice(answers)
            name = cell.metadata.nbgrader.grade_id
            cell.source = f"def {name}(a, b):\n    {self._line()}\n    return a"

    def _change(self) -> None:
        cell = self._cell()
        lines = cell.source.split("\n")
        lines.insert(self._random.randint(0, len(lines)), self._line())
        cell.source = "\n".join(lines)

    def _move(self) -> None:
        cell = self.notebook.cells.pop(self._any())
        self.notebook.cells.insert(self._random.randint(0, len(self.notebook.cells)), cell)

    def _delete(self) -> None:
        if len(self.notebook.cells) > 1:
            self.notebook.cells.pop(self._any())

    def _copy(self) -> None:
        place = self._any()
        twin = copy.deepcopy(self.notebook.cells[place])
        twin.id = new_code_cell().id
        self.notebook.cells.insert(self._random.randint(0, len(self.notebook.cells)), twin)

    def _split(self) -> None:
        place = self._any()
        first, lines = self.notebook.cells[place], self.notebook.cells[place].source.split("\n")
        at = self._random.randint(0, len(lines))
        second = copy.deepcopy(first)
        second.id = new_code_cell().id
        first.source, second.source = "\n".join(lines[:at]), "\n".join(lines[at:])
        self.notebook.cells.insert(place + 1, second)

    def _join(self) -> None:
        if len(self.notebook.cells) > 1:
            place = self._random.randrange(len(self.notebook.cells) - 1)
            second = self.notebook.cells.pop(place + 1)
            self.notebook.cells[place].source += "\n\n" + second.source

    def _turn(self) -> None:
        place = self._any()
        old = self.notebook.cells[place]
        make = new_markdown_cell if old.cell_type == "code" else new_code_cell
        self.notebook.cells[place] = make(old.source, id=old.id, metadata=old.metadata)

    def _strip_id(self) -> None:
        self._cell().id = new_code_cell().id

    def _strip_metadata(self) -> None:
        self._cell().metadata = NotebookNode()

    def _blanks(self) -> None:
        cell = self._cell()
        cell.source = cell.source.replace("\n", self._random.choice([" \n", "\r\n"]))

    def _run(self) -> None:
        cell = self._cell()
        if cell.cell_type == "code":
            cell.execution_count, cell.outputs = 3, [NotebookNode(output_type="stream", name="stdout", text="out")]
