"""The bar that shows how far the grading of a class has come, how fast it goes and how long it will take."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from autograder.cli.console import err
from autograder.grading.results import Progress as OnSubmission
from autograder.grading.results import SubmissionResult

_RATE_OVER_SECONDS = 60
"""The rate and the time left follow what happened within this time."""


@contextmanager
def grading_progress() -> Iterator[OnSubmission]:
    """Show a bar on stderr, if it is a terminal; yields what to call after each submission."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _RateColumn(),
        TimeRemainingColumn(compact=True),
    )
    with Progress(
        *columns, console=err, disable=not err.is_terminal, speed_estimate_period=_RATE_OVER_SECONDS
    ) as progress:
        bar = progress.add_task("grading", total=None)

        def advance(done: int, total: int, result: SubmissionResult) -> None:
            progress.update(bar, completed=done, total=total, description=result.student)

        yield advance


class _RateColumn(ProgressColumn):
    """Submissions per minute."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{60 * speed:.0f}/min")
