"""What a learner did in an exercise, event by event, and what it adds up to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from autograder.progress.database import ProgressUnavailable, reading, transaction

__all__ = ["Event", "ExerciseProgress", "Kind", "ProgressUnavailable", "events", "progress_of", "record", "summary"]

_TABLE = "exercise_events"
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS {_TABLE} (
    id INTEGER PRIMARY KEY,
    lesson TEXT NOT NULL,
    exercise TEXT NOT NULL,
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    passed INTEGER NOT NULL,
    complete INTEGER NOT NULL,
    points REAL NOT NULL,
    best REAL NOT NULL,
    note TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS {_TABLE}_by_lesson ON {_TABLE} (lesson)
"""


class Kind(StrEnum):
    """What was done."""

    CHECK = "check"
    HINT = "hint"
    SOLUTION = "solution"


@dataclass(frozen=True)
class Event:
    """One thing that a learner did in an exercise.

    Attributes:
        lesson: the lesson's name.
        exercise: the exercise's name.
        kind: a check, a hint read, or the solution read.
        at: when, with its time zone; it is kept in UTC.
        passed: of a check: whether every test that ran held.
        complete: of a check: whether the hidden tests were among those that ran.
        points: of a check: the points earned.
        best: of a check: the points that could be earned.
        note: of a failed check: its cause or headline.
    """

    lesson: str
    exercise: str
    kind: Kind
    at: datetime
    passed: bool = False
    complete: bool = False
    points: float = 0
    best: float = 0
    note: str = ""

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("the time of an event has no time zone; use datetime.now(UTC)")


@dataclass(frozen=True)
class ExerciseProgress:
    """Where a learner stands in one exercise.

    Attributes:
        tries: how many checks were run.
        passed: whether a check ever passed, with the hidden tests or without.
        complete: whether a check with the hidden tests ever passed.
        points: the most points that a check earned.
        best: the points that can be earned, as the last check saw it.
        hints: how many times a hint was shown.
        saw_solution: whether the solution was shown.
        last: when something was last done, in UTC.
    """

    tries: int = 0
    passed: bool = False
    complete: bool = False
    points: float = 0
    best: float = 0
    hints: int = 0
    saw_solution: bool = False
    last: datetime | None = None


def record(event: Event) -> None:
    """Keep an event. When this returns, it is on the disk.

    Raises:
        ProgressUnavailable: if it cannot be kept; say so and go on.
    """
    row = (
        event.lesson,
        event.exercise,
        event.kind.value,
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.passed,
        event.complete,
        float(event.points),
        float(event.best),
        event.note,
    )
    with transaction(_SCHEMA) as connection:
        connection.execute(
            f"INSERT INTO {_TABLE} (lesson, exercise, kind, at, passed, complete, points, best, note) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        )


def events(lesson: str | None = None) -> list[Event]:
    """Return the events of a lesson, or of all lessons, from the oldest to the newest.

    Raises:
        ProgressUnavailable: if the file cannot be read.
    """
    with reading(_TABLE) as connection:
        if connection is None:
            return []
        chosen, values = ("WHERE lesson = ?", [lesson]) if lesson is not None else ("", [])
        rows = connection.execute(f"SELECT * FROM {_TABLE} {chosen} ORDER BY at, id", values).fetchall()
    return [
        Event(
            row["lesson"],
            row["exercise"],
            Kind(row["kind"]),
            datetime.fromisoformat(row["at"]),
            bool(row["passed"]),
            bool(row["complete"]),
            row["points"],
            row["best"],
            row["note"],
        )
        for row in rows
    ]


def progress_of(lesson: str) -> dict[str, ExerciseProgress]:
    """Return where the learner stands in each exercise of a lesson that they have begun, by name.

    Raises:
        ProgressUnavailable: if the file cannot be read.
    """
    return summary(events(lesson)).get(lesson, {})


def summary(happened: Iterable[Event]) -> dict[str, dict[str, ExerciseProgress]]:
    """Add up events, given from the oldest to the newest; returns lesson -> exercise -> progress."""
    grouped: dict[str, dict[str, list[Event]]] = {}
    for event in happened:
        grouped.setdefault(event.lesson, {}).setdefault(event.exercise, []).append(event)
    return {
        lesson: {exercise: _progress(of_exercise) for exercise, of_exercise in exercises.items()}
        for lesson, exercises in grouped.items()
    }


def _progress(of_exercise: list[Event]) -> ExerciseProgress:
    checks = [event for event in of_exercise if event.kind is Kind.CHECK]
    best = checks[-1].best if checks else 0.0
    return ExerciseProgress(
        tries=len(checks),
        passed=any(check.passed for check in checks),
        complete=any(check.passed and check.complete for check in checks),
        # A changed lesson may be worth less than it was.
        points=min(best, max((check.points for check in checks), default=0.0)),
        best=best,
        hints=sum(event.kind is Kind.HINT for event in of_exercise),
        saw_solution=any(event.kind is Kind.SOLUTION for event in of_exercise),
        last=of_exercise[-1].at.astimezone(UTC),
    )
