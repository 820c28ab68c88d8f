"""A process with the libraries of the lessons imported, which runs each check in a fork of itself.

    python -m autograder.learner.check_server SOCKET
    python -m autograder.learner.check_server --once DESCRIPTOR

:mod:`autograder.learner.check_client` is the other side. The second form runs one check in the process itself: a fork
of a process that has torch and OpenCV loaded is not safe on macOS, where their libraries start threads.
"""

from __future__ import annotations

import contextlib
import gc
import os
import re
import selectors
import signal
import socket
import sys
import threading
import traceback
from dataclasses import replace
from functools import lru_cache
from multiprocessing.connection import Connection
from typing import NoReturn

from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from autograder import UNATTENDED, load_ipython_extension
from autograder.check.lesson_tests import LessonTests, find_tests
from autograder.check.report import State
from autograder.check.runner import check_exercise
from autograder.grading.intake import UnreadableSubmission, read_submission
from autograder.kernel.fresh_start import start_afresh
from autograder.kernel.libraries import load_library
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
from autograder.learner.replay import Kind, Script, Step, read_script
from autograder.lesson import SourceError, read_lesson
from autograder.repository import Repository
from autograder.warm_server import IDLE_SECONDS, reap

_SECONDS_TO_ASK = 5
_FILE_OF_CELL = re.compile(r'^File "<ipython-input[^"]*", line (\d+)$', re.MULTILINE)


def main() -> None:
    """Serve until nobody has asked for a while, or run one check."""
    if sys.argv[1] == "--once":
        with Connection(int(sys.argv[2])) as connection:
            request: Request = connection.recv()
            _run(connection, request, _prepare(request))
        return
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(sys.argv[1])
    listener.listen()
    _shell()
    gc.freeze()  # a collection in a fork would copy every page
    signal.signal(signal.SIGCHLD, reap)
    with selectors.DefaultSelector() as selector:
        selector.register(listener, selectors.EVENT_READ)
        while selector.select(IDLE_SECONDS):
            accepted, _ = listener.accept()
            with Connection(accepted.detach()) as connection, contextlib.suppress(EOFError, OSError):
                _serve(connection, listener)


def _serve(connection: Connection, listener: socket.socket) -> None:
    if not connection.poll(_SECONDS_TO_ASK):
        return
    request: Request = connection.recv()
    try:
        prepared = _prepare(request)
    except Exception as error:
        if not isinstance(error, SourceError):
            traceback.print_exc()
        connection.send(Failed(str(error)))
        return
    if os.fork() == 0:
        listener.close()
        _run_and_exit(connection, request, prepared)


_Prepared = tuple[Script, LessonTests]


def _prepare(request: Request) -> _Prepared:
    """Read the lesson and import what it imports: here, so that it is there for the next check too."""
    repository = Repository(request.root)
    state = (repository.course / request.lesson / "lesson.py").stat()
    prepared = _read(repository, request.lesson, state.st_mtime_ns, state.st_size)
    for name in prepared[0].imports:
        with contextlib.suppress(Exception):  # the cell that imports it will say so
            load_library(name)
    gc.freeze()
    return prepared


@lru_cache(maxsize=64)
def _read(repository: Repository, name: str, _modified: int, _size: int) -> _Prepared:
    lesson = read_lesson(repository.course, name)
    return read_script(repository, lesson), find_tests(name, repository.course, None)


def _run_and_exit(connection: Connection, request: Request, prepared: _Prepared) -> NoReturn:
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        _run(connection, request, prepared)
    except BaseException:
        traceback.print_exc()
        with contextlib.suppress(OSError):
            connection.send(Failed(f"The check itself failed:\n{traceback.format_exc()}"))
    finally:
        os._exit(0)


