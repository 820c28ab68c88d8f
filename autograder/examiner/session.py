"""The student's kernel as the examiner uses it: run a cell, answer a test, start afresh."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

import zmq.asyncio
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograder.examiner import ANSWER
from autograder.examiner.output import OutputBudget, size_of
from autograder.examiner.settings import ExamSettings
from autograder.kernel.student_manager import StudentKernelManager

Value = TypeVar("Value")

TIMED_OUT = "TimeLimit"

_LARGEST_MESSAGE = 64_000_000
"""Bytes; a larger one ends the connection, as it would fill the examiner's memory."""

_MILLISECONDS_TO_SEND = 5000
"""A socket takes a message at once, unless the kernel has spoilt the connection; then it never does."""

_START_SECONDS = 60

_SECONDS_FOR_OUTPUTS = 6
"""How long the end of a cell's outputs may come after the kernel's reply."""


class Session(NotebookClient):
    """nbclient's client for the notebook of one student, proof against what a kernel may send.

    Its coroutines run in a thread of their own, so that the main thread is free for the tests.

    Args:
        notebook: the student's notebook.
        settings: the limits.
        files: the folder with what the notebook may read.
        preload: what the kernel should find imported, beside the usual libraries.

    Attributes:
        finished: positions of the cells that the kernel answered, with an error or without.
        timed_out: positions of the cells that were interrupted.
        is_idle: whether the kernel said that it has come to the end of the last cell.
    """

    def __init__(self, notebook: NotebookNode, settings: ExamSettings, files: Path, preload: tuple[str, ...] = ()):
        super().__init__(
            notebook,
            timeout_func=self._seconds_for,
            startup_timeout=_START_SECONDS,
            allow_errors=True,
            interrupt_on_timeout=True,
            error_on_timeout={
                "ename": TIMED_OUT,
                "evalue": f"This cell did not finish within {settings.seconds_per_cell} s and was stopped.",
                "traceback": [],
            },
            # An honest kernel's outputs are late on a busy machine; one that hides its end from us costs this much.
            iopub_timeout=_SECONDS_FOR_OUTPUTS,
            raise_on_iopub_timeout=False,
            record_timing=False,
            coalesce_streams=True,  # how a text is cut into messages depends on the clock
            store_widget_state=False,
            shutdown_kernel="immediate",
        )
        self._settings = settings
        self._files = files
        self._preload = preload
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="kernel", daemon=True)
        self._thread.start()
        self.budget = OutputBudget(settings.text_bytes, settings.rich_bytes, settings.total_bytes)
        self.finished: set[int] = set()
        self.timed_out: set[int] = set()
        self.is_idle = True
        self.is_replaying = False

    # -- what the examiner calls, from the main thread

    def start(self) -> None:
        """Start a kernel; raises what the kernel's manager raises."""
        self._wait(self._start())

    def run(self, cell: NotebookNode, index: int) -> None:
        """Run ``cell`` and put its outputs into it.

        Raises:
            nbclient.exceptions.DeadKernelError: if the kernel died.
        """
        self.is_idle = False
        self._wait(self.async_execute_cell(cell, index))

    def begin_answering(self, scratch: NotebookNode, index: int) -> Future[NotebookNode]:
        """Have the kernel answer the examiner on the call channel until it is told to stop."""
        self.is_idle = False
        return self._submit(self.async_execute_cell(scratch, index, store_history=False))

    def interrupt(self) -> None:
        """Ask the kernel to stop what it is doing."""
        self._wait(self._interrupt())

    def restart(self) -> None:
        """Kill the kernel and start a fresh one."""
        self._wait(self._stop())
        self.start()

    def close(self) -> None:
        """Kill the kernel and end the thread."""
        self._wait(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def death(self) -> tuple[str, str]:
        """Return how an error output names the end of the kernel, and a sentence about it."""
        return self._wait(self._death())

    @property
    def manager(self) -> StudentKernelManager:
        """The manager of the running kernel."""
        assert isinstance(self.km, StudentKernelManager)
        return self.km

    # -- nbclient's hooks, in the kernel's thread

    async def async_execute_cell(self, cell: NotebookNode, cell_index: int, *args: Any, **kwargs: Any) -> NotebookNode:
        """Run a cell that need not be the notebook's own, and leave the notebook's list of cells alone."""
        own = self.nb.cells[cell_index]
        try:
            return await super().async_execute_cell(cell, cell_index, *args, **kwargs)
        finally:
            self.nb.cells[cell_index] = own

    def on_cell_executed(self, cell: NotebookNode, cell_index: int, execute_reply: dict[str, Any]) -> None:
        """Take down how the kernel answered; nbclient calls it after each cell."""
        if self.is_replaying:
            return
        content = execute_reply["content"]
        if content["status"] == "error" and content.get("ename") == TIMED_OUT:
            self.timed_out.add(cell_index)
            cell.outputs.append(new_output("error", ename=TIMED_OUT, evalue=content["evalue"], traceback=[]))
        elif content["status"] in ("ok", "error"):
            self.finished.add(cell_index)

    def process_message(self, msg: dict[str, Any], cell: NotebookNode, cell_index: int) -> NotebookNode | None:
        """Watch the messages of a cell pass: whether it has come to its end, how large they are."""
        kind = msg["msg_type"]
        if kind == "status" and msg["content"]["execution_state"] == "idle":
            self.is_idle = True
        elif kind.startswith("comm"):
            return None  # widgets could redirect the outputs of other cells
        elif kind == "update_display_data" and size_of(msg["content"]["data"]) > self._settings.rich_bytes:
            return None  # smaller updates cost nothing: they replace an output that has been admitted
        return super().process_message(msg, cell, cell_index)

    def output(
        self, outs: list[NotebookNode], msg: dict[str, Any], display_id: str | None, cell_index: int
    ) -> NotebookNode | None:
        """Keep one output, or what may be kept of it."""
        if self.is_replaying or not self.budget.admit(msg["msg_type"], msg["content"]):
            return None
        return super().output(outs, msg, display_id, cell_index)

    # -- inside

    def _seconds_for(self, cell: NotebookNode) -> float:
        # A test is stopped by the examiner; this is for a kernel that does not hear of it.
        return self._settings.seconds_per_cell + (5 if cell.source == ANSWER else 0)

    async def _start(self) -> None:
        context = zmq.asyncio.Context()
        context.setsockopt(zmq.MAXMSGSIZE, _LARGEST_MESSAGE)
        context.setsockopt(zmq.LINGER, 0)
        context.setsockopt(zmq.SNDTIMEO, _MILLISECONDS_TO_SEND)
        self.km = StudentKernelManager(
            files=self._files,
            limits=self._settings.limits,
            warm=self._settings.warm,
            unsafe=self._settings.unsafe,
            preload=self._preload,
            context=context,
        )
        await self.async_start_new_kernel()
        await self.async_start_new_kernel_client()

    async def _death(self) -> tuple[str, str]:
        # How the kernel's process has ended may be known a moment after its sockets are closed.
        for _ in range(20):
            if (death := self.manager.death()) is not None:
                return death.name, death.text
            await asyncio.sleep(0.05)
        return "KernelDied", "The Python process no longer answers."

    async def _interrupt(self) -> None:
        await self.manager.interrupt_kernel()

    async def _stop(self) -> None:
        if self.km is not None:
            await self._async_cleanup_kernel()
            self.km = None

    def _submit(self, coroutine: Coroutine[Any, Any, Value]) -> Future[Value]:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    def _wait(self, coroutine: Coroutine[Any, Any, Value]) -> Value:
        return self._submit(coroutine).result()
