"""When a question comes back: FSRS with the settings of this course, free of any file."""

from __future__ import annotations

from datetime import datetime, timedelta

from fsrs import Card, Rating, Scheduler

__all__ = ["AGAIN_WITHIN", "Card", "Rating", "interval_text", "intervals", "reviewed", "suggested_rating"]

AGAIN_WITHIN = timedelta(minutes=10)
"""A question that was not known comes back after this time, and once more in the same sitting."""

# An answer takes a minute or two, so one step within the day is enough. Nobody knows the day of the interview: no
# question stays away longer than a month. Without fuzz, the interval that a button names is the one that it sets.
_SCHEDULER = Scheduler(
    learning_steps=(AGAIN_WITHIN,), relearning_steps=(AGAIN_WITHIN,), maximum_interval=30, enable_fuzzing=False
)


def suggested_rating(had: int, of: int) -> Rating:
    """Return the rating that fits the number of key points that were there; "easy" only the learner can say."""
    if had == of:
        return Rating.Good
    return Rating.Hard if 2 * had >= of else Rating.Again


def reviewed(card: Card | None, rating: Rating, at: datetime) -> Card:
    """Return a card as it is after a review.

    Args:
        card: the card before; None for a question that was never rated. It is not changed.
        rating: how well the answer was known.
        at: when, in UTC.
    """
    # Questions are told apart by lesson and id; FSRS makes up an id of its own unless it gets one.
    after, _log = _SCHEDULER.review_card(card or Card(card_id=0, due=at), rating, at)
    return after


def intervals(card: Card | None, at: datetime) -> dict[Rating, timedelta]:
    """Return for each rating how long the question would stay away."""
    return {rating: reviewed(card, rating, at).due - at for rating in Rating}


def interval_text(interval: timedelta) -> str:
    """Say how long that is: ``10 min``, ``1 day``, ``8 days``."""
    minutes = round(interval.total_seconds() / 60)
    if minutes < 120:
        return f"{max(minutes, 1)} min"
    if minutes < 48 * 60:
        return "1 day" if minutes >= 24 * 60 else f"{minutes // 60} hours"
    return f"{minutes // (24 * 60)} days"
