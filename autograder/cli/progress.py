"""The bar that shows how far the grading of a class has come."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from autograder.cli.console import err
from autograder.grading.grade import Progress as OnSubmission
from autograder.grading.grade import SubmissionResult


@contextmanager
def grading_progress() -> Iterator[OnSubmission]:
    """Show a bar on stderr, if it is a terminal; yields what to call after each submission."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, disable=not err.is_terminal) as progress:
        bar = progress.add_task("grading", total=None)

        def advance(done: int, total: int, result: SubmissionResult) -> None:
            progress.update(bar, completed=done, total=total, description=result.student)

        yield advance
