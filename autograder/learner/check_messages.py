"""What a check in another process is asked, and what it says while it runs. Both sides are this user's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from autograder.check.report import Report


@dataclass(frozen=True)
class Running:
    """A cell begins: ``name`` as in :class:`autograder.learner.replay.Step`."""

    name: str
    is_exercise: bool


@dataclass(frozen=True)
class Request:
    """What is to be checked.

    Attributes:
        root: the checkout.
        lesson: the lesson's name.
        exercises: names of exercises; all of the lesson if there are none.
        notebook: the notebook's file, as it was saved.
        skip: cells that must not run, because they did not end.
        environment: the variables that the code sees.
    """

    root: Path
    lesson: str
    exercises: tuple[str, ...]
    notebook: bytes
    skip: frozenset[Running]
    environment: dict[str, str]


@dataclass(frozen=True)
class Started:
    """The code will run in the process group of this process."""

    process: int


@dataclass(frozen=True)
class Asked:
    """The exercises that will be checked, in the lesson's order, each with the most points that it can give."""

    exercises: dict[str, float]


@dataclass(frozen=True)
class NoSuchExercise:
    """The lesson has no exercise of this name, but those."""

    name: str
    exercises: tuple[str, ...]


@dataclass(frozen=True)
class Remark:
    """Something that the learner should know and that no exercise fails for."""

    text: str


@dataclass(frozen=True)
class Checked:
    """An exercise has been checked."""

    report: Report


@dataclass(frozen=True)
class Done:
    """Everything that was asked has been said."""


@dataclass(frozen=True)
class Failed:
    """Nothing can be checked; the text says why."""

    text: str


Message = Started | Asked | NoSuchExercise | Running | Remark | Checked | Done | Failed
