"""``course demo``: a class of its own to try the grading on."""

from __future__ import annotations

import typer


def demo() -> None:
    """Make a class out of real answers and grade it."""
    raise typer.Exit(1)
