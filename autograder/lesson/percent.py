"""Split a file in jupytext's percent format into cells.

jupytext itself takes a second and a half to import, which is too long for a check in a running
notebook. Of its format this reads what lessons are written in; a test compares both on every lesson.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_MARKER = re.compile(r"^# %%(?P<markdown> \[markdown\])?(?P<options>.*)$")


class TextBeforeFirstCell(ValueError):
    """A file does not begin with a cell's marker, or has none."""


@dataclass(frozen=True)
class PercentCell:
    """A cell: its kind, its text without comment signs, its marker's line and what stands on it."""

    kind: Literal["code", "markdown"]
    source: str
    line: int
    options: str


def split_percent(text: str) -> list[PercentCell]:
    """Return the cells of a file.

    Raises:
        TextBeforeFirstCell: if something else stands before the first marker.
    """
    lines = text.split("\n")
    marked = [(number, match) for number, line in enumerate(lines) if (match := _MARKER.match(line))]
    if not marked or any(line.strip() for line in lines[: marked[0][0]]):
        raise TextBeforeFirstCell
    cells = []
    ends = [number for number, _ in marked[1:]] + [len(lines)]
    for (number, match), end in zip(marked, ends, strict=True):
        body = lines[number + 1 : end]
        if match["markdown"]:
            body = [line.removeprefix("#").removeprefix(" ") if line.startswith("#") else line for line in body]
        source = "\n".join(body).strip("\n")
        cells.append(PercentCell("markdown" if match["markdown"] else "code", source, number + 1, match["options"]))
    return cells
