"""Which hint comes next for a learner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from autograder.learner.hints import Hint
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


def next_hint(lesson: str, exercise: str, hints: tuple[Hint, ...], shown: int | None = None) -> Stage:
    """Return the hint that the learner has not seen yet, and keep in the progress that they have now.

    Args:
        lesson: its name.
        exercise: its name.
        hints: of the exercise, all of them.
        shown: how many this program has shown so far, which serves where the progress cannot be had; None if it was
            started anew and cannot know.
    """
    seen, trouble = shown or 0, ""
    try:
        progress = progress_of(lesson).get(exercise)
        seen = max(seen, progress.hints if progress else 0)
        if seen < len(hints):
            record(Event(lesson, exercise, Kind.HINT, datetime.now(UTC)))
    except ProgressUnavailable as error:
        if shown is None:
            return Stage(hints, 0, len(hints), str(error))
        trouble = str(error)
    if seen >= len(hints):
        return Stage(hints, 0, len(hints), trouble)
    return Stage((hints[seen],), seen + 1, len(hints), trouble)
