"""Try every mutant of a lesson's solutions on the tests of its exercise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from autograder.answers.crew import Attempt, Crew
from autograder.lesson import Lesson
from autograder.mutation.mutants import Mutant, mutants_of

_SLOWER = 10
_SHORTEST_LIMIT_SECONDS = 10.0
"""With a mutant, a cell may take so many times what it takes with the solution, or this long: loops may be endless."""


class SurveyError(Exception):
    """The tests do not pass with the solutions themselves, so they say nothing about mutants."""


@dataclass(frozen=True)
class Fate:
    """A mutant, and whether a test failed with it."""

    mutant: Mutant
    is_killed: bool


def try_mutants(lesson: Lesson, processes: int, on_step: Callable[[int, int], None] | None = None) -> list[Fate]:
    """Run the visible and hidden tests of each exercise on every mutant of its solution.

    The solutions are tried first, which gives the time limits, and again at the end: a mutant that spoils what the
    next one needs must not go unnoticed.

    Args:
        lesson: the lesson.
        processes: how many mutants are tried at a time.
        on_step: told (mutants tried, mutants in all) after each.

    Raises:
        SurveyError: if a solution fails its tests.
        autograder.answers.rehearsal.RehearsalError: if the solved lesson fails.
    """
    mutants = mutants_of(lesson)
    with Crew(lesson, processes) as crew:
        seconds = _try_solutions(lesson, crew, "")
        attempts = [
            Attempt(mutant.exercise, mutant.source, max(_SHORTEST_LIMIT_SECONDS, _SLOWER * seconds[mutant.exercise]))
            for mutant in mutants
        ]
        outcomes = crew.try_all(attempts, on_step)
        _try_solutions(lesson, crew, " after its mutants were tried in the same process")
    return [Fate(mutant, not outcome.verdict.passed) for mutant, outcome in zip(mutants, outcomes, strict=True)]


def _try_solutions(lesson: Lesson, crew: Crew, when: str) -> dict[str, float]:
    """Return how many seconds the tests of each exercise take with its solution."""
    exercises = [exercise for exercise in lesson.exercises if not exercise.is_written]
    outcomes = crew.try_all([Attempt(exercise.name, exercise.answer.source) for exercise in exercises])
    for exercise, outcome in zip(exercises, outcomes, strict=True):
        if not outcome.verdict.passed:
            raise SurveyError(
                f"{lesson.path}:{exercise.answer.line}: the solution of {exercise.name} fails its tests{when}:\n"
                f"{outcome.verdict.text}\nMend: correct the solution, or a test that changes what others use."
            )
    return {exercise.name: outcome.seconds for exercise, outcome in zip(exercises, outcomes, strict=True)}
