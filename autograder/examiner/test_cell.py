"""Run one test cell in the examiner and say what came of it, as outputs of the cell."""

from __future__ import annotations

import contextlib
import io
import linecache
import signal
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from types import FrameType
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograder.check.cell import explain_error, points_given, run_source
from autograder.examiner.channel import Stopped
from autograder.examiner.set_up import ExamCell
from autograder.expect.expectation import Expectation, Mismatch
from autograder.verdict import passed

_MOST_LETTERS = 20_000


@dataclass(frozen=True)
class Failure:
    """Why a test failed.

    Attributes:
        kind: what nbgrader and the feedback call it: "Mismatch", "TimeLimit", "KernelDied", or the name of
            the exception that the test raised.
        message: what the learner should know; for an error of the test itself, what its author should.
        trace: lines for the instructor.
        stops: whether the student's kernel can no longer be used.
    """

    kind: str
    message: str
    trace: tuple[str, ...]
    stops: bool

    def as_output(self) -> NotebookNode:
        """Return it as an output, which is what makes nbgrader give no points."""
        return new_output("error", ename=self.kind, evalue=self.message, traceback=list(self.trace))


def run_test(test: ExamCell, namespace: dict[str, Any], seconds: float) -> tuple[list[NotebookNode], Failure | None]:
    """Run ``test`` in ``namespace``; must be called in the main thread.

    As nbgrader documents it, a last expression that is a number is the points given; any exception
    means none. Nothing else that happens counts. What nbgrader would take for full points, a list or NaN
    where a number was meant, is a failure here, because the student's code may have made it.

    Args:
        test: the test cell.
        namespace: its globals, in which stand-ins have the names that the student defines.
        seconds: time limit for the whole cell.

    Returns:
        The outputs of a test that was passed, if any, and why it failed, if it did.
    """
    filename = f"<{test.grade_id}>"
    # Tracebacks for the instructor quote the test's lines.
    linecache.cache[filename] = (len(test.source), None, test.source.splitlines(keepends=True), filename)
    before = Expectation.made
    try:
        with _time_limit(seconds), contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            result = run_source(test.source, filename, namespace)
            points = points_given(result, test.points)
    except Stopped as stopped:
        return [], Failure(stopped.kind, str(stopped), (str(stopped),), stops=True)
    except Mismatch as mismatch:
        message = _cut(str(mismatch))
        return [], Failure("Mismatch", message, tuple(message.splitlines()), stops=False)
    except BaseException as error:  # whatever a test raises, SystemExit too, fails it
        if isinstance(error, Exception) and getattr(error, "is_learners", False):
            message = _cut(explain_error(error))
            return [], Failure("Mismatch", message, tuple(message.splitlines()), stops=False)
        lines = _cut("".join(traceback.format_exception(error))).splitlines()
        message = _cut(str(error)) or "A condition of the test does not hold."
        return [], Failure(type(error).__name__, message, tuple(lines), stops=False)
    outputs = []
    met = Expectation.made - before
    if met:
        outputs.append(new_output("display_data", data=passed(met)))
    if points is not None:
        outputs.append(new_output("execute_result", data={"text/plain": repr(points)}))
    return outputs, None


@contextlib.contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise :class:`Stopped` in the main thread after ``seconds``."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise Stopped("TimeLimit", f"The test did not finish within {seconds:g} s and was stopped.")

    former = signal.signal(signal.SIGALRM, stop)
    # Repeated, because an exception in a callback that C code makes is printed and lost.
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, former)


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_LETTERS else text[:_MOST_LETTERS] + "\n... cut ..."
