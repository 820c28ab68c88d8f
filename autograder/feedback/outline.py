"""What a lesson asks for, read from its source notebook, never from a student's."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

_HEADING = re.compile(r"(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
_FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)


@dataclass
class Exercise:
    """One exercise: the cell that the student fills in, and the cells that are graded.

    Attributes:
        number: counted from 1 through the notebook.
        title: its heading, without "Exercise:".
        section: the nearest heading of the second level above it; "" if there is none.
        answer: grade id of the cell that the student fills in; None if only tests were found.
        graded: grade ids of the cells that carry points, in their order; of a written answer, its own.
    """

    number: int
    title: str
    section: str
    answer: str | None
    graded: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Outline:
    """A lesson as its source notebook has it.

    Attributes:
        title: the lesson's top heading; "" if it has none.
        exercises: in the order of the notebook.
        texts: the sources of all cells that are not an exercise's: what the students were given.
        language: the notebook's ``language_info``.
    """

    title: str
    exercises: tuple[Exercise, ...]
    texts: frozenset[str]
    language: Mapping[str, Any]


def outline_of(path: Path) -> Outline:
    """Read the outline of the source notebook in ``path``; an unchanged file is not read again.

    Raises:
        FileNotFoundError: if the notebook is missing.
    """
    try:
        state = path.stat()
    except FileNotFoundError:
        raise FileNotFoundError(f"{path} is missing: exercises are named by it. Mend: build the lesson.") from None
    return _outline_of(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=16)
def _outline_of(path: Path, _modified: int, _size: int) -> Outline:
    return read_outline(json.loads(path.read_bytes()))


def read_outline(notebook: Mapping[str, Any]) -> Outline:
    """Read the outline of a source or released notebook, given as the content of its file.

    An exercise begins with a cell that nbgrader calls a solution or a task; the tests after it belong to it.
    """
    lesson = section = title = ""
    exercises: list[Exercise] = []
    texts: set[str] = set()
    for cell in notebook["cells"]:
        source = source_of(cell)
        marks = cell["metadata"].get("nbgrader", {})
        if not marks:
            texts.add(source)
            if cell["cell_type"] == "markdown":
                for level, heading in _headings(source):
                    if level == 1:
                        lesson = lesson or heading
                    elif level == 2:
                        section, title = heading, ""
                    elif level == 3:
                        title = heading
            continue
        is_answer = bool(marks.get("solution") or marks.get("task"))
        is_graded = bool(marks.get("grade") or marks.get("task"))
        if not is_answer and not is_graded:
            texts.add(source)
            continue
        if is_answer or not exercises:
            name = title.removeprefix("Exercise:").strip() or marks["grade_id"]
            answer = marks["grade_id"] if is_answer else None
            exercises.append(Exercise(len(exercises) + 1, name, section, answer))
            title = ""
        if is_graded:
            exercises[-1].graded.append(marks["grade_id"])
    language = notebook.get("metadata", {}).get("language_info", {"name": "python"})
    return Outline(lesson, tuple(exercises), frozenset(texts), language)


def source_of(cell: Mapping[str, Any]) -> str:
    """Return the text of a cell, which a notebook file may hold as a list of lines."""
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def _headings(markdown: str) -> list[tuple[int, str]]:
    found = _HEADING.findall(_FENCED.sub("", markdown))
    return [(len(signs), text.replace("`", "").replace("**", "")) for signs, text in found]