def _run(connection: Connection, request: Request, prepared: _Prepared) -> None:
    """Run the learner's cells and the tests, in a process that does nothing else."""
    with contextlib.suppress(PermissionError):  # it leads a process group already
        os.setsid()
    connection.send(Started(os.getpid()))
    threading.Thread(target=_end_with, args=(connection,), daemon=True).start()
    _silence()
    start_afresh({**request.environment, "MPLBACKEND": "agg", UNATTENDED: "1"})
    os.chdir(Repository(request.root).exercise_notebook(request.lesson).parent)
    sys.path.insert(0, "")
    load_ipython_extension(_shell())  # a %check in a cell of the learner's must not check again
    script, tests = prepared
    names = tuple(exercise.name for exercise in tests.exercises)
    unknown = [name for name in request.exercises if name not in names]
    if unknown:
        connection.send(NoSuchExercise(unknown[0], names))
        return
    try:
        notebook, _notes = read_submission(request.notebook)
    except UnreadableSubmission as error:
        connection.send(
            Failed(
                f"{error.reason} Mend: undo your last change in the editor, and save. If that does not help, `course "
                f"reset {request.lesson}` writes a new notebook and keeps this one beside it."
            )
        )
        return
    asked = tuple(name for name in names if name in (request.exercises or names))
    connection.send(Asked({name: tests.exercise(name).points for name in asked}))
    _Check(connection, request, tests).run(script.steps(notebook), asked)
    connection.send(Done())
    connection.poll(None)  # the other side hangs up when it has heard everything


def _silence() -> None:
    """Let what the learner's code prints go nowhere: tests keep what matters of it."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _end_with(connection: Connection) -> None:
    """End when the other side does: nobody would stop an endless loop."""
    with contextlib.suppress(EOFError, OSError):
        connection.recv()
    os._exit(1)


def _shell() -> InteractiveShell:
    """Return the shell of this process: made before a fork, it need not be made in it."""
    return InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))


class _Check:
    """Runs steps in order in one shell, and the tests of an exercise right after its answer."""

    def __init__(self, connection: Connection, request: Request, tests: LessonTests) -> None:
        self._say = connection.send
        self._request = request
        self._tests = tests
        self._shell = _shell()

    def run(self, steps: list[Step], asked: tuple[str, ...]) -> None:
        """Say what came of each exercise that was asked for."""
        waiting = set(asked)
        for step in steps:
            if not waiting:
                return
            is_answer = step.kind is Kind.ANSWER
            running = Running(step.name, is_answer)
            if running in self._request.skip:
                continue
            self._tell(running)
            error = self._execute(step.source)
            if is_answer and step.name in waiting:
                waiting.discard(step.name)
                self._check(step.name, error, is_missing=step.is_missing)
            elif error and step.kind is Kind.OWN:
                self._tell(Remark(f"Your own cell that begins with `{step.name}` stopped: {error}"))
            elif error and step.kind is Kind.GIVEN:
                self._tell(Remark(f"The lesson's cell that begins with `{step.name}` stopped: {error}"))
        for exercise in asked:  # written answers have no code
            if exercise in waiting:
                self._check(exercise, "")

    def _check(self, exercise: str, error: str, *, is_missing: bool = False) -> None:
        """Say what came of an exercise, in words for whoever has the notebook in a file, not before their eyes."""
        report = check_exercise(self._tests, exercise, self._shell.user_ns)
        if is_missing and not report.passed:
            mend = f"Mend: `course reset {report.lesson} {exercise}` puts it back."
            report = replace(report, state=State.NOT_RUN, headline=f"Its cell is not in your notebook. {mend}")
        elif error and not report.passed:
            report = replace(
                report,
                state=State.FAILED,
                points=0.0,
                headline="Your answer cell stops with an error, so its tests cannot run.",
                fields=(("got", error),),
            )
        elif report.state is State.UNSOLVED:
            report = replace(report, headline="Write its body in the notebook, and save.")
        elif report.state is State.NOT_RUN and exercise not in self._shell.user_ns:
            headline = f"Its cell defines no `{exercise}`. Mend: give the function that name."
            report = replace(report, headline=headline)
        self._tell(Checked(report))

    def _execute(self, source: str) -> str:
        """Run a cell as a notebook would; return what stopped it, "" if nothing did."""
        result = self._shell.run_cell(source, store_history=False, silent=True)
        error = result.error_before_exec or result.error_in_exec
        if error is None:
            return ""
        place = _line_of(error, self._shell)
        text = "".join(traceback.format_exception_only(error)).strip()
        return _FILE_OF_CELL.sub(r"line \1 of the cell:", text) + place

    def _tell(self, message: Message) -> None:
        self._say(message)


def _line_of(error: BaseException, shell: InteractiveShell) -> str:
    """Return ", in line N of the cell" for an error that came from the cell's own text."""
    lines = [
        frame.lineno
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename in getattr(shell.compile, "_filename_map", {})
    ]
    return f"\n(line {lines[-1]} of the cell)" if lines else ""


if __name__ == "__main__":
    main()
