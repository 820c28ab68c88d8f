"""Where in the learner's own cells an error came up."""

from __future__ import annotations

import linecache
from typing import NamedTuple


class Place(NamedTuple):
    """A line of a learner's cell.

    Attributes:
        function: the name of the function, ``"<module>"`` outside of one.
        line: counted from 1 in its cell.
        source: what the line says, without the spaces around it.
    """

    function: str
    line: int
    source: str

    def __str__(self) -> str:
        return f"in {self.function}, line {self.line}: {self.source}"


def place_in_cell(error: BaseException) -> Place | None:
    """Return the innermost line of a notebook's cells that led to ``error``, if there is one."""
    place = None
    trace = error.__traceback__
    while trace is not None:
        code, line = trace.tb_frame.f_code, trace.tb_lineno
        if "ipykernel_" in code.co_filename or code.co_filename.startswith(("<cell", "<ipython-input")):
            place = Place(code.co_name, line, linecache.getline(code.co_filename, line).strip())
        trace = trace.tb_next
    return place
