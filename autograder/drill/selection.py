"""Which questions a sitting asks, and in which order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import zip_longest
from random import Random

from autograder.drill.questions import Question
from autograder.drill.schedule import Card


def due_questions(questions: Sequence[Question], cards: Mapping[str, Card], at: datetime) -> list[Question]:
    """Return the questions that are due, the longest due first."""
    due = [question for question in questions if question.key in cards and cards[question.key].due <= at]
    return sorted(due, key=lambda question: cards[question.key].due)


def new_questions(questions: Sequence[Question], cards: Mapping[str, Card], most: int) -> list[Question]:
    """Return at most so many questions that were never rated, one of each lesson in turn."""
    by_lesson: dict[str, list[Question]] = {}
    for question in questions:
        if question.key not in cards:
            by_lesson.setdefault(question.lesson, []).append(question)
    in_turn = [question for row in zip_longest(*by_lesson.values()) for question in row if question is not None]
    return in_turn[: max(most, 0)]


def next_due(questions: Sequence[Question], cards: Mapping[str, Card]) -> datetime | None:
    """Return when the first of the questions that were rated before comes back; None if there is none."""
    return min((cards[question.key].due for question in questions if question.key in cards), default=None)


def mock_questions(questions: Sequence[Question], number: int, random: Random) -> list[Question]:
    """Return so many questions, drawn by chance and spread evenly over lessons and kinds; all, if there are fewer."""
    return list(_drawn(random.sample(list(questions), len(questions)), number))


def _drawn(pool: list[Question], number: int) -> Iterator[Question]:
    lessons: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for _ in range(min(number, len(pool))):
        question = min(pool, key=lambda each: (lessons[each.lesson], kinds[each.kind]))
        pool.remove(question)
        lessons[question.lesson] += 1
        kinds[question.kind] += 1
        yield question
