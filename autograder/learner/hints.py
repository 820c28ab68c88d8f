"""What helps a learner who is stuck: an exercise's hints, one after the other, and its solution."""

from __future__ import annotations

import re
from dataclasses import dataclass

from autograder.lesson import Lesson
from autograder.lesson.regions import HIDDEN_TESTS, SOLUTION

_FOLDED = re.compile(r"<details>\s*<summary>(?P<title>.*?)</summary>(?P<text>.*?)</details>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_MARK = re.compile(rf"^[ \t]*#+ *(BEGIN|END) ({SOLUTION}|{HIDDEN_TESTS})[ \t]*\n?", re.MULTILINE)


@dataclass(frozen=True)
class Hint:
    """One hint: its title, and its text in Markdown."""

    title: str
    text: str


def hints_of(lesson: Lesson, exercise: str) -> tuple[Hint, ...]:
    """Return the hints of an exercise, from the gentlest to the plainest; a written exercise has none.

    Raises:
        KeyError: if the lesson has no such exercise.
    """
    cell = lesson.exercise(exercise).hints
    return hints_in(cell.source) if cell else ()


def hints_in(markdown: str) -> tuple[Hint, ...]:
    """Return the hints that stand folded in a cell."""
    return tuple(
        Hint(_TAG.sub("", found["title"]).strip(), found["text"].strip()) for found in _FOLDED.finditer(markdown)
    )


def solution_of(lesson: Lesson, exercise: str) -> str:
    """Return the reference solution of an exercise as a cell, or the model answer of a written one in Markdown.

    Raises:
        KeyError: if the lesson has no such exercise.
    """
    return without_marks(lesson.exercise(exercise).answer.source)


def without_marks(source: str) -> str:
    """Return a cell without the marks around its solution."""
    return _MARK.sub("", source).rstrip()
