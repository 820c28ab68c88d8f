"""Phrases that the terminal and the notebook share."""

from __future__ import annotations

from autograder.drill.session import Session, Summary


def count(number: int, what: str) -> str:
    """Return ``1 question`` or ``2 questions``."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def time_taken(session: Session) -> str:
    """Say how long the answer took and by how much that is too long; "" if its time is not limited."""
    if session.seconds is None:
        return ""
    over = session.thinking_seconds - session.seconds
    late = f", {over:.0f} more than allowed" if over > 0 else ""
    return f"You took {count(round(session.thinking_seconds), 'second')}{late}."


def headline(summary: Summary, allowed: float | None) -> str:
    """Say how the whole sitting went.

    Args:
        summary: the sitting.
        allowed: seconds for each answer; None if they were not limited.
    """
    text = (
        f"{summary.had} of {count(summary.of, 'key point')}, {count(summary.asked, 'question')}, "
        f"{summary.seconds / 60:.1f} minutes."
    )
    if allowed is not None:
        text += f" {count(summary.over_time, 'answer')} took longer than {allowed:g} seconds."
    return text
