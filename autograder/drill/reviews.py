"""The learner's reviews and the state of each question, kept in the file of their progress.

Both are keyed by lesson and id. A question that is taken out of a lesson stays here and is not asked; if it comes
back, so does its schedule.
"""

from __future__ import annotations

import json
from datetime import datetime

from autograder.drill.schedule import Card, reviewed
from autograder.drill.session import Review
from autograder.progress.database import reading, transaction

_SCHEMA = """
CREATE TABLE IF NOT EXISTS drill_card (key TEXT PRIMARY KEY, card TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS drill_review (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    at TEXT NOT NULL,
    rating INTEGER NOT NULL,
    had INTEGER NOT NULL,
    of INTEGER NOT NULL,
    seconds REAL NOT NULL,
    is_mock INTEGER NOT NULL
);
"""


def cards() -> dict[str, Card]:
    """Return the state of every question that was rated, by ``lesson/id``.

    Raises:
        ProgressUnavailable: if the file cannot be read.
    """
    with reading("drill_card") as connection:
        rows = connection.execute("SELECT key, card FROM drill_card").fetchall() if connection else []
    return {row["key"]: card for row in rows if (card := _card(row["card"])) is not None}


def record(review: Review) -> None:
    """Keep a review and set when its question comes back, both or neither.

    The state is read again from the file: another notebook may have asked the same question in the meantime.

    Raises:
        ProgressUnavailable: if the file cannot be written.
    """
    with transaction(_SCHEMA) as connection:
        row = connection.execute("SELECT card FROM drill_card WHERE key = ?", (review.key,)).fetchone()
        after = reviewed(_card(row["card"]) if row else None, review.rating, review.at)
        connection.execute("INSERT OR REPLACE INTO drill_card VALUES (?, ?)", (review.key, after.to_json()))
        connection.execute(
            "INSERT INTO drill_review (key, at, rating, had, of, seconds, is_mock) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                review.key,
                review.at.isoformat(),
                int(review.rating),
                review.had,
                review.of,
                review.seconds,
                review.is_mock,
            ),
        )


def introduced_since(moment: datetime) -> int:
    """Return how many questions a drill (no mock interview) has asked for the first time since ``moment``.

    Raises:
        ProgressUnavailable: if the file cannot be read.
    """
    # SQLite takes is_mock from the row that holds the minimum.
    query = "SELECT MIN(at) AS first, is_mock FROM drill_review GROUP BY key"
    with reading("drill_review") as connection:
        rows = connection.execute(query).fetchall() if connection else []
    return sum(not row["is_mock"] and datetime.fromisoformat(row["first"]) >= moment for row in rows)


def _card(text: str) -> Card | None:
    """Return the card; None if it was written by a program that this one does not understand."""
    try:
        return Card.from_json(text)
    except (KeyError, TypeError, ValueError, json.JSONDecodeError):
        return None
