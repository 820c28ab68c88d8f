"""Which lesson and which exercise a learner's command is about."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, NoReturn

from autograder.cli.console import Exit, err, fail
from autograder.curriculum import Curriculum
from autograder.repository import Repository

if TYPE_CHECKING:
    from autograder.lesson import Lesson


def chosen_lesson(repository: Repository, curriculum: Curriculum, name: str | None) -> str:
    """Return the full name of a lesson; the one to go on with unless it is named.

    The beginning of its name is enough, and the path of its notebook or folder will do.
    """
    from autograder.lesson import written_lessons

    written = written_lessons(repository.course, curriculum)
    if name is None:
        return _lesson_to_go_on_with(repository, written)
    return _lesson_called(name, written) or fail(_no_such("lesson", name, written), Exit.USAGE)


def chosen_names(
    repository: Repository, curriculum: Curriculum, first: str | None, second: str | None
) -> tuple[Lesson, str | None]:
    """Return the lesson and the exercise that a command is about; None if it names no exercise.

    Args:
        repository: the checkout.
        curriculum: its curriculum.
        first: a lesson, or an exercise alone: one of the lesson to go on with, or of exactly one lesson.
        second: an exercise of the lesson that is named first.
    """
    from autograder.lesson import written_lessons

    if second is not None:
        lesson = opened_lesson(repository, chosen_lesson(repository, curriculum, first))
        return lesson, chosen_exercise(lesson, second)
    written = written_lessons(repository.course, curriculum)
    if first is None or _lesson_called(first, written):
        return opened_lesson(repository, chosen_lesson(repository, curriculum, first)), None
    lessons = _lessons_with(repository, written, first)
    if len(lessons) == 1:
        return lessons[0], first
    if lessons:
        names = ", ".join(lesson.name for lesson in lessons)
        fail(f"Several lessons have an exercise called {first}. Mend: name the lesson too, one of {names}.", Exit.USAGE)
    here = opened_lesson(repository, _lesson_to_go_on_with(repository, written))
    exercises = [exercise.name for exercise in here.exercises]
    near = difflib.get_close_matches(first, [*exercises, *written], n=1)
    fail(
        f"There is no lesson and no exercise called {first}.{_ask(near)} Lessons: {', '.join(written)}. "
        f"Exercises of {here.name}: {', '.join(exercises)}.",
        Exit.USAGE,
    )


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


def no_exercise_named(command: str, lesson: Lesson) -> NoReturn:
    """End with the exercises that a command could be about."""
    names = ", ".join(exercise.name for exercise in lesson.exercises)
    fail(f"Name the exercise, too: course {command} {lesson.name} EXERCISE. There is: {names}.", Exit.USAGE)


def no_such_exercise(lesson: str, name: str, names: Sequence[str]) -> NoReturn:
    """End with the nearest name and all names."""
    fail(_no_such(f"exercise of {lesson}", name, names), Exit.USAGE)


def _no_such(what: str, name: str, names: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, names, n=1)
    return f"There is no {what} called {name}.{_ask(near)} There is: {', '.join(names) or 'none yet'}."


def _ask(near: Sequence[str]) -> str:
    return f" Did you mean {near[0]}?" if near else ""


def _lesson_called(name: str, written: list[str]) -> str | None:
    """Return the lesson with this name, or the only one whose name begins so."""
    bare = PurePath(name.lower()).name.removesuffix(".ipynb")
    if bare in written:
        return bare
    begin_so = [lesson for lesson in written if bare and lesson.startswith(bare)]
    return begin_so[0] if len(begin_so) == 1 else None


def _lessons_with(repository: Repository, written: list[str], exercise: str) -> list[Lesson]:
    """Return the lesson to go on with if it has an exercise of this name, else all lessons that have one."""
    from autograder.lesson import SourceError, read_lesson

    found = []
    current = _lesson_to_go_on_with(repository, written)
    for name in [current, *(other for other in written if other != current)]:
        try:
            lesson = read_lesson(repository.course, name)
        except SourceError:
            continue  # another lesson's mistakes are not what was asked about
        if any(each.name == exercise for each in lesson.exercises):
            found.append(lesson)
            if name == current:
                break
    return found


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
