"""``course watch``: check again whenever the notebook is saved."""

from __future__ import annotations

import queue
import signal
import sys
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer
from rich.rule import Rule

from autograder.cli.check import keep
from autograder.cli.choice import chosen_lesson, opened_lesson
from autograder.cli.console import Exit, err, fail, open_repository, out
from autograder.cli.hint import print_hint
from autograder.repository import Repository

if TYPE_CHECKING:
    from autograder.check.report import Report
    from autograder.lesson import Lesson

_BAR = 24
_KEYS = "h hint · n next exercise · q quit"


def watch(
    lesson: Annotated[
        str | None, typer.Argument(help="The lesson, or the beginning of its name; the one to go on with unless named.")
    ] = None,
) -> None:
    """Check the first open exercise of a lesson each time you save its notebook, and go on when it passes.

    Keep JupyterLab beside it: write, save with Ctrl+S, look here. Press h for a hint, n for the next exercise, q to
    quit; without a terminal, type the letter and Enter.

    Examples:

        course watch

        course watch b2_sobel_edges

    Ends with 0 when you quit or every exercise passes, with 2 if a name is wrong, with 130 on Ctrl-C.
    """
    from autograder.cli.keys import key_presses
    from autograder.learner.saves import Saves

    repository, curriculum = open_repository()
    source = opened_lesson(repository, chosen_lesson(repository, curriculum, lesson))
    path = repository.exercise_notebook(source.name)
    if not path.parent.is_dir():
        fail(f"{path.parent} is missing. Mend: `course reset {source.name}` writes it anew.")
    happened: queue.SimpleQueue[bytes | str] = queue.SimpleQueue()
    saves = Saves(path, happened.put)
    signal.signal(signal.SIGTERM, _end)
    try:
        with key_presses(happened.put):
            _Watch(repository, source, happened).run(saves.start())
    except KeyboardInterrupt:
        fail("Stopped. Your notebook is as you saved it.", Exit.STOPPED)
    finally:
        saves.stop()


def _end(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(Exit.STOPPED)  # by way of every finally: the terminal is put back in order


class _Watch:
    """What is shown, and which exercise it is about."""

    def __init__(self, repository: Repository, lesson: Lesson, happened: queue.SimpleQueue[bytes | str]):
        self._repository = repository
        self._lesson = lesson
        self._happened = happened
        self._names = [exercise.name for exercise in lesson.exercises if not exercise.is_written]
        self._passed: set[str] = set()
        self._current = self._names[0] if self._names else ""
        self._data: bytes | None = None
        self._checked: dict[str, str] = {}

    def run(self, data: bytes | None) -> None:
        """Show the first open exercise, then follow saves and keys until the learner quits or is through."""
        if data is None:
            out.print("The notebook is missing or half written: waiting until it is saved.")
        else:
            self._take(data)
        while not self._is_done():
            event = self._next_event()
            if isinstance(event, bytes):
                self._take(event)
            elif event == "q":
                return
            elif event == "h":
                print_hint(self._lesson, self._current)
            elif event == "n":
                self._skip()

    def _next_event(self) -> bytes | str:
        """Wait for the next event; of several saves that came during a check only the last one counts."""
        event = self._wait()
        while isinstance(event, bytes) and not self._happened.empty():
            later = self._happened.get()
            if isinstance(later, str):
                self._happened.put(later)
                break
            event = later
        return event

    def _wait(self) -> bytes | str:
        while True:  # with a time limit, because a wait without one keeps Ctrl-C waiting on some systems
            try:
                return self._happened.get(timeout=0.5)
            except queue.Empty:
                continue

    def _take(self, data: bytes) -> None:
        """Check what the save has changed: the exercise at hand first, and the others whose answers are new."""
        from autograder.learner.saves import answers_in

        is_first = self._data is None
        self._data = data
        answers = answers_in(data)
        new = [name for name in self._names if answers.get(name) != self._checked.get(name, self)]
        self._checked = answers
        todo = self._names if is_first else list(dict.fromkeys([self._current, *new]))
        reports = self._check(todo)
        keep(self._news(reports) if is_first else [report for report in reports if report.exercise in new])
        self._show_from(reports)

    def _news(self, reports: list[Report]) -> list[Report]:
        """Of the reports at the start, return the passes that the progress does not have: nobody tried just now."""
        from autograder.progress.record import ProgressUnavailable, progress_of

        try:
            known = progress_of(self._lesson.name)
        except ProgressUnavailable:
            known = {}
        return [r for r in reports if r.passed and not (r.exercise in known and known[r.exercise].passed)]

    def _skip(self) -> None:
        open_ones = [name for name in self._names if name not in self._passed]
        if self._data is None or not open_ones:
            return
        after = [name for name in open_ones if self._names.index(name) > self._names.index(self._current)]
        self._current = (after or open_ones)[0]
        self._show_from(self._check([self._current]))

    def _check(self, names: list[str]) -> list[Report]:
        from autograder.learner.check_client import CheckProblem, check_saved

        assert self._data is not None
        try:
            with err.status("Checking ..."):
                outcome = check_saved(self._repository, self._lesson.name, self._data, names)
        except CheckProblem as problem:
            err.print(str(problem), markup=False)
            return []
        for report in outcome.reports:
            (self._passed.add if report.passed else self._passed.discard)(report.exercise)
        for remark in outcome.remarks:
            out.print(remark, markup=False)
        return outcome.reports

    def _show_from(self, reports: list[Report]) -> None:
        """Show the report of the exercise at hand; if it passes, go on to the first open one."""
        from autograder.check.report import as_text

        by_name = {report.exercise: report for report in reports}
        if out.is_terminal:
            out.clear()
        if self._current in self._passed:
            passed = by_name.get(self._current)
            if passed and len(reports) < len(self._names):
                out.print(as_text(passed), markup=False)
            if self._is_done():
                self._show_end()
                return
            self._current = next(name for name in self._names if name not in self._passed)
            if self._current not in by_name:
                by_name |= {report.exercise: report for report in self._check([self._current])}
        out.print(Rule(self._standing(), align="left") if out.is_terminal else self._standing())
        if self._current in by_name:
            out.print(as_text(by_name[self._current]), markup=False)
        out.print(f"\n{_KEYS}", style="dim")

    def _standing(self) -> str:
        done, total = len(self._passed), len(self._names)
        filled = _BAR * done // total
        return f"{self._lesson.name}  {'█' * filled}{'░' * (_BAR - filled)}  {done} of {total} exercises pass"

    def _show_end(self) -> None:
        out.print(self._standing())
        written = [exercise.name for exercise in self._lesson.exercises if exercise.is_written]
        if written:
            out.print(f"Now write the answers in words, and compare them with the model: {', '.join(written)}.")
        out.print("What next? course next")

    def _is_done(self) -> bool:
        return len(self._passed) == len(self._names)
