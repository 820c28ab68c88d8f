"""Try answers quickly: the solved lesson runs once in this process, then each answer in its place.

Every answer starts from a copy of the names that the lesson had before the exercise, so answers
do not see one another. It is judged by the very function behind ``%check``. Cells run through
``exec``, without a kernel: a lesson whose cells need IPython's own syntax cannot be rehearsed.
"""

from __future__ import annotations

import contextlib
import io
import linecache
import os
import shutil
import signal
import tempfile
import traceback
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from autograder.check.lesson_tests import LessonTests, all_tests_of
from autograder.check.report import as_text
from autograder.check.runner import check_exercise
from autograder.lesson import Cell, Lesson, Role


class RehearsalError(Exception):
    """The solved lesson itself fails, so no answer can be judged."""


@dataclass(frozen=True)
class Verdict:
    """What an answer got: for each failed test cell of the lesson, its exercise and the message."""

    failures: tuple[tuple[str, str], ...] = ()

    @property
    def passed(self) -> bool:
        """Whether every test passed."""
        return not self.failures

    @property
    def text(self) -> str:
        """All messages, as the learner sees them one below the other."""
        return "\n".join(message for _exercise, message in self.failures)


@dataclass
class Rehearsal:
    """A lesson that has run with the reference solutions.

    Attributes:
        lesson: the lesson.
        seconds: what one cell may take.
        needed: the texts of the ordinary cells that run, because they define something for a test or an answer; the
            others are left out, because no test can tell. All run if it is None.
    """

    lesson: Lesson
    seconds: float = 30.0
    needed: Collection[str] | None = None
    _before: dict[str, dict[str, Any]] = field(default_factory=dict)
    _tests: LessonTests = field(init=False)

    def __post_init__(self) -> None:
        self._tests = all_tests_of(self.lesson)
        names: dict[str, Any] = {"__name__": "__main__", "display": lambda *_objects, **_options: None}
        last_test = max((test.line for exercise in self.lesson.exercises for test in exercise.tests), default=0)
        for cell in self._code_cells():
            if cell.line > last_test:  # no answer's tests need what comes then
                break
            if cell.role is Role.EXERCISE:
                self._before[cell.exercise] = dict(names)
            error = self._run(cell.source, names, f"line {cell.line}")
            if error:
                raise RehearsalError(f"{self.lesson.path}:{cell.line}: the solved lesson fails here: {error}")

    def try_answer(self, exercise: str, source: str) -> Verdict:
        """Put ``source`` in the place of the exercise and check it, as `%check` below its last test would."""
        names, answer = dict(self._before[exercise]), self.lesson.exercise(exercise)
        last = max(test.line for test in answer.tests)
        broken = self._run(source, names, "your answer")
        for cell in self._code_cells():
            if answer.answer.line < cell.line < last and cell.role is not Role.TEST:
                self._run(cell.source, names, f"line {cell.line}")
        report = check_exercise(self._tests, exercise, names, around_test=lambda: _limit(self.seconds))
        if report.passed:
            return Verdict()
        return Verdict(((exercise, "\n".join(filter(None, (broken, as_text(report))))),))

    def leave_unsolved(self, exercise: str, stub: str) -> Verdict:
        """Put the released stub in the place of the exercise and run all tests after it."""
        names, answer = dict(self._before[exercise]), self.lesson.exercise(exercise).answer
        failures = []
        self._run(stub, names, "your answer")
        for cell in self._code_cells():
            if cell.line <= answer.line:
                continue
            error = self._run(cell.source, names, f"line {cell.line}")
            if error and cell.role is Role.TEST:
                failures.append((cell.exercise, error))
        return Verdict(tuple(failures))

    def _code_cells(self) -> Iterator[Cell]:
        for cell in self.lesson.cells:
            is_left_out = cell.role is Role.PLAIN and self.needed is not None and cell.source not in self.needed
            if cell.kind == "code" and not is_left_out:
                yield cell

    def _run(self, source: str, names: dict[str, Any], place: str) -> str:
        """Run one cell; return "" or the error's text."""
        filename = f"<cell {place}>"
        linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
        try:
            code: CodeType = compile(source, filename, "exec")
            with (
                contextlib.redirect_stdout(io.StringIO()),
                contextlib.redirect_stderr(io.StringIO()),
                _limit(self.seconds),
            ):
                exec(code, names)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # an answer may also call sys.exit
            return "".join(traceback.format_exception_only(error)).strip()
        return ""


@contextlib.contextmanager
def _limit(seconds: float) -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"took longer than {seconds:g} s")

    previous = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


@contextlib.contextmanager
def beside_materials(lesson: Lesson) -> Iterator[None]:
    """Work in a temporary folder that holds a copy of the lesson's materials, as a notebook would."""
    home = os.getcwd()
    with tempfile.TemporaryDirectory(prefix="course-rehearsal-") as folder:
        for material in lesson.materials:
            if material.is_dir():
                shutil.copytree(material, Path(folder, material.name))
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(home)
