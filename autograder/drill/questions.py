"""Read ``course/<lesson>/questions.toml``: drill questions, and every mistake with its place and mend."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from autograder.curriculum import Curriculum
from autograder.lesson import Problem, SourceError

FILENAME = "questions.toml"
MOST_POINTS = 4

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ENTRY = re.compile(r"^\[\[question\]\]", re.MULTILINE)
_TOML_LINE = re.compile(r"at line (\d+)")
_TEXTS = ("id", "kind", "question", "ask", "answer")
_KNOWN = (*_TEXTS, "points", "section", "code", "output")
_FEWEST_POINTS = 2


class Kind(StrEnum):
    """What a question asks for; the value is what stands in the file."""

    WHAT = "what"
    WHY = "why"
    FOLLOW_UP = "follow-up"
    FLAW = "spot the flaw"
    PREDICT = "predict the output"

    @property
    def slug(self) -> str:
        """The kind in one word, as the command line and Anki's tags need it."""
        return self.value.replace(" ", "-")


@dataclass(frozen=True)
class Question:
    """One question of the drill.

    Attributes:
        lesson: folder name of the lesson that it belongs to.
        id: slug, unique in the lesson, stable for ever: the learner's schedule hangs on it.
        kind: what it asks for.
        question: id of the interview question that it is part of, such as Q11.
        ask: what the interviewer says, in Markdown.
        answer: what a strong candidate says, in Markdown.
        points: the facts that a learner ticks off against the own answer, each in Markdown.
        section: heading of the lesson to reread, "" if none is named.
        code: Python whose output is to be predicted, "" for the other kinds.
        output: what ``code`` prints, without the newline at the end.
    """

    lesson: str
    id: str
    kind: Kind
    question: str
    ask: str
    answer: str
    points: tuple[str, ...]
    section: str = ""
    code: str = ""
    output: str = ""

    @property
    def key(self) -> str:
        """Its name in the whole course: ``lesson/id``."""
        return f"{self.lesson}/{self.id}"


def read_questions(course: Path, lesson: str) -> tuple[Question, ...]:
    """Read and check the drill questions of a lesson; none if it has no such file.

    Args:
        course: the folder that holds the lessons' folders.
        lesson: a lesson's folder name.

    Raises:
        SourceError: naming every mistake in the file with its line and its mend.
    """
    path = course / lesson / FILENAME
    if not path.is_file():
        return ()
    try:
        text = path.read_text(encoding="utf-8")
        raw = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise SourceError([Problem(path, 1, f"The file is not UTF-8 ({error}).", "save it as UTF-8.")]) from None
    except tomllib.TOMLDecodeError as error:
        said = _TOML_LINE.search(str(error))
        raise SourceError(
            [Problem(path, int(said[1]) if said else 1, f"Not valid TOML: {error}.", "correct the line.")]
        ) from None
    entries = raw.get("question", [])
    if set(raw) - {"question"} or not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        what = "Something else than [[question]] stands at the top level."
        raise SourceError([Problem(path, 1, what, "begin every question with [[question]].")])
    lines = [text.count("\n", 0, match.start()) + 1 for match in _ENTRY.finditer(text)]
    if len(lines) != len(entries):  # a text holds such a line, or the entries are written another way
        lines = [1] * len(entries)
    problems: list[Problem] = []
    first_lines: dict[Any, int] = {}
    for line, entry in zip(lines, entries, strict=True):
        mistakes = list(_mistakes(path, line, entry))
        name = entry.get("id")
        if not mistakes and name in first_lines:
            mistakes = [
                Problem(path, line, f"The id {name!r} is that of line {first_lines[name]}.", "give it another one.")
            ]
        problems += mistakes
        first_lines.setdefault(name if isinstance(name, str) else None, line)
    if problems:
        raise SourceError(problems)
    return tuple(_question(lesson, entry) for entry in entries)


def read_all_questions(course: Path, curriculum: Curriculum, lessons: list[str] | None = None) -> tuple[Question, ...]:
    """Return the questions of the lessons named, or of all lessons, in teaching order.

    Raises:
        SourceError: see :func:`read_questions`.
    """
    return tuple(
        question
        for lesson in curriculum.lessons
        if lessons is None or lesson.name in lessons
        for question in read_questions(course, lesson.name)
    )


def question_line(course: Path, question: Question) -> int:
    """Return the line of ``questions.toml`` in which the question's id stands; 1 if it is not found."""
    text = (course / question.lesson / FILENAME).read_text(encoding="utf-8")
    match = re.search(rf"^id\s*=\s*[\"']{re.escape(question.id)}[\"']", text, re.MULTILINE)
    return text.count("\n", 0, match.start()) + 1 if match else 1


def _mistakes(path: Path, line: int, entry: dict[str, Any]) -> Iterator[Problem]:
    name = f"question {entry.get('id')!r}" if entry.get("id") else "a question without id"

    def problem(what: str, mend: str) -> Problem:
        return Problem(path, line, f"{name}: {what}", mend)

    for key in entry:
        if key not in _KNOWN:
            yield problem(f"unknown key {key!r}.", f"use one of {', '.join(_KNOWN)}.")
    for key in _TEXTS:
        if not _is_text(entry.get(key)):
            yield problem(f"{key} is missing or no text.", f'add {key} = "...".')
    if _is_text(entry.get("id")) and not _SLUG.fullmatch(entry["id"]):
        yield problem("the id is no slug.", "use small letters, digits and single hyphens, such as uint8-wraps.")
    kind = entry.get("kind")
    if _is_text(kind) and kind not in set(Kind):
        yield problem(f"there is no kind {kind!r}.", f"use one of {', '.join(repr(k.value) for k in Kind)}.")
    points = entry.get("points")
    if not isinstance(points, list) or not _FEWEST_POINTS <= len(points) <= MOST_POINTS:
        yield problem("points is not a list of 2 to 4 texts.", "name 2 to 4 key points of the answer.")
    elif not all(map(_is_text, points)) or len(set(points)) < len(points):
        yield problem("a point is empty, no text, or stands there twice.", "write each point once.")
    if "section" in entry and not _is_text(entry["section"]):
        yield problem("section is no text.", "write the heading without its #, or leave section out.")
    for key in ("code", "output"):
        if kind == Kind.PREDICT and not _is_text(entry.get(key)):
            yield problem(f"{key} is missing or no text.", f"add {key} = '''...''' with whole lines.")
        if kind != Kind.PREDICT and key in entry:
            yield problem(
                f"{key} belongs to {Kind.PREDICT.value!r} only.", "put code into ask, between ```python and ```."
            )
    if kind == Kind.PREDICT and _is_text(entry.get("code")):
        try:
            compile(entry["code"], entry.get("id", ""), "exec")
        except (SyntaxError, ValueError) as error:
            yield problem(f"the code is not valid Python ({error}).", "correct the code.")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _question(lesson: str, entry: dict[str, Any]) -> Question:
    return Question(
        lesson=lesson,
        id=entry["id"],
        kind=Kind(entry["kind"]),
        question=entry["question"],
        ask=entry["ask"].strip(),
        answer=entry["answer"].strip(),
        points=tuple(point.strip() for point in entry["points"]),
        section=entry.get("section", "").strip(),
        code=entry.get("code", "").strip("\n"),
        output=entry.get("output", "").strip("\n"),
    )
