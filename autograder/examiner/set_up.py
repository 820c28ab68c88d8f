"""Which cells of the solved notebook must have run before a test cell can, and what is defined by then.

A test refers to more than the exercise: imports, given functions, arrays that earlier cells made. The
examiner takes all of that from the instructor's notebook, never from the student's. It runs only the
cells that define something a test needs, directly or through other cells, so that minutes of plots and
experiments need not run before a class is graded.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_solution

from autograder.lesson.names import names_of_cells


@dataclass(frozen=True)
class ExamCell:
    """A code cell of the solved notebook.

    Attributes:
        position: index of the cell in the notebook.
        grade_id: nbgrader's id; "" for a cell without one.
        source: the text of the cell, magics turned into calls.
        points: what a test is worth; 0 for other cells.
        is_test: whether it is a graded test.
        is_exercise: whether the student writes it.
        needs: names that must be defined before it runs.
        defines: names that it binds or changes.
        imports: those of them that it binds by an import.
        functions: those of them that it binds by ``def`` or ``class``.
    """

    position: int
    grade_id: str
    source: str
    points: float
    is_test: bool
    is_exercise: bool
    needs: frozenset[str]
    defines: frozenset[str]
    imports: frozenset[str]
    functions: frozenset[str]


@dataclass(frozen=True)
class SetUp:
    """What the examiner knows of an assignment.

    Attributes:
        cells: all code cells of the solved notebook, in order.
    """

    cells: tuple[ExamCell, ...]

    @property
    def tests(self) -> dict[str, ExamCell]:
        """The test cells by grade id."""
        return {cell.grade_id: cell for cell in self.cells if cell.is_test}

    @property
    def cells_to_run(self) -> tuple[ExamCell, ...]:
        """The cells, in order, without which some test lacks a name; the tests among them run too."""
        needed: set[int] = set()
        for test in self.tests.values():
            needed |= self._needed_by(test)
        return tuple(cell for cell in self.cells if cell.position in needed)

    def cells_for(self, names: Iterable[str]) -> tuple[ExamCell, ...]:
        """The ordinary cells, in order, without which some test, or code that uses ``names``, lacks a name."""
        needed = {cell.position for cell in self.cells_to_run} | self._defining(set(names), self.cells)
        return tuple(cell for cell in self.cells if cell.position in needed and not (cell.is_test or cell.is_exercise))

    @property
    def imports(self) -> tuple[str, ...]:
        """What the cells import: modules, and ``module:name`` for each name that is imported from one."""
        found = set()
        for cell in self.cells:
            for node in ast.parse(cell.source).body:
                if isinstance(node, ast.Import):
                    found |= {alias.name for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    found |= {f"{node.module}:{alias.name}" for alias in node.names if alias.name != "*"}
        return tuple(sorted(found))

    def answered_by_student(self, test: ExamCell) -> tuple[frozenset[str], frozenset[str]]:
        """Return the names in ``test`` that exercises define: as functions or classes, and as variables.

        An import in an exercise's cell stays the examiner's own.
        """
        functions: set[str] = set()
        variables: set[str] = set()
        for cell in self.cells:
            if cell.is_exercise and cell.position < test.position:
                functions |= cell.functions
                variables |= cell.defines - cell.functions - cell.imports
        return frozenset(functions), frozenset(variables & test.needs - functions)

    def _needed_by(self, test: ExamCell) -> set[int]:
        return self._defining(set(test.needs), [cell for cell in self.cells if cell.position < test.position])

    def _defining(self, names: set[str], earlier: Sequence[ExamCell]) -> set[int]:
        """Return the positions of the cells that define ``names``, and what those cells need in turn."""
        needed = set[int]()
        while True:
            found = {
                cell.position
                for cell in earlier
                if cell.defines & names and not (cell.is_test and _is_rebound(cell, names, earlier))
            }
            if found == needed:
                return needed
            needed = found
            names |= {name for cell in earlier if cell.position in needed for name in cell.needs}


def _is_rebound(test: ExamCell, names: set[str], cells: Sequence[ExamCell]) -> bool:
    """Return whether everything that ``names`` wants of an earlier test comes from ordinary cells as well."""
    ordinary = {name for cell in cells if not cell.is_test for name in cell.defines}
    return not (test.defines & names - ordinary)


def read_set_up(notebook: NotebookNode) -> SetUp:
    """Read the solved notebook of an assignment, hidden tests included.

    Raises:
        SyntaxError: if a cell is not Python.
    """
    transform = TransformerManager().transform_cell
    sources = {
        position: transform(cell.source) for position, cell in enumerate(notebook.cells) if cell.cell_type == "code"
    }
    cells = []
    for (position, source), names in zip(sources.items(), names_of_cells(sources.values()), strict=True):
        cell = notebook.cells[position]
        cells.append(
            ExamCell(
                position,
                cell.metadata.get("nbgrader", {}).get("grade_id", ""),
                source,
                float(cell.metadata.get("nbgrader", {}).get("points", 0)),
                is_test=is_grade(cell) and not is_solution(cell),
                is_exercise=is_solution(cell),
                needs=names.needs,
                defines=names.defines,
                imports=names.imports,
                functions=names.functions,
            )
        )
    return SetUp(tuple(cells))
