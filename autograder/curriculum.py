"""The curriculum: questions, parts and lessons in order, read from course/curriculum.toml."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILENAME = "curriculum.toml"


class CurriculumError(Exception):
    """The curriculum file contradicts itself; the text lists every place and its mend."""


@dataclass(frozen=True)
class PlannedLesson:
    """One lesson of the curriculum, written or not.

    Attributes:
        name: folder name, stable for ever.
        title: shown on the start page.
        questions: ids of the interview questions that the lesson answers.
        requires: names of the lessons to do before.
    """

    name: str
    title: str
    questions: tuple[str, ...]
    requires: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """A group of lessons: its letter, its title, and the lessons in order."""

    id: str
    title: str
    lessons: tuple[PlannedLesson, ...]


@dataclass(frozen=True)
class Curriculum:
    """All questions (id -> text) and all parts, in order."""

    questions: dict[str, str]
    parts: tuple[Part, ...]

    @property
    def lessons(self) -> tuple[PlannedLesson, ...]:
        """Every planned lesson in teaching order."""
        return tuple(lesson for part in self.parts for lesson in part.lessons)

    def lesson(self, name: str) -> PlannedLesson:
        """Return the lesson called ``name``; raises :class:`KeyError` if there is none."""
        for lesson in self.lessons:
            if lesson.name == name:
                return lesson
        raise KeyError(name)


def load_curriculum(course: Path) -> Curriculum:
    """Read and check ``course/curriculum.toml``.

    Args:
        course: the folder that holds the file and the lessons' folders.

    Raises:
        CurriculumError: naming every contradiction in the file, or that it cannot be read.
    """
    path = course / FILENAME
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CurriculumError(f"{path}: not found. Mend: run the command from the course's repository.") from None
    except tomllib.TOMLDecodeError as error:
        raise CurriculumError(f"{path}: not valid TOML: {error}.") from None
    try:
        curriculum = _from_toml(raw)
    except (KeyError, TypeError) as error:
        raise CurriculumError(
            f"{path}: an entry lacks {error}. Mend: a part has id, title and lessons; a lesson has name, title, "
            "questions and requires."
        ) from None
    problems = _contradictions(curriculum)
    if problems:
        raise CurriculumError("\n".join(f"{path}: {problem}" for problem in problems))
    return curriculum


def _from_toml(raw: dict[str, Any]) -> Curriculum:
    parts = [
        Part(
            part["id"],
            part["title"],
            tuple(
                PlannedLesson(entry["name"], entry["title"], tuple(entry["questions"]), tuple(entry["requires"]))
                for entry in part["lesson"]
            ),
        )
        for part in raw["part"]
    ]
    return Curriculum(dict(raw["questions"]), tuple(parts))


def _contradictions(curriculum: Curriculum) -> list[str]:
    problems = []
    names = [lesson.name for lesson in curriculum.lessons]
    problems += [
        f"lesson {name} stands there {count} times. Mend: keep one of them."
        for name, count in Counter(names).items()
        if count > 1
    ]
    claimed = Counter(question for lesson in curriculum.lessons for question in lesson.questions)
    problems += [
        f"question {question} is claimed {count} times. Mend: leave it with the lesson that answers it."
        for question, count in claimed.items()
        if count > 1
    ]
    problems += [
        f"question {question} is claimed by no lesson. Mend: add it to the lesson that will answer it."
        for question in curriculum.questions
        if question not in claimed
    ]
    for position, lesson in enumerate(curriculum.lessons):
        problems += [
            f"lesson {lesson.name} claims the unknown question {question}. Mend: correct it, or add it to [questions]."
            for question in lesson.questions
            if question not in curriculum.questions
        ]
        problems += [
            f"lesson {lesson.name} requires {other}, which does not come before it. Mend: name an earlier lesson."
            for other in lesson.requires
            if other not in names[:position]
        ]
    return problems
