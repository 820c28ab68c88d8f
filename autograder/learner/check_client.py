"""Check a saved notebook in another process: warm where that is safe, stopped when it does not end."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection

from autograder.check.report import Report, State
from autograder.learner.check_messages import (
    Asked,
    Checked,
    Done,
    Failed,
    Message,
    NoSuchExercise,
    Remark,
    Request,
    Running,
    Started,
)
from autograder.repository import Repository
from autograder.warm_server import WarmServer, WarmServerError

SERVER = WarmServer("checking", "autograder.learner.check_server")
"""Runs checks for this user: see :mod:`autograder.learner.check_server`."""

SECONDS = 30.0
"""What one cell, or an answer with its tests, may take."""

_SECONDS_TO_PREPARE = 180.0
_SECONDS_BETWEEN_LOOKS = 0.2


class CheckProblem(Exception):
    """Nothing could be checked; the text says why and what to do."""


class UnknownExercise(Exception):
    """The lesson has no exercise of this name.

    Attributes:
        name: the name.
        exercises: the names that it has.
    """

    def __init__(self, name: str, exercises: tuple[str, ...]) -> None:
        super().__init__(name)
        self.name = name
        self.exercises = exercises


class Superseded(Exception):
    """The check was given up, because something newer came."""


@dataclass(frozen=True)
class Outcome:
    """What a check found.

    Attributes:
        reports: one for each exercise that was asked for, in the order of the lesson.
        remarks: what else the learner should know.
    """

    reports: list[Report]
    remarks: list[str]


def check_saved(
    repository: Repository,
    lesson: str,
    notebook: bytes,
    exercises: Sequence[str] = (),
    *,
    seconds: float = SECONDS,
    on_report: Callable[[Report], None] = lambda _report: None,
    is_superseded: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Run the tests of exercises on a notebook as it was saved. Nothing is written into it.

    A cell that does not end within ``seconds``, or that ends the process, is left out, and the rest is checked
    without it.

    Args:
        repository: the checkout.
        lesson: the lesson's name.
        notebook: the content of the notebook's file.
        exercises: names of exercises; all of the lesson if there are none.
        seconds: see above.
        on_report: called with each report as soon as it is there.
        is_superseded: asked several times a second whether the check is to be given up.

    Raises:
        UnknownExercise: if the lesson has no exercise of such a name.
        CheckProblem: if the check cannot be run at all.
        Superseded: if it was given up; the learner's code has been stopped then.
        KeyboardInterrupt: on Ctrl-C; the learner's code has been stopped then.
    """
    run = _Run(seconds, on_report, is_superseded)
    skip: set[Running] = set()
    waiting: tuple[str, ...] = tuple(exercises)
    while True:
        stopped = run.go(Request(repository.root, lesson, waiting, notebook, frozenset(skip), dict(os.environ)))
        if stopped is None:
            break
        skip.add(stopped.cell)
        if not stopped.cell.is_exercise:
            run.remarks.append(f"The cell that begins with `{stopped.cell.name}` was left out: {stopped.why}")
        elif stopped.cell.name in run.waiting:
            name = stopped.cell.name
            run.take(Report(lesson, name, name, State.FAILED, best=run.waiting[name], headline=stopped.why))
        waiting = tuple(run.waiting)
        if not waiting:
            break
    return Outcome(run.reports, list(dict.fromkeys(run.remarks)))


@dataclass(frozen=True)
class _Stopped:
    """The cell that did not come to an end, and why it was stopped."""

    cell: Running
    why: str


class _Run:
    """Talks with the process that checks, as often as it must begin again."""

    def __init__(self, seconds: float, on_report: Callable[[Report], None], is_superseded: Callable[[], bool]) -> None:
        self.reports: list[Report] = []
        self.remarks: list[str] = []
        self.waiting: dict[str, float] = {}
        self._seconds = seconds
        self._on_report = on_report
        self._is_superseded = is_superseded

    def take(self, report: Report) -> None:
        del self.waiting[report.exercise]
        self.reports.append(report)
        self._on_report(report)

    def go(self, request: Request) -> _Stopped | None:
        """Run a check to its end, or to the first cell that does not end."""
        running: Running | None = None
        process: int | None = None
        with _connection(request) as connection:
            limit = _SECONDS_TO_PREPARE
            try:
                while True:
                    message = _receive(connection, limit, self._is_superseded)
                    if isinstance(message, Done):
                        return None
                    if isinstance(message, Running):
                        running, limit = message, self._seconds
                    elif isinstance(message, Started):
                        process = message.process
                    else:
                        self._hear(message)
            except TimeoutError:
                why = (
                    f"It did not end within {self._seconds:g} seconds, so it was stopped. Look for a loop that never "
                    "ends, or for a step that is much slower than it must be."
                )
            except EOFError:
                why = (
                    "It ended Python itself. It may have called `exit`, used up the memory, or crashed a library "
                    "with wrong arguments."
                )
            finally:
                if process is not None:
                    _kill(process)
        if running is None:
            raise CheckProblem(f"The check did not begin. {why} Mend: run it again; {SERVER.log} may say more.")
        return _Stopped(running, why)

    def _hear(self, message: Message) -> None:
        match message:
            case Asked(exercises):
                self.waiting = dict(exercises)
            case Checked(report):
                self.take(report)
            case Remark(text):
                self.remarks.append(text)
            case NoSuchExercise(name, exercises):
                raise UnknownExercise(name, exercises)
            case Failed(text):
                raise CheckProblem(text)


def _receive(connection: Connection, seconds: float, is_superseded: Callable[[], bool]) -> Message:
    end = time.monotonic() + seconds
    while not connection.poll(min(_SECONDS_BETWEEN_LOOKS, max(0.0, end - time.monotonic()))):
        if is_superseded():
            raise Superseded
        if time.monotonic() >= end:
            raise TimeoutError
    try:
        message: Message = connection.recv()
    except ConnectionError:
        raise EOFError from None
    return message


def _kill(process: int) -> None:
    """End the code and the programs that it has started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process, signal.SIGKILL)


@contextlib.contextmanager
def _connection(request: Request) -> Iterator[Connection]:
    """Connect to the warm server and ask; without one, to a process for this check alone."""
    if sys.platform == "linux":
        try:
            connected = SERVER.connect()
        except (OSError, WarmServerError):
            pass  # it only saves time
        else:
            with Connection(connected.detach()) as connection:
                connection.send(request)
                yield connection
            return
    here, there = socket.socketpair()
    with there:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "autograder.learner.check_server", "--once", str(there.fileno())],
            pass_fds=[there.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    try:
        with Connection(here.detach()) as connection:
            connection.send(request)
            yield connection
    finally:
        process.kill()
        process.wait()
