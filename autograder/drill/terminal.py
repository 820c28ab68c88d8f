"""The drill in a terminal: text and lines of input, nothing else."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable

from rich.console import Console
from rich.markdown import Markdown
from rich.panel import Panel
from rich.syntax import Syntax

from autograder.drill.questions import Kind, Question
from autograder.drill.schedule import Rating, interval_text
from autograder.drill.session import Review, Session, Step
from autograder.drill.wording import time_taken

with contextlib.suppress(ImportError):
    import readline  # noqa: F401  from now on, input() lets a line be edited

_QUIT = {"q", "quit"}


class Ended(Exception):
    """The learner ended the sitting: with q, Ctrl-D or Ctrl-C."""


def converse(session: Session, keep: Callable[[Review], None], console: Console) -> None:
    """Ask until the sitting is over or the learner ends it.

    Args:
        session: the sitting; it is over afterwards.
        keep: keeps a review; called at once after each.
        console: where the text goes; lines are read from stdin, one after each "> ".
    """
    try:
        if session.step is Step.READY:
            session.begin()
        while session.step is not Step.OVER:
            _ask(session, console)
            keep(session.assess(*_assessment(session, console)))
    except Ended:
        session.end()
        console.print()


def _ask(session: Session, console: Console) -> None:
    question = session.question
    console.rule(f"Question {session.number} of {session.total} · {question.lesson} · {question.kind}", align="left")
    console.print(Markdown(question.ask))
    if question.code:
        console.print(Syntax(question.code, "python", background_color="default", padding=(1, 2)))
    time = f" You have {session.seconds:g} seconds." if session.seconds else ""
    console.print(f"[dim]Say your answer aloud, or type it. An empty line shows the answer; q ends.{time}[/]")
    while _line():
        pass
    session.reveal()
    if session.seconds:
        console.print(time_taken(session))
    if question.kind is Kind.PREDICT:
        console.print("It prints:")
        console.print(question.output, markup=False)
    console.print(Panel(Markdown(question.answer), title="Answer", title_align="left"))


def _assessment(session: Session, console: Console) -> tuple[set[int], Rating | None]:
    """Return the key points that the learner ticks, and the rating; None in a mock interview."""
    question = session.question
    console.print(Markdown("\n".join(f"{number}. {point}" for number, point in enumerate(question.points, start=1))))
    ticked = _ticked(question, console)
    return ticked, None if session.is_mock else _rating(session, ticked, console)


def _ticked(question: Question, console: Console) -> set[int]:
    while True:
        console.print("[dim]Which of these did you have? Such as 1 2; a for all; Enter for none.[/]")
        line = _line()
        if line in ("a", "all"):
            return set(range(len(question.points)))
        words = line.replace(",", " ").split()
        if all(word.isdecimal() and 1 <= int(word) <= len(question.points) for word in words):
            return {int(word) - 1 for word in words}
        console.print(f"Type numbers from 1 to {len(question.points)}, a, or nothing.")


def _rating(session: Session, ticked: set[int], console: Console) -> Rating:
    suggested = session.suggested(ticked)
    names = {str(rating.value): rating for rating in Rating} | {rating.name.lower(): rating for rating in Rating}
    names |= {"": suggested}
    choices = ", ".join(
        f"{rating.value} {rating.name.lower()} ({interval_text(interval)})"
        for rating, interval in session.intervals().items()
    )
    while True:
        console.print(f"[dim]How well did you know it? {choices}; Enter for {suggested.name.lower()}.[/]")
        line = _line()
        if line in names:
            return names[line]
        console.print("Type 1, 2, 3 or 4, or the word.")


def _line() -> str:
    """Return one line in small letters, without spaces around it."""
    try:
        line = input("> ").strip().lower()
    except (EOFError, KeyboardInterrupt):
        raise Ended from None
    if not sys.stdin.isatty():
        print()  # nobody typed the end of this line
    if line in _QUIT:
        raise Ended
    return line
