"""What a learner should do next, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from autograder.check.lesson_tests import ExerciseTests
from autograder.curriculum import Curriculum, load_curriculum
from autograder.progress.record import Event, ExerciseProgress, events, summary
from autograder.progress.standing import LessonStanding, Stage, is_written, lesson_standing
from autograder.repository import Repository


@dataclass(frozen=True)
class NextStep:
    """The exercise to do next.

    Attributes:
        lesson: folder name of its lesson.
        lesson_title: the lesson's title in the curriculum.
        exercise: its name.
        title: its heading, without "Exercise:".
        heading: its heading, as the notebook has it.
        minutes: what the exercise takes; 0 if it is not known.
        reason: why it is this one, in a sentence.
        is_begun: whether the learner has begun its lesson.
    """

    lesson: str
    lesson_title: str
    exercise: str
    title: str
    heading: str
    minutes: int
    reason: str
    is_begun: bool


def next_exercise(repository: Repository) -> NextStep | None:
    """Return what to do next: the open exercise of the lesson worked on last, or the next lesson.

    A lesson is next when those that it needs are done. Written answers are left out: no test judges them.

    Returns:
        None if every exercise that there is has been passed.

    Raises:
        autograder.curriculum.CurriculumError: if the curriculum cannot be read.
        ProgressUnavailable: if the progress cannot be read.
    """
    return choose_next(repository, load_curriculum(repository.course), events())


def choose_next(repository: Repository, curriculum: Curriculum, happened: list[Event]) -> NextStep | None:
    """Do the same for a curriculum and events that are read already.

    Args:
        repository: the checkout.
        curriculum: its curriculum.
        happened: everything that the learner did, from the oldest to the newest.
    """
    progress = summary(happened)
    recent = _recent_lessons(curriculum, happened)
    for place, name in enumerate(recent):
        standing = _standing(repository, curriculum, name, progress)
        if standing.stage is Stage.BEGUN:
            last = next((event.exercise for event in reversed(happened) if event.lesson == name), "")
            return _in_begun_lesson(standing, last, is_latest=place == 0)
    for name in _in_order(repository, curriculum, recent):
        standing = _standing(repository, curriculum, name, progress)
        if standing.stage is Stage.NEW and _is_ready(repository, curriculum, name, progress):
            return _step(standing, standing.exercises[0], _why_new(standing, curriculum, recent), is_begun=False)
    return None


def _recent_lessons(curriculum: Curriculum, happened: list[Event]) -> list[str]:
    """Return the lessons worked on, the last one first."""
    known = {lesson.name for lesson in curriculum.lessons}
    return [name for name in dict.fromkeys(event.lesson for event in reversed(happened)) if name in known]


def _in_order(repository: Repository, curriculum: Curriculum, recent: list[str]) -> Iterator[str]:
    """Yield the written lessons: first those after the lesson worked on last, then those before it."""
    names = [lesson.name for lesson in curriculum.lessons]
    start = names.index(recent[0]) if recent else 0
    yield from (name for name in names[start:] + names[:start] if is_written(repository, name))


def _standing(
    repository: Repository, curriculum: Curriculum, name: str, progress: dict[str, dict[str, ExerciseProgress]]
) -> LessonStanding:
    return lesson_standing(repository, curriculum.lesson(name), progress.get(name, {}))


def _is_ready(
    repository: Repository, curriculum: Curriculum, name: str, progress: dict[str, dict[str, ExerciseProgress]]
) -> bool:
    """Return whether everything that a lesson needs is done, or is not written yet."""
    return all(
        _standing(repository, curriculum, needed, progress).stage in (Stage.DONE, Stage.PLANNED)
        for needed in curriculum.lesson(name).requires
    )


def _in_begun_lesson(standing: LessonStanding, last: str, *, is_latest: bool) -> NextStep:
    """Choose the exercise tried last if it is open, else the next open one after it."""
    names = [exercise.name for exercise in standing.exercises]
    start = names.index(last) if last in names else 0
    ahead = standing.exercises[start:] + standing.exercises[:start]
    chosen = next(exercise for exercise in ahead if not standing.of(exercise.name).passed)
    if chosen.name == last:
        reason = "You have begun it, and it is still open."
    elif is_latest:
        reason = "It is the next open exercise of the lesson that you worked on last."
    else:
        reason = "You have begun this lesson, and it is not finished."
    return _step(standing, chosen, reason, is_begun=True)


def _why_new(standing: LessonStanding, curriculum: Curriculum, recent: list[str]) -> str:
    if not recent:
        return "It needs no other lesson before it."
    done = next((name for name in recent if name in standing.planned.requires), None)
    if done:
        return f"You have finished “{curriculum.lesson(done).title}”, which it builds on."
    return "You have done everything that it needs." if standing.planned.requires else "It needs no other lesson."


def _step(standing: LessonStanding, exercise: ExerciseTests, reason: str, is_begun: bool) -> NextStep:
    return NextStep(
        standing.planned.name,
        standing.planned.title,
        exercise.name,
        exercise.title,
        exercise.heading,
        standing.exercise_minutes.get(exercise.name, 0),
        reason,
        is_begun,
    )
