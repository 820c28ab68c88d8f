"""Where a learner stands: each lesson of the curriculum, and how much of it is done."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from autograder.check.lesson_tests import LessonTests, NoTests, find_tests
from autograder.curriculum import PlannedLesson
from autograder.progress.record import ExerciseProgress
from autograder.progress.tally import Tally
from autograder.repository import Repository


class Stage(StrEnum):
    """How far a lesson is; the value is what a learner reads."""

    PLANNED = "not written yet"
    NEW = "not begun"
    BEGUN = "begun"
    DONE = "done"


@dataclass(frozen=True, kw_only=True)
class LessonStanding(Tally):
    """A lesson and what the learner has done in it; without exercises if the lesson is not written.

    Attributes:
        planned: its entry in the curriculum.
        minutes: what it takes; 0 if it is not known.
        exercise_minutes: what each exercise takes, by name, as far as it is known.
    """

    planned: PlannedLesson
    minutes: int = 0
    exercise_minutes: dict[str, int] = field(default_factory=dict)

    @property
    def stage(self) -> Stage:
        """How far it is."""
        if not self.exercises:
            return Stage.PLANNED
        if self.passed == len(self.exercises):
            return Stage.DONE
        return Stage.BEGUN if self.progress else Stage.NEW


def is_written(repository: Repository, lesson: str) -> bool:
    """Return whether there is a notebook of this lesson to open, or a source to make it from."""
    return (repository.course / lesson / "lesson.py").is_file() or repository.exercise_notebook(lesson).is_file()


def lesson_standing(
    repository: Repository, planned: PlannedLesson, progress: dict[str, ExerciseProgress]
) -> LessonStanding:
    """Return where the learner stands in one lesson; an unchanged source is read only once.

    Args:
        repository: the checkout.
        planned: the lesson.
        progress: of its exercises, by name; those that the lesson no longer has do not count.
    """
    tests = _tests(repository, planned.name)
    if tests is None:
        return LessonStanding(planned=planned, exercises=(), progress=progress)
    exercises = tuple(exercise for exercise in tests.exercises if not exercise.is_written)
    names = {exercise.name for exercise in exercises}
    known = {name: done for name, done in progress.items() if name in names}
    if tests.source is None:
        return LessonStanding(planned=planned, exercises=exercises, progress=known)
    minutes = {exercise.name: exercise.minutes for exercise in tests.source.exercises}
    return LessonStanding(
        planned=planned,
        exercises=exercises,
        progress=known,
        minutes=tests.source.minutes,
        exercise_minutes=minutes,
    )


def _tests(repository: Repository, lesson: str) -> LessonTests | None:
    if not is_written(repository, lesson):
        return None
    try:
        return find_tests(lesson, repository.course, repository.exercise_notebook(lesson))
    except NoTests:
        return None
