"""Which hint comes next for a learner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from autograder.learner.hints import Hint, hints_of
from autograder.lesson import Lesson
from autograder.progress.record import Event, Kind, ProgressUnavailable, progress_of, record


@dataclass(frozen=True)
class Stage:
    """The hints to show now.

    Attributes:
        hints: one new hint; all of them if none is new, or if it is not known which is; none for a written exercise.
        number: of the new hint, from 1; 0 if there is none.
        total: how many there are.
        trouble: why it cannot be kept which hints were seen; "" if it can.
    """

    hints: tuple[Hint, ...]
    number: int
    total: int
    trouble: str = ""


def next_hint(lesson: Lesson, exercise: str) -> Stage:
    """Return the hint that the learner has not seen yet, and keep in the progress that they have now.

    Raises:
        KeyError: if the lesson has no such exercise.
    """
    hints = hints_of(lesson, exercise)
    try:
        progress = progress_of(lesson.name).get(exercise)
        seen = progress.hints if progress else 0
        if seen >= len(hints):
            return Stage(hints, 0, len(hints))
        record(Event(lesson.name, exercise, Kind.HINT, datetime.now(UTC)))
    except ProgressUnavailable as error:
        return Stage(hints, 0, len(hints), str(error))
    return Stage((hints[seen],), seen + 1, len(hints))
