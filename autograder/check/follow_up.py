"""What follows a check: it is kept in the learner's progress, and the report says what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from autograder.check.lesson_tests import ExerciseTests, LessonTests
from autograder.check.report import Report, State, points_of
from autograder.progress.record import Event, ExerciseProgress, Kind, progress_of, record
from autograder.progress.tally import Tally

_TRIES = (State.FAILED, State.VISIBLE_PASSED, State.PASSED)


def keep(report: Report) -> None:
    """Keep what a check found; one that could not judge anything is no try.

    Raises:
        ProgressUnavailable: if it cannot be kept.
    """
    if report.state not in _TRIES:
        return
    note = "" if report.passed else dict(report.fields).get("cause", report.headline)
    record(
        Event(
            report.lesson,
            report.exercise,
            Kind.CHECK,
            datetime.now(UTC),
            passed=report.passed,
            complete=report.complete,
            points=report.points,
            best=report.best,
            note=note,
        )
    )


def with_standing(report: Report, lesson: LessonTests) -> Report:
    """Add to a report of a passed exercise how far the learner is in the lesson.

    Raises:
        ProgressUnavailable: if that cannot be read.
    """
    if not report.passed:
        return report
    progress = progress_of(lesson.lesson)
    return _towards(replace(report, standing=standing(lesson, progress)), lesson, progress)


def with_next_step(report: Report) -> Report:
    """Add to a report of an exercise that is not passed what to do now."""
    name = report.exercise
    steps = {
        State.UNSOLVED: f"Write its body, run its cell, then run this one again. Stuck? Run `%hint {name}`.",
        State.FAILED: f"Stuck? Run `%hint {name}`.",
        State.WRITTEN: f"A person grades it. `%solution {name}` shows a model answer when you have written yours.",
    }
    return replace(report, next_step=steps.get(report.state, ""))


def standing(lesson: LessonTests, progress: Mapping[str, ExerciseProgress]) -> str:
    """Return in a sentence how many exercises and points of a lesson the learner has; written answers do not count."""
    judged = tuple(exercise for exercise in lesson.exercises if not exercise.is_written)
    tally = Tally(exercises=judged, progress=progress)
    exercises = f"{len(judged)} exercise{'s' if len(judged) != 1 else ''}"
    return f"In this lesson: {tally.passed} of {exercises}, {points_of(tally.points, tally.best)}."


def _towards(report: Report, lesson: LessonTests, progress: Mapping[str, ExerciseProgress]) -> Report:
    """Name the next exercise of the lesson: the first open one below, then those above, then a written answer."""
    names = [exercise.name for exercise in lesson.exercises]
    here = names.index(report.exercise) + 1
    in_turn = lesson.exercises[here:] + lesson.exercises[:here]
    following = next((each for each in in_turn if _is_open(each, progress)), None)
    if following is not None:
        return replace(report, next_step="Next:", next_heading=following.heading)
    written = next((each for each in lesson.exercises if each.is_written), None)
    if written is not None:
        return replace(
            report, next_step="All exercises with code are passed. Last, in words:", next_heading=written.heading
        )
    return replace(report, next_step="This lesson is done. `%progress` shows what comes next.")


def _is_open(exercise: ExerciseTests, progress: Mapping[str, ExerciseProgress]) -> bool:
    return not exercise.is_written and not (exercise.name in progress and progress[exercise.name].passed)
