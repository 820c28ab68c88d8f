"""Tell the learner that a test cell passed: a cell that ends in silence looks as if it had not run.

Loaded by :mod:`autograder.expect`, it follows each cell of a live notebook and, when expectations
were checked in it and none failed, shows how many.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from IPython.core.getipython import get_ipython
from IPython.display import display

_GREEN = '<div role="status" style="color: var(--jp-success-color0, #1b7f37); font-weight: 600">&#10003; {text}</div>'


def passed(checks: int) -> dict[str, str]:
    """Return what is shown below a test that met ``checks`` expectations: MIME type -> content."""
    text = f"{checks} check{'s' if checks != 1 else ''} passed"
    return {"text/plain": f"✓ {text}", "text/html": _GREEN.format(text=text)}


def follow_cells(expectations_made: Callable[[], int]) -> None:
    """After each cell, show how many expectations it met; does nothing outside IPython.

    Args:
        expectations_made: returns how many expectations were made so far in this process.
    """
    shell = get_ipython()
    if shell is None:
        return
    before = 0

    def note_count(_info: Any) -> None:
        nonlocal before
        before = expectations_made()

    def announce(result: Any) -> None:
        met = expectations_made() - before
        if met and result.success:
            display(passed(met), raw=True)

    shell.events.register("pre_run_cell", note_count)
    shell.events.register("post_run_cell", announce)
