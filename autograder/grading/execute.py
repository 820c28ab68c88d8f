"""Run a submission so that whatever it does costs only its own cells."""

from __future__ import annotations

import copy
import subprocess
from typing import Any

from jupyter_core.utils import ensure_async, run_sync
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import Execute
from nbgrader.utils import is_grade
from traitlets import Integer

from autograder.grading.notes import add_note
from autograder.grading.output import OutputBudget, size_of


class ExecuteSubmission(Execute):
    """nbgrader's Execute, proof against hangs, dead kernels and floods of output.

    - A cell that takes too long is interrupted; if it goes on all the same, its kernel is killed.
    - A killed or dead kernel is replaced by a fresh one, in which the cells before are run again
      (not the tests), so that the other exercises are still graded.
    - A test that did not run to its end always carries an error, so it is never taken as passed.
    - Output is cut while it arrives, so 30 MB of it neither fill the memory nor the gradebook.

    Each of these is noted in the notebook, naming the cell.
    """

    max_text = Integer(100_000, help="bytes of printed text and error messages kept per cell").tag(config=True)
    max_rich = Integer(4_000_000, help="bytes of figures and other rich output kept per cell").tag(config=True)
    max_total = Integer(16_000_000, help="bytes of output kept per notebook").tag(config=True)
    max_replacements = Integer(3, help="how many kernels that died or had to be killed are replaced").tag(config=True)

    def __init__(self, **kwargs: Any):
        # Execute.__init__ names a kernel manager itself, so that the configured one would be ignored.
        super(Execute, self).__init__(**kwargs)

    def start_new_kernel(self, **kwargs: Any) -> None:
        """Start a kernel whose libraries cannot write to the grader's terminal behind Jupyter's back."""
        super().start_new_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **kwargs)

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, km: Any = None
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Run all code cells of ``nb`` in place."""
        self._budget = OutputBudget(self.max_text, self.max_rich, self.max_total)
        self._finished: set[int] = set()  # cells that the kernel answered, with an error or without
        self._timed_out: set[int] = set()
        self._replacements = 0
        self._is_lost = False  # no kernel is left to run the remaining cells
        self._is_replaying = False
        nb, resources = super().preprocess(nb, resources, km)
        for index, cell in enumerate(nb.cells):
            if cell.cell_type == "code" and is_grade(cell) and index not in self._finished and not _has_error(cell):
                self._fail(index, "NotRun", "This test was not run.")
        return nb, resources

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Run one cell; if that costs the kernel, go on with a fresh one."""
        if cell.cell_type != "code":
            return cell, resources
        if self._is_lost:
            self._fail(
                index, "NotRun", "This cell was not run: the cells before it ended every kernel that was started."
            )
            return cell, resources
        self._budget.begin_cell()
        self._is_idle = False
        try:
            cell, resources = super().preprocess_cell(cell, resources, index)
        except DeadKernelError:
            self._fail(index, "KernelDied", "The Python process ended while it ran this cell.")
            add_note(self.nb, f"{self._name(index)} ended the Python process: it counts as failed.")
            self._replace_kernel(index)
        except CellTimeoutError as error:  # only if the course's settings for timeouts were changed
            self._fail(index, "CellTimeoutError", str(error))
            self._replace_kernel(index)
        else:
            if index in self._timed_out and not self._is_idle:
                self._replace_kernel(index)
        if self._budget.is_cut:
            add_note(self.nb, f"{self._name(index)} put out more than is kept: the rest was cut.")
        return cell, resources

    def on_cell_executed(self, **kwargs: Any) -> None:
        """Take down how the kernel answered; called by nbclient after each cell."""
        if self._is_replaying:
            return
        index, reply = kwargs["cell_index"], kwargs["execute_reply"]["content"]
        super().on_cell_executed(**kwargs)
        if reply["status"] == "error" and reply.get("ename") == self.error_on_timeout.get("ename"):
            self._timed_out.add(index)
            add_note(
                self.nb,
                f"{self._name(index)} did not finish within {self.timeout} s and was stopped: it counts as failed.",
            )
        elif reply["status"] in ("ok", "error"):
            self._finished.add(index)

    def process_message(self, msg: dict[str, Any], cell: NotebookNode, cell_index: int) -> NotebookNode | None:
        """Watch the messages of a cell pass: whether it has come to its end, how large they are."""
        if msg["msg_type"] == "status" and msg["content"]["execution_state"] == "idle":
            self._is_idle = True
        elif msg["msg_type"] == "update_display_data" and size_of(msg["content"]["data"]) > self.max_rich:
            return None  # smaller updates cost nothing: they replace an output that has been admitted
        return super().process_message(msg, cell, cell_index)

    def output(
        self, outs: list[NotebookNode], msg: dict[str, Any], display_id: str | None, cell_index: int
    ) -> NotebookNode | None:
        """Keep one output, or what may be kept of it."""
        if self._is_replaying or not self._budget.admit(msg["msg_type"], msg["content"]):
            return None
        return super().output(outs, msg, display_id, cell_index)

    def _replace_kernel(self, index: int) -> None:
        """Start a fresh kernel in the state before cell ``index``."""
        self._replacements += 1
        if self._replacements > self.max_replacements:
            self._lose()
            return
        run_sync(self._restart)()
        self.start_new_kernel_client()
        self._is_replaying = True
        try:
            for earlier in sorted(self._finished):
                cell = self.nb.cells[earlier]
                if earlier < index and not is_grade(cell):
                    self._is_idle = False
                    self.execute_cell(copy.deepcopy(cell), earlier)
                    self.nb.cells[earlier] = cell
                    if not self._is_idle:
                        self._lose()
                        return
        except (DeadKernelError, CellTimeoutError):
            self.nb.cells[earlier] = cell
            self._lose()
        finally:
            self._is_replaying = False

    async def _restart(self) -> None:
        self.kc.stop_channels()
        await ensure_async(self.km.restart_kernel(now=True))

    def _lose(self) -> None:
        self._is_lost = True
        add_note(self.nb, "Too many cells ended or blocked the Python process: the cells after them count as failed.")

    def _fail(self, index: int, name: str, message: str) -> None:
        cell = self.nb.cells[index]
        cell.outputs.append(new_output("error", ename=name, evalue=message, traceback=[f"{name}: {message}"]))

    def _name(self, index: int) -> str:
        grade_id = self.nb.cells[index].metadata.get("nbgrader", {}).get("grade_id")
        if grade_id:
            return f"The cell {grade_id}"
        return f"Code cell {1 + sum(cell.cell_type == 'code' for cell in self.nb.cells[:index])}"


def _has_error(cell: NotebookNode) -> bool:
    return any(output.output_type == "error" for output in cell.outputs)
