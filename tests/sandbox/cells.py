"""Run cells in a student's kernel, and look at what came out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from jupyter_core.utils import run_sync
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from autograder.kernel.student_manager import StudentKernelManager
from autograder.sandbox import sandbox_problem

needs_sandbox = pytest.mark.skipif(sandbox_problem() is not None, reason=f"no sandbox here: {sandbox_problem()}")


class Cells:
    """A running kernel that takes one cell after the other."""

    def __init__(self, manager: StudentKernelManager):
        self.manager = manager
        self._client = NotebookClient(
            new_notebook(), km=manager, allow_errors=True, timeout=60, iopub_timeout=30, coalesce_streams=True
        )

    def run(self, source: str) -> NotebookNode:
        """Run one cell and return it with its outputs."""
        self._client.nb.cells.append(new_code_cell(source))
        return self._client.execute_cell(self._client.nb.cells[-1], len(self._client.nb.cells) - 1)

    def text(self, source: str) -> str:
        """Run one cell and return what it prints, its value or its error message."""
        return text_of(self.run(source))

    @contextmanager
    def interrupting(self, after: int) -> Iterator[None]:
        """Interrupt cells that take more than ``after`` seconds."""
        before, self._client.timeout = self._client.timeout, after
        self._client.interrupt_on_timeout = True
        yield
        self._client.timeout = before

    def wait_until_ready(self) -> None:
        """Wait until a restarted kernel answers."""
        run_sync(self._client.kc.wait_for_ready)(timeout=60)

    @contextmanager
    def started(self) -> Iterator[Cells]:
        try:
            with self._client.setup_kernel():
                yield self
        finally:
            run_sync(self.manager.shutdown_kernel)(now=True)


@contextmanager
def kernel(**traits: Any) -> Iterator[Cells]:
    """Start a kernel and end it."""
    with Cells(StudentKernelManager(**traits)).started() as cells:
        yield cells


def text_of(cell: NotebookNode) -> str:
    parts = []
    for output in cell.outputs:
        if output.output_type == "error":
            parts.append(f"{output.ename}: {output.evalue}")
        else:
            parts.append(output.get("text") or output.data.get("text/plain", ""))
    return "".join(parts)
