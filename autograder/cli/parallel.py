"""Do one piece of work per lesson, on all cores, with a bar for each."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from queue import Empty, Queue
from typing import Any, TypeVar

from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from autograder.cli.console import err

Result = TypeVar("Result")
OnStep = Callable[[int, int], None]


def per_lesson(
    names: list[str], work: Callable[[str, OnStep], Result], unit: str
) -> Iterator[tuple[str, Future[Result]]]:
    """Yield (name, finished future) in the order of ``names``, showing progress on stderr.

    Args:
        names: the lessons.
        work: a picklable callable that takes a name and a callback for (steps done, steps in all).
        unit: what a step is, in the plural, for the bar.
    """
    if not names:
        return
    spawn = multiprocessing.get_context("spawn")
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:.0f}/{task.total:.0f} " + unit),
        TimeElapsedColumn(),
    )
    with (
        spawn.Manager() as manager,
        ProcessPoolExecutor(min(os.cpu_count() or 1, max(len(names), 1)), mp_context=spawn) as pool,
        Progress(*columns, console=err, disable=not err.is_terminal) as progress,
    ):
        steps = manager.Queue()
        bars = {name: progress.add_task(name, total=1, start=False) for name in names}
        futures = {name: pool.submit(_reporting, work, name, steps) for name in names}
        while not all(future.done() for future in futures.values()):
            _advance(progress, bars, steps, wait=0.2)
        _advance(progress, bars, steps, wait=0)
        yield from futures.items()


def _reporting(work: Callable[[str, OnStep], Result], name: str, steps: Queue[Any]) -> Result:
    return work(name, lambda done, total: steps.put((name, done, total)))


def _advance(progress: Progress, bars: dict[str, TaskID], steps: Queue[Any], wait: float) -> None:
    try:
        while True:
            name, done, total = steps.get(timeout=wait) if wait else steps.get_nowait()
            progress.start_task(bars[name])
            progress.update(bars[name], completed=done, total=total)
    except Empty:
        return
