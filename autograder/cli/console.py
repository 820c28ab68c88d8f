"""What every subcommand needs: the checkout it works on, and how it ends."""

from __future__ import annotations

from enum import IntEnum
from typing import NoReturn

import typer
from rich.console import Console

from autograder.curriculum import Curriculum, CurriculumError, load_curriculum
from autograder.repository import NotACourse, Repository

# Where nobody looks at a screen, in a file or a CI log, a table needs no narrow columns.
_WIDE = 200


def _console(*, stderr: bool = False) -> Console:
    """Return a console that breaks lines between words on a screen, and leaves them whole anywhere else."""
    console = Console(highlight=False, stderr=stderr)
    console.soft_wrap = not console.is_terminal
    if not console.is_terminal:
        console.width = _WIDE
    return console


out = _console()
err = _console(stderr=True)


class Exit(IntEnum):
    """Exit codes that a script can rely on."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    STOPPED = 130  # what shells say of a command that was stopped with Ctrl-C


def fail(message: str, code: Exit = Exit.FAILED) -> NoReturn:
    """Print ``message`` to stderr and end with ``code``."""
    err.print(message, markup=False)
    raise typer.Exit(code)


def agrees(question: str) -> bool:
    """Ask, and return whether the answer is yes; no answer, as when nobody is at a terminal, is a no."""
    try:
        return typer.confirm(question)
    except typer.Abort:
        return False


def open_repository() -> tuple[Repository, Curriculum]:
    """Return the checkout around the working folder and its curriculum, or end with the reason."""
    try:
        repository = Repository.find()
        return repository, load_curriculum(repository.course)
    except (NotACourse, CurriculumError) as error:
        fail(str(error), Exit.USAGE)


def chosen_lessons(repository: Repository, curriculum: Curriculum, names: list[str] | None) -> list[str]:
    """Return the lessons to work on: those named, or all that are written."""
    from autograder.lesson import written_lessons

    written = written_lessons(repository.course, curriculum)
    for name in names or []:
        if name not in written:
            fail(f"There is no lesson {name}. Written so far: {', '.join(written) or 'none'}.", Exit.USAGE)
    return [name for name in written if not names or name in names]
