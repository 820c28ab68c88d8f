"""Mutants that no test can tell from the solution, recorded by hand with the reason in ``answers/equivalent.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from autograder.lesson import Lesson
from autograder.mutation.report import Change

FILENAME = "equivalent.toml"
_FIELDS = ("exercise", "before", "after", "reason")


class EquivalentsError(Exception):
    """The record of equivalent mutants has mistakes; the text names each with its mend."""


@dataclass(frozen=True)
class Equivalent:
    """One entry of the record: a change, and why it changes no result that the task speaks of."""

    change: Change
    reason: str


def equivalents_path(lesson: Lesson) -> Path:
    """Return where a lesson's equivalent mutants are recorded; the file need not exist."""
    return lesson.folder / "answers" / FILENAME


def read_equivalents(lesson: Lesson) -> list[Equivalent]:
    """Read ``answers/equivalent.toml``: no entries if there is no such file.

    Raises:
        EquivalentsError: if the file cannot be read, or an entry lacks a field.
    """
    path = equivalents_path(lesson)
    if not path.is_file():
        return []
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("equivalent", [])
    except tomllib.TOMLDecodeError as error:
        raise EquivalentsError(f"{path}: not valid TOML: {error}. Mend: correct it.") from None
    problems = [
        f"{path}: entry {number} has no {field}. Mend: an entry has {', '.join(_FIELDS)}."
        for number, entry in enumerate(entries, start=1)
        for field in _FIELDS
        if not str(entry.get(field, "")).strip() and not (field == "after" and "after" in entry)
    ]
    if problems:
        raise EquivalentsError("\n".join(problems))
    return [Equivalent(Change(e["exercise"], e["before"], e["after"]), e["reason"]) for e in entries]
