"""What a learner's progress in some exercises adds up to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from autograder.check.lesson_tests import ExerciseTests
from autograder.progress.record import ExerciseProgress

_NOTHING = ExerciseProgress()


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Exercises, and how far a learner is in them. Only what tests judge counts, not written answers.

    Attributes:
        exercises: what tests judge, in order.
        progress: of the exercises that were begun, by name.
    """

    exercises: tuple[ExerciseTests, ...]
    progress: Mapping[str, ExerciseProgress]

    def of(self, exercise: str) -> ExerciseProgress:
        """Return the progress in an exercise, begun or not."""
        return self.progress.get(exercise, _NOTHING)

    @property
    def passed(self) -> int:
        """How many of the exercises were passed."""
        return sum(self.of(exercise.name).passed for exercise in self.exercises)

    @property
    def points(self) -> float:
        """The points earned."""
        return sum(min(self.of(exercise.name).points, exercise.points) for exercise in self.exercises)

    @property
    def best(self) -> float:
        """The points that can be earned."""
        return sum(exercise.points for exercise in self.exercises)
