"""From what a learner wishes to a sitting: which lessons make sense now, what is due, and how much is new."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from random import Random

from autograder.curriculum import Curriculum
from autograder.drill import NEW_PER_DAY
from autograder.drill.questions import Kind, Question, read_all_questions
from autograder.drill.reviews import cards, introduced_since
from autograder.drill.schedule import Card
from autograder.drill.selection import due_questions, mock_questions, new_questions, next_due
from autograder.drill.session import Clock, Session, now
from autograder.drill.wording import count
from autograder.progress.database import ProgressUnavailable
from autograder.repository import Repository


@dataclass(frozen=True)
class Wish:
    """What a learner asked for.

    Attributes:
        lessons: folder names; empty for those that make sense now.
        kinds: kinds of questions; empty for all.
        mock: number of questions of a mock interview; None for a drill.
        seconds: time for each answer.
        minutes: time for the whole sitting.
        new: most new questions in a day.
    """

    lessons: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    mock: int | None = None
    seconds: float | None = None
    minutes: float | None = None
    new: int = NEW_PER_DAY


@dataclass(frozen=True)
class Opening:
    """A sitting that may begin.

    Attributes:
        session: the sitting; over from the start if there is nothing to ask.
        intro: what it will ask, or why there is nothing, in one or two sentences.
        warning: why nothing of it can be kept, "" if all is well.
    """

    session: Session
    intro: str
    warning: str = ""


class UnknownLesson(Exception):
    """A lesson was named that has no questions; the text says which have."""


def open_session(
    repository: Repository, curriculum: Curriculum, wish: Wish, clock: Clock = now, random: Random | None = None
) -> Opening:
    """Choose questions and return the sitting.

    A drill asks what is due, whatever the lesson, and then new questions of the lessons that the learner has begun; if
    none has been begun, of all. A mock interview draws from all lessons: an interviewer does not ask what was read.

    Raises:
        UnknownLesson: if a lesson that is named has no questions.
        SourceError: if a file of questions has mistakes.
    """
    every = read_all_questions(repository.course, curriculum)
    known = list(dict.fromkeys(question.lesson for question in every))
    for lesson in wish.lessons:
        if lesson not in known:
            raise UnknownLesson(
                f"There are no questions on {lesson}. Mend: name one of {', '.join(known) or 'none so far'}."
            )
    pool = [
        question
        for question in every
        if (not wish.lessons or question.lesson in wish.lessons) and (not wish.kinds or question.kind in wish.kinds)
    ]
    at = clock()
    warning = ""
    state: dict[str, Card] = {}
    begun: set[str] = set()
    introduced = 0
    try:
        state = cards()
        begun = _begun_lessons()
        introduced = introduced_since(_midnight(at))
    except ProgressUnavailable as error:
        warning = f"Your answers are asked and assessed, but not kept. {error}"
    if wish.mock is not None:
        chosen = mock_questions(pool, wish.mock, random or Random())
        intro = _mock_intro(wish.mock, chosen)
    else:
        fresh = [question for question in pool if wish.lessons or not begun & set(known) or question.lesson in begun]
        due = due_questions(pool, state, at)
        new = new_questions(fresh, state, wish.new - introduced)
        waiting = sum(question.key not in state for question in fresh) - len(new)
        chosen = [*due, *new]
        intro = _drill_intro(len(due), len(new), waiting, introduced, next_due(pool, state))
    session = Session(
        chosen, state, is_mock=wish.mock is not None, seconds=wish.seconds, minutes=wish.minutes, clock=clock
    )
    return Opening(session, intro if every else "No lesson here has questions yet.", warning)


def _begun_lessons() -> set[str]:
    """Return the lessons with an exercise that the learner has worked on; to be asked about one does not begin it."""
    from autograder.progress.record import events

    return {event.lesson for event in events()}


def _midnight(at: datetime) -> datetime:
    """Return when the learner's day began."""
    return at.astimezone().replace(hour=0, minute=0, second=0, microsecond=0)


def _mock_intro(wanted: int, chosen: Collection[Question]) -> str:
    lessons = len({question.lesson for question in chosen})
    fewer = f" There are no more than that; you asked for {wanted}." if len(chosen) < wanted else ""
    return f"Mock interview: {count(len(chosen), 'question')} from {count(lessons, 'lesson')}.{fewer}"


def _drill_intro(due: int, new: int, waiting: int, introduced: int, comes: datetime | None) -> str:
    parts = [f"{count(due, 'question')} due, {new} new."]
    if not due and not new:
        parts = ["Nothing is due."]
        if comes is not None:
            parts.append(f"The next question comes back on {comes.astimezone():%A, %d %B at %H:%M}.")
    if waiting:
        parts.append(
            f"{waiting} more new ones wait for another day; --new {introduced + new + waiting} asks them today."
        )
    return " ".join(parts)
