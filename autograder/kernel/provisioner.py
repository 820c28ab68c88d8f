"""How Jupyter gets a student's kernel: a kernel provisioner, found by its entry point."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import time
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.provisioner_base import KernelProvisionerBase

from autograder.kernel.death import Death
from autograder.kernel.fork_client import COLD, WARM, ForkedKernel, connect_or_start
from autograder.kernel.plain_kernel import PlainKernel
from autograder.kernel.student_files import CHANNELS, listen, pack
from autograder.sandbox import NoSandbox, sandbox_problem

NAME = "student-kernel"
_SECONDS_TO_DIE = 5.0


class StudentKernelProvisioner(KernelProvisionerBase):
    """Starts, signals and ends the kernel of a :class:`autograder.kernel.student_manager.StudentKernelManager`.

    Attributes:
        call_socket: the examiner's end of the connection to the kernel; None before a kernel is started.
    """

    call_socket: socket.socket | None = None
    _kernel: ForkedKernel | PlainKernel | None = None
    _is_over = False  # whether the end of the kernel has been waited for

    @property
    def has_process(self) -> bool:
        """Whether a kernel has been started that has not been waited for."""
        return self._kernel is not None and not self._is_over

    @property
    def _manager(self) -> Any:
        return self.parent

    @property
    def process(self) -> int:
        """The process id of the kernel."""
        assert self._kernel is not None, "no kernel has been started"
        return self._kernel.process

    @property
    def death(self) -> Death | None:
        """Why the kernel has ended; None while it runs."""
        return self._kernel.poll() if self._kernel is not None else None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Write the connection file. What the caller wants of environment and folder does not count."""
        self._manager.write_connection_file()
        return {"cmd": []}

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel.

        Raises:
            NoSandbox: if there is no sandbox, and the manager does not allow to do without.
            ValueError: if the manager's files are larger than its limits.
            ForkServerError: if the fork server cannot start it.
        """
        self._is_over = False
        await asyncio.to_thread(self._launch)
        return self._manager.get_connection_info()

    def _launch(self) -> None:
        manager = self._manager
        if not manager.unsafe:
            problem = sandbox_problem()
            if problem is not None:
                raise NoSandbox(problem)
        with contextlib.ExitStack() as stack:
            ours, theirs = socket.socketpair()
            files: dict[str, IO[bytes] | socket.socket] = {
                "connection_file": open(manager.connection_file, "rb"),  # noqa: SIM115 - the stack closes it
                "files": pack(manager.files, manager.limits),
                **{name: listen(Path(f"{manager.ip}-{getattr(manager, name + '_port')}")) for name in CHANNELS},
                "call_socket": theirs,
            }
            for file in files.values():
                stack.enter_context(file)
            numbers = {name: file.fileno() for name, file in files.items()}
            if manager.unsafe:
                self._kernel = PlainKernel(manager.limits, numbers)
            else:
                folder = Path(manager.connection_file).parent
                warm = replace(WARM, preload=(*WARM.preload, *manager.preload))
                connection = connect_or_start(settings=warm) if manager.warm else connect_or_start(folder, COLD)
                self._kernel = ForkedKernel(connection, manager.limits, numbers)
        if self.call_socket is not None:
            self.call_socket.close()
        self.call_socket = ours

    async def poll(self) -> int | None:
        """Return None while the kernel runs, a number afterwards."""
        return None if self._kernel is not None and self.death is None else 1

    async def wait(self) -> int | None:
        """Wait for the end of the kernel."""
        while self.has_process and self.death is None:
            await asyncio.sleep(0.005)
        self._is_over = True
        return 1

    async def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel and to the programs that it has started."""
        if self._kernel is not None:
            if signum == signal.SIGKILL:
                self._kernel.kill()
            else:
                self._kernel.signal(signum)

    async def kill(self, restart: bool = False) -> None:
        """End the kernel, and with its sandbox everything that it has started."""
        await self.send_signal(signal.SIGKILL)
        deadline = time.monotonic() + _SECONDS_TO_DIE
        while self._kernel is not None and self.death is None and time.monotonic() < deadline:
            await asyncio.sleep(0.002)

    async def terminate(self, restart: bool = False) -> None:
        """Ask the kernel to end."""
        await self.send_signal(signal.SIGTERM)

    async def cleanup(self, restart: bool = False) -> None:
        """Free what belongs to the kernel that has ended."""
        if self.call_socket is not None:
            self.call_socket.close()
            self.call_socket = None
