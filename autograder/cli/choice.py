"""Which lesson and which exercise a learner's command is about."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from autograder.cli.console import Exit, err, fail
from autograder.curriculum import Curriculum
from autograder.repository import Repository

if TYPE_CHECKING:
    from autograder.lesson import Lesson


def chosen_lesson(repository: Repository, curriculum: Curriculum, name: str | None) -> str:
    """Return the full name of a lesson, of which the beginning is enough; the one to go on with unless it is named."""
    from autograder.lesson import written_lessons

    written = written_lessons(repository.course, curriculum)
    if name is None:
        return _lesson_to_go_on_with(repository, written)
    if name in written:
        return name
    begin_so = [lesson for lesson in written if lesson.startswith(name.lower())]
    if len(begin_so) == 1:
        return begin_so[0]
    fail(_no_such("lesson", name, written), Exit.USAGE)


def chosen_exercise(lesson: Lesson, name: str) -> str:
    """Return the name of an exercise of a lesson, or end with the nearest one."""
    names = [exercise.name for exercise in lesson.exercises]
    if name not in names:
        no_such_exercise(lesson.name, name, names)
    return name


def opened_lesson(repository: Repository, name: str) -> Lesson:
    """Return a lesson, or end with the mistakes in its source."""
    from autograder.lesson import SourceError, read_lesson

    try:
        return read_lesson(repository.course, name)
    except SourceError as error:
        fail(str(error))


def no_such_exercise(lesson: str, name: str, names: Sequence[str]) -> None:
    """End with the nearest name and all names."""
    fail(_no_such(f"exercise of {lesson}", name, names), Exit.USAGE)


def _no_such(what: str, name: str, names: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, names, n=1)
    ask = f" Did you mean {near[0]}?" if near else ""
    return f"There is no {what} called {name}.{ask} There is: {', '.join(names) or 'none yet'}."


def _lesson_to_go_on_with(repository: Repository, written: list[str]) -> str:
    from autograder.progress.next_step import next_exercise
    from autograder.progress.record import ProgressUnavailable

    if not written:
        fail("No lesson is written yet.")
    try:
        step = next_exercise(repository)
    except ProgressUnavailable as error:
        err.print(str(error), markup=False)
        step = None
    return step.lesson if step else written[0]
