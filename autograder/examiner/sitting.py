"""Examine one submission: its cells run in the student's kernel, the tests here."""

from __future__ import annotations

import concurrent.futures
import copy
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output
from nbgrader.utils import is_grade, is_solution

from autograder.examiner import ANSWER
from autograder.examiner.channel import Channel, Stopped
from autograder.examiner.examination import ExaminationError
from autograder.examiner.session import Session
from autograder.examiner.set_up import ExamCell, SetUp
from autograder.examiner.settings import ExamSettings
from autograder.examiner.test_cell import Failure, run_test
from autograder.expect.freshness import use_run_seed
from autograder.grading.notes import add_note
from autograder.kernel.student_environment import PRELOADED

_SECONDS_TO_STOP = 2.0
"""How long a kernel may take to leave a test before it is replaced."""

_MOST_DEATHS = 20

_LAZY = frozenset({"transformers"})
"""Libraries that load their parts only when they are asked for."""

_EAGER = frozenset(module.split(".")[0] for module in PRELOADED) - _LAZY


class Sitting:
    """One student's notebook under examination; used once, in a process of its own.

    Args:
        set_up: what is known of the assignment.
        states: for each test's grade id, the names that the instructor's cells define by then.
        namespace: the dictionary in which these cells ran; the tests run in it.
        settings: the limits.
    """

    def __init__(
        self, set_up: SetUp, states: Mapping[str, dict[str, Any]], namespace: dict[str, Any], settings: ExamSettings
    ):
        self._set_up = set_up
        self._states = states
        self._namespace = namespace
        self._settings = settings
        self._preload = tuple(name for name in set_up.imports if _is_lazy(name))

    def examine(self, notebook: NotebookNode, files: Path) -> None:
        """Run ``notebook``, which has been made ready by the grading, and write all outputs into it.

        Args:
            notebook: the submission; its test cells say which tests to run by their grade ids, their text
                does not matter.
            files: the folder with what the submission may read.
        """
        use_run_seed(self._settings.run_seed)
        self._notebook = notebook
        self._deadline = time.monotonic() + self._settings.seconds_per_notebook
        self._deaths = 0
        self._is_lost = False
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        self._session = Session(notebook, self._settings, files, self._preload)
        try:
            self._session.start()
            for index, cell in enumerate(notebook.cells):
                if cell.cell_type == "code":
                    self._examine_cell(cell, index)
        finally:
            self._session.close()

    def _examine_cell(self, cell: NotebookNode, index: int) -> None:
        if not self._is_lost and time.monotonic() > self._deadline:
            self._lose(f"The notebook took longer than {self._settings.seconds_per_notebook:g} s")
        if self._is_lost:
            self._fail(cell, "NotRun", "This cell was not run: the notebook had used up what it may use before.")
            return
        self._session.budget.begin_cell()
        if is_grade(cell) and not is_solution(cell):
            test = self._set_up.tests.get(cell.metadata.nbgrader.grade_id)
            if test is None:
                self._fail(cell, "UnknownTest", f"The solved notebook has no test {cell.metadata.nbgrader.grade_id}.")
            else:
                self._test(test, cell, index)
        else:
            self._run(cell, index)
        if self._session.budget.is_cut:
            add_note(self._notebook, f"{self._name(index)} put out more than is kept: the rest was cut.")

    def _run(self, cell: NotebookNode, index: int) -> None:
        """Run one of the student's cells; if that costs the kernel, go on with a fresh one."""
        try:
            self._session.run(cell, index)
        except Exception:  # a dead kernel, or messages that no honest kernel sends
            kind, reason = self._cause_of_death()
            self._fail(cell, kind, reason)
            add_note(self._notebook, f"{self._name(index)}: {reason}")
            self._replace_kernel(index)
        else:
            if index in self._session.timed_out:
                seconds = self._settings.seconds_per_cell
                add_note(self._notebook, f"{self._name(index)} did not finish within {seconds:g} s and was stopped.")
                if not self._session.is_idle:
                    self._replace_kernel(index)

    def _test(self, test: ExamCell, cell: NotebookNode, index: int) -> None:
        """Run one test while the kernel answers."""
        scratch = new_code_cell(ANSWER)
        answering = self._session.begin_answering(scratch, index)
        channel = Channel(
            self._session.manager.call_socket,
            seconds_per_call=self._settings.seconds_per_call,
            namespace=self._namespace,
        )
        outputs: list[NotebookNode] = []
        try:
            failure = self._enter(test, channel)
            if failure is None:
                outputs, failure = run_test(test, self._namespace, self._settings.seconds_per_cell)
        finally:
            self._namespace.clear()
        is_usable = self._stop_answering(channel, answering, must_settle=failure is not None and failure.stops)
        if failure is not None and failure.stops:
            failure = self._explain(failure, index)
        # What the student's code printed is shown, and is never more than text.
        cell.outputs = [
            new_output("stream", name="stdout", text=output.text)
            for output in scratch.outputs
            if output.output_type == "stream"
        ]
        cell.outputs += outputs if failure is None else [failure.as_output()]
        if not is_usable:
            self._replace_kernel(index)

    def _enter(self, test: ExamCell, channel: Channel) -> Failure | None:
        """Put the names that the test may use into the namespace."""
        self._namespace.update(self._states[test.grade_id])
        functions, variables = self._set_up.answered_by_student(test)
        self._namespace.update({name: channel.stand_in(name) for name in functions})
        try:
            self._namespace.update({name: channel.fetch(name) for name in variables})
        except Stopped as stopped:
            return Failure(stopped.kind, str(stopped), (str(stopped),), stops=True)
        except AssertionError as missing:
            return Failure("Mismatch", str(missing), tuple(str(missing).splitlines()), stops=False)
        return None

    def _stop_answering(
        self, channel: Channel, answering: concurrent.futures.Future[NotebookNode], *, must_settle: bool
    ) -> bool:
        """Let the kernel go on to the next cell; return whether it does."""
        try:
            if must_settle:
                self._session.interrupt()
                if not channel.settle(_SECONDS_TO_STOP):
                    return False
            channel.bye()
            answering.result(timeout=_SECONDS_TO_STOP)
        except (Stopped, Exception):
            return False
        return True

    def _explain(self, failure: Failure, index: int) -> Failure:
        """Say why the kernel died, if it did, and take a note."""
        if failure.kind == "KernelDied":
            kind, reason = self._cause_of_death()
            failure = Failure(kind, reason, (reason,), stops=True)
        add_note(self._notebook, f"{self._name(index)} counts as failed: {failure.message}")
        return failure

    def _cause_of_death(self) -> tuple[str, str]:
        kind, reason = self._session.death()
        if kind == "ServerLost":
            raise ExaminationError(f"{reason} Mend: grade again.")
        return kind, reason

    def _replace_kernel(self, index: int) -> None:
        """Start a fresh kernel in the state before cell ``index``: the cells before run again, the tests do not."""
        self._deaths += 1
        if self._deaths > _MOST_DEATHS:
            self._lose("Too many cells ended or blocked the Python process")
            return
        session = self._session
        session.restart()  # a kernel that cannot be started is no fault of the submission's
        session.is_replaying = True
        try:
            for earlier in sorted(session.finished):
                cell = self._notebook.cells[earlier]
                if earlier > index or (is_grade(cell) and not is_solution(cell)):
                    continue
                if time.monotonic() > self._deadline:
                    return
                session.run(copy.deepcopy(cell), earlier)
                if not session.is_idle:
                    self._lose("A cell that had run before blocked the Python process when it was run again")
                    return
        except Exception:  # as in _run
            self._lose("A cell that had run before ended the Python process when it was run again")
        finally:
            session.is_replaying = False

    def _lose(self, reason: str) -> None:
        self._is_lost = True
        add_note(self._notebook, f"{reason}: the cells after that count as failed.")

    def _fail(self, cell: NotebookNode, kind: str, message: str) -> None:
        cell.outputs.append(new_output("error", ename=kind, evalue=message, traceback=[message]))

    def _name(self, index: int) -> str:
        grade_id = self._notebook.cells[index].metadata.get("nbgrader", {}).get("grade_id")
        if grade_id:
            return f"The cell {grade_id}"
        return f"Code cell {1 + sum(cell.cell_type == 'code' for cell in self._notebook.cells[:index])}"


def _is_lazy(name: str) -> bool:
    """Return whether what is imported under ``name`` is not there when the usual libraries are."""
    root = name.replace(":", ".").split(".")[0]
    return root not in sys.stdlib_module_names and root not in _EAGER and name not in _LAZY
