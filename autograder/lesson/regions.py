"""The marked regions of a cell: reference solutions and hidden tests, in nbgrader's own marks."""

from __future__ import annotations

from dataclasses import dataclass

SOLUTION = "SOLUTION"
HIDDEN_TESTS = "HIDDEN TESTS"


class UnpairedMark(ValueError):
    """A BEGIN without its END, or the other way round.

    Attributes:
        offset: index of the offending line in the cell.
    """

    def __init__(self, message: str, offset: int):
        super().__init__(message)
        self.offset = offset


@dataclass(frozen=True)
class Split:
    """A cell's lines inside and outside the regions of one kind, marks left out."""

    inside: tuple[str, ...]
    outside: tuple[str, ...]


def split_regions(source: str, kind: str) -> Split:
    """Separate the lines inside ``### BEGIN kind`` ... ``### END kind`` from the others.

    Raises:
        UnpairedMark: if marks are nested, or one lacks its partner.
    """
    inside: list[str] = []
    outside: list[str] = []
    begun: int | None = None
    for offset, line in enumerate(source.split("\n")):
        if f"BEGIN {kind}" in line:
            if begun is not None:
                raise UnpairedMark(f"a second ### BEGIN {kind} before the ### END {kind} of the first", offset)
            begun = offset
        elif f"END {kind}" in line:
            if begun is None:
                raise UnpairedMark(f"an ### END {kind} without its ### BEGIN {kind}", offset)
            begun = None
        else:
            (inside if begun is not None else outside).append(line)
    if begun is not None:
        raise UnpairedMark(f"a ### BEGIN {kind} without its ### END {kind}", begun)
    return Split(tuple(inside), tuple(outside))


def has_region(source: str, kind: str) -> bool:
    """Return whether a mark of this kind, paired or not, stands in ``source``."""
    return f"BEGIN {kind}" in source or f"END {kind}" in source
