"""What a lesson consists of."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Literal


class Role(Enum):
    """What a cell is for; the value is the cell option that names it."""

    PLAIN = ""
    STATEMENT = "statement"
    HINTS = "hints"
    EXERCISE = "exercise"
    TEST = "test"
    WRITTEN = "written"


@dataclass(frozen=True)
class Cell:
    """One cell of ``lesson.py``.

    Attributes:
        kind: "code" or "markdown".
        source: the text, without comment signs for markdown.
        line: line number of the cell's marker in the file.
        role: what the cell is for.
        exercise: name of the exercise that the cell belongs to, "" for plain cells.
        points: what a test or a written answer is worth, otherwise 0.
    """

    kind: Literal["code", "markdown"]
    source: str
    line: int
    role: Role = Role.PLAIN
    exercise: str = ""
    points: int = 0


@dataclass(frozen=True)
class Exercise:
    """One graded exercise: its answer cell and everything that belongs to it.

    Attributes:
        name: Python identifier; the answer cell defines it.
        minutes: how long it takes.
        difficulty: 1 (warm-up) to 5 (an evening).
        question: id of the interview question that it trains.
        answer: the cell with the reference solution, or the model answer of a written exercise.
        statement: the cell with the task.
        hints: the cell with the folded hints; None for a written exercise.
        tests: the test cells in order; empty for a written exercise.
    """

    name: str
    minutes: int
    difficulty: int
    question: str
    answer: Cell
    statement: Cell
    hints: Cell | None
    tests: tuple[Cell, ...] = ()

    @property
    def is_written(self) -> bool:
        """Whether a person grades it."""
        return self.answer.role is Role.WRITTEN

    @property
    def points(self) -> int:
        """What the whole exercise is worth."""
        return self.answer.points + sum(test.points for test in self.tests)


@dataclass(frozen=True)
class Lesson:
    """A written lesson.

    Attributes:
        path: the ``lesson.py``.
        minutes: what a learner needs.
        seconds: budget of running the solved notebook, wall time on two cores.
        megabytes: budget of its kernel's peak memory.
        cells: all cells in order.
        exercises: the graded exercises in order.
    """

    path: Path
    minutes: int
    seconds: float
    megabytes: float
    cells: tuple[Cell, ...]
    exercises: tuple[Exercise, ...] = field(default=())

    @property
    def name(self) -> str:
        """The folder's name, which is also the assignment's."""
        return self.path.parent.name

    @property
    def title(self) -> str:
        """The text of the top heading."""
        return self.cells[0].source.splitlines()[0].removeprefix("# ").strip()

    @property
    def folder(self) -> Path:
        """Where the lesson lives."""
        return self.path.parent

    @property
    def materials(self) -> tuple[Path, ...]:
        """The folders of what the notebook reads: pictures, and everything else; they need not exist."""
        return (self.folder / "images", self.folder / "data")

    @property
    def points(self) -> int:
        """What all exercises together are worth."""
        return sum(exercise.points for exercise in self.exercises)

    def grade_id(self, cell: Cell) -> str:
        """Return the id under which nbgrader knows a graded cell or an answer cell of this lesson."""
        if cell.role is not Role.TEST:
            return cell.exercise
        number = self.exercise(cell.exercise).tests.index(cell) + 1
        return f"test_{cell.exercise}" + (f"_{number}" if number > 1 else "")

    def exercise(self, name: str) -> Exercise:
        """Return the exercise called ``name``; raises :class:`KeyError` if there is none."""
        for exercise in self.exercises:
            if exercise.name == name:
                return exercise
        raise KeyError(name)
