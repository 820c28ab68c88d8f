"""``course watch``: check again whenever the notebook is saved."""

from __future__ import annotations

import contextlib
import signal
import sys
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer
from rich.rule import Rule

from autograder.cli.check import keep, print_report
from autograder.cli.choice import chosen_lesson, opened_lesson
from autograder.cli.console import Exit, err, fail, open_repository, out
from autograder.cli.events import Events, Key, Save, Trouble
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

    Keep JupyterLab or any editor beside it: write, save, look here. Press h for a hint, n for the next exercise, q to
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
    events = Events()
    saves = Saves(path, lambda data: events.put(Save(data)), lambda reason: events.put(Trouble(reason)))
    signal.signal(signal.SIGTERM, _end)
    try:
        with key_presses(lambda key: events.put(Key(key))):
            _Watch(repository, source, events).run(saves.start())
    except KeyboardInterrupt:
        fail("Stopped. Your notebook is as you saved it.", Exit.STOPPED)
    finally:
        saves.stop()


def _end(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(Exit.STOPPED)  # by way of every finally: the terminal is put back in order


class _Watch:
    """What is shown, and which exercise it is about."""

    def __init__(self, repository: Repository, lesson: Lesson, events: Events):
        self._repository = repository
        self._lesson = lesson
        self._events = events
        self._names = [exercise.name for exercise in lesson.exercises if not exercise.is_written]
        self._passed: set[str] = set()
        self._current = self._names[0] if self._names else ""
        self._data: bytes | None = None
        self._checked: dict[str, str] = {}
        self._remarks: list[str] = []

    def run(self, data: bytes | None) -> None:
        """Show the first open exercise, then follow saves and keys until the learner quits or is through."""
        if data is None:
            out.print("The notebook is missing or half written: waiting until it is saved.")
        else:
            self._take(data)
        while not self._is_done():
            match self._events.get():
                case Save(saved):
                    self._take(saved)
                case Trouble(reason):
                    self._show_trouble(reason)
                case Key("q"):
                    return
                case Key("h"):
                    print_hint(self._lesson, self._current, "The next one: press h again.")
                case Key("n"):
                    self._skip()

    def _take(self, data: bytes) -> None:
        """Check what the save has changed: the exercise at hand first, and the others whose answers are new."""
        from autograder.learner.check_client import Superseded
        from autograder.learner.saves import answers_in

        is_first = self._data is None
        self._data = data
        answers = answers_in(data)
        new = [name for name in self._names if answers.get(name) != self._checked.get(name, self)]
        todo = self._names if is_first else list(dict.fromkeys([self._current, *new]))
        try:
            reports = self._check(todo)
        except Superseded:
            self._data = None if is_first else data
            return  # what came shows itself
        self._checked = answers
        news = self._news(reports) if is_first else [report for report in reports if report.exercise in new]
        trouble = keep(news)
        if trouble:
            self._remarks.append(trouble)
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
        from autograder.learner.check_client import Superseded

        open_ones = [name for name in self._names if name not in self._passed]
        if self._data is None or not open_ones:
            return
        after = [name for name in open_ones if self._names.index(name) > self._names.index(self._current)]
        self._current = (after or open_ones)[0]
        with contextlib.suppress(Superseded):
            self._show_from(self._check([self._current]))

    def _show_trouble(self, reason: str) -> None:
        if out.is_terminal:
            out.clear()
        out.print(reason, markup=False)
        out.print(
            "Nothing is checked until it is whole. Mend: undo your last change, and save. If that does not help, "
            f"`course reset {self._lesson.name}` writes a new notebook and keeps this one beside it.",
            markup=False,
        )
        out.print(f"\n{_KEYS}", style="dim")

    def _check(self, names: list[str]) -> list[Report]:
        from autograder.learner.check_client import CheckProblem, check_saved

        assert self._data is not None
        try:
            with err.status("Checking ..."):
                outcome = check_saved(
                    self._repository, self._lesson.name, self._data, names, is_superseded=self._events.end_a_check
                )
        except CheckProblem as problem:
            self._remarks.append(str(problem))
            return []
        for report in outcome.reports:
            (self._passed.add if report.passed else self._passed.discard)(report.exercise)
        self._remarks += outcome.remarks
        return outcome.reports

    def _show_from(self, reports: list[Report]) -> None:
        """Show the report of the exercise at hand; if it passes, go on to the first open one."""
        from autograder.learner.check_client import Superseded

        by_name = {report.exercise: report for report in reports}
        if out.is_terminal:
            out.clear()
        if self._current in self._passed:
            passed = by_name.get(self._current)
            if passed and len(reports) < len(self._names):
                print_report(passed)
            if self._is_done():
                self._show_end()
                return
            self._current = next(name for name in self._names if name not in self._passed)
            if self._current not in by_name:
                with contextlib.suppress(Superseded):  # the next event shows it
                    by_name |= {report.exercise: report for report in self._check([self._current])}
        out.print(Rule(self._standing(), align="left") if out.is_terminal else self._standing())
        if self._current in by_name:
            print_report(by_name[self._current])
        for remark in dict.fromkeys(self._remarks):
            out.print(f"\n{remark}", markup=False)
        self._remarks.clear()
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
