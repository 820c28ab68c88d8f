"""A crew of warm processes that try answers on all cores.

Each process runs the solved lesson once, up to its last test, and then tries one answer after the other. A process
that hangs or dies over an answer is replaced; the answer has failed.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import resource
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from types import TracebackType

from autograder.answers.rehearsal import Rehearsal, RehearsalError, Verdict, beside_materials
from autograder.lesson import Lesson

_SPAWN = multiprocessing.get_context("spawn")
_SOLVED_CELL_SECONDS = 120.0
"""What one cell of the solved lesson may take: much, because a busy machine is no reason to give up."""
_PATIENCE_SECONDS = 30
"""What a process may take beyond the limits of its cells: code that does not return to Python hears no alarm."""
_MEMORY_FOR_ANSWERS = 6 * 2**30
"""Bytes that a process may map beyond what the solved lesson took."""


@dataclass(frozen=True)
class Attempt:
    """An answer to be tried.

    Attributes:
        exercise: the exercise that it answers.
        source: the answer cell.
        seconds: what one cell may take.
        all_tests: whether the tests of all exercises after it run too, and not only its own.
    """

    exercise: str
    source: str
    seconds: float = 30.0
    all_tests: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of an attempt: the verdict, and the wall time in seconds."""

    verdict: Verdict
    seconds: float


class Crew:
    """Processes that have run a lesson; a context manager, which ends them.

    Args:
        lesson: the lesson.
        size: how many processes.
        needed: the texts of the ordinary cells to run; all of them unless given.
    """

    def __init__(self, lesson: Lesson, size: int, needed: frozenset[str] | None = None):
        self._lesson = lesson
        self._size = size
        self._needed = needed
        self._workers: list[_Worker] = []

    def __enter__(self) -> Crew:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.kill()

    def try_all(self, attempts: Sequence[Attempt], on_step: Callable[[int, int], None] | None = None) -> list[Outcome]:
        """Try every attempt and return what became of each, in their order.

        Args:
            attempts: the answers.
            on_step: told (attempts done, attempts in all) after each.

        Raises:
            RehearsalError: if the solved lesson itself fails.
        """
        outcomes: dict[int, Outcome] = {}
        waiting = deque(range(len(attempts)))
        while len(outcomes) < len(attempts):
            self._fill(len(attempts) - len(outcomes))
            for worker in self._workers:
                if worker.is_idle and waiting:
                    number = waiting.popleft()
                    worker.give(number, attempts[number])
            for worker in self._wait():
                finished = worker.collect()
                if finished is not None:
                    outcomes[finished[0]] = finished[1]
                    if on_step:
                        on_step(len(outcomes), len(attempts))
            self._workers = [worker for worker in self._workers if not worker.is_gone]
        return [outcomes[number] for number in range(len(attempts))]

    def _fill(self, left: int) -> None:
        while len(self._workers) < min(self._size, left):
            self._workers.append(_Worker(self._lesson, self._needed))

    def _wait(self) -> list[_Worker]:
        """Return the workers that have something to say, or have had more than their time."""
        busy = [worker for worker in self._workers if not worker.is_idle]
        first = min(worker.deadline for worker in busy)
        timeout = None if first == float("inf") else max(0.0, first - time.monotonic())
        ready = wait([worker.connection for worker in busy], timeout)
        now = time.monotonic()
        return [worker for worker in busy if worker.connection in ready or worker.deadline <= now]


@dataclass
class _Worker:
    """One process of a crew, as its leader sees it."""

    lesson: Lesson
    needed: frozenset[str] | None
    connection: Connection = field(init=False)
    deadline: float = field(init=False, default=float("inf"))
    is_idle: bool = field(init=False, default=False)
    is_gone: bool = field(init=False, default=False)
    _process: SpawnProcess = field(init=False)
    _task: tuple[int, Attempt] | None = field(init=False, default=None)
    _begun: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        self.connection, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_work, args=(self.lesson, self.needed, theirs), daemon=True)
        self._process.start()
        theirs.close()

    def give(self, number: int, attempt: Attempt) -> None:
        """Let it try an answer."""
        cells = 1 + len(self.lesson.cells if attempt.all_tests else self.lesson.exercise(attempt.exercise).tests)
        self._task, self._begun, self.is_idle = (number, attempt), time.monotonic(), False
        self.deadline = self._begun + attempt.seconds * cells + _PATIENCE_SECONDS
        self.connection.send(attempt)

    def collect(self) -> tuple[int, Outcome] | None:
        """Return its task's number and outcome, or None if it has only become ready."""
        try:
            message = self.connection.recv() if self.connection.poll() else "it did not end in time"
        except (EOFError, ConnectionError):
            self._process.join()
            message = f"its process died (exit code {self._process.exitcode})"
        if isinstance(message, RehearsalError):
            raise message
        if isinstance(message, str):
            self.kill()
            if self._task is None:
                raise RehearsalError(f"{self.lesson.path}: while the solved lesson ran, {message}.")
            number, attempt = self._task
            return number, Outcome(Verdict(((attempt.exercise, message),)), time.monotonic() - self._begun)
        task, self._task = self._task, None
        self.is_idle, self.deadline = True, float("inf")
        return None if task is None else (task[0], message)

    def kill(self) -> None:
        """End it, whatever it does."""
        self.is_gone = True
        self._process.kill()
        self._process.join()
        self.connection.close()


def _work(lesson: Lesson, needed: frozenset[str] | None, connection: Connection) -> None:
    """Run the lesson, say that it has run, then try what comes until the other side hangs up."""
    import matplotlib

    matplotlib.use("agg")
    _silence_libraries()
    with beside_materials(lesson), contextlib.suppress(EOFError, KeyboardInterrupt):
        try:
            rehearsal = Rehearsal(lesson, _SOLVED_CELL_SECONDS, needed)
        except RehearsalError as error:
            connection.send(error)
            return
        _limit_memory()
        connection.send(None)
        while True:
            attempt: Attempt = connection.recv()
            rehearsal.seconds = attempt.seconds
            start = time.monotonic()
            judge = rehearsal.leave_unsolved if attempt.all_tests else rehearsal.try_answer
            verdict = judge(attempt.exercise, attempt.source)
            connection.send(Outcome(verdict, time.monotonic() - start))


def _limit_memory() -> None:
    """Let an allocation without end fail in this process, and not bring down others; only Linux says what is mapped."""
    pages = Path("/proc/self/statm")
    if pages.is_file():
        mapped = int(pages.read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (mapped + _MEMORY_FOR_ANSWERS, resource.RLIM_INFINITY))


def _silence_libraries() -> None:
    """Keep what C libraries print past Python, such as OpenCV's warnings, off the terminal."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
