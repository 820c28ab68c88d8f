"""Which cells of a saved notebook a check runs, and in which order.

They are the given cells that define something a test needs, as they were released; the learner's own cells; and
the answers. Not the minutes of plots.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from nbformat import NotebookNode

from autograder.build.notebooks import release_notebook, solution_notebook
from autograder.examiner.set_up import read_set_up
from autograder.learner.merge import grade_id, is_answer, merge
from autograder.lesson import Lesson
from autograder.repository import Repository


class Kind(Enum):
    """Whose a cell is."""

    GIVEN = "given"
    OWN = "own"
    ANSWER = "answer"


@dataclass(frozen=True)
class Step:
    """A cell to run.

    Attributes:
        kind: whose it is.
        name: of an answer, the exercise; otherwise the cell's first line.
        source: its text.
        is_missing: whether the notebook does not have it, so that the released cell stands in for it.
    """

    kind: Kind
    name: str
    source: str
    is_missing: bool = False


@dataclass(frozen=True)
class Script:
    """What is known of a lesson before a learner's notebook is read.

    Attributes:
        lesson: the lesson.
        release: its released notebook.
        needed: ids of the given cells that define something for a test.
        imports: what its cells import: modules, and ``module:name`` for names in them.
    """

    lesson: Lesson
    release: NotebookNode
    needed: frozenset[str]
    imports: tuple[str, ...]

    def steps(self, mine: NotebookNode) -> list[Step]:
        """Return the cells to run for a learner's notebook, of this release or an older one."""
        released = {cell.id for cell in self.release.cells}
        steps = []
        merged = merge(mine, self.release)
        for cell in merged.notebook.cells:
            if cell.cell_type != "code":
                continue
            if cell.id not in released:
                if cell.source.strip():
                    steps.append(Step(Kind.OWN, _first_line(cell.source), cell.source))
            elif is_answer(cell):
                name = grade_id(cell)
                steps.append(Step(Kind.ANSWER, name, cell.source, name in merged.missing))
            elif cell.id in self.needed:
                steps.append(Step(Kind.GIVEN, _first_line(cell.source), cell.source))
        return steps


def read_script(repository: Repository, lesson: Lesson) -> Script:
    """Work out what a check of a lesson runs."""
    solved = solution_notebook(lesson, repository.nbgrader_config)
    set_up = read_set_up(solved)
    needed = frozenset(
        solved.cells[cell.position].id for cell in set_up.cells_to_run if not cell.is_test and not cell.is_exercise
    )
    return Script(lesson, release_notebook(solved, repository.nbgrader_config), needed, set_up.imports)


def _first_line(source: str) -> str:
    return source.strip().split("\n", 1)[0][:60]
