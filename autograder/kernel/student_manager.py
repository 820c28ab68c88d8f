"""The Jupyter kernel manager for students' code."""

from __future__ import annotations

import socket
import time
from pathlib import Path
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec
from traitlets import Bool, Instance, Tuple, Type

from autograder.kernel.death import Death
from autograder.kernel.ipc_manager import IpcKernelManager
from autograder.kernel.provisioner import NAME, StudentKernelProvisioner
from autograder.sandbox import Limits


class StudentKernelClient(AsyncKernelClient):
    """A client that waits for the answer to its question, and not for silence after it.

    It has no heartbeat: the manager knows whether the kernel's process lives, and a heartbeat waits for ever to
    send when the kernel has spoilt its socket.
    """

    def start_channels(self, *args: Any, **kwargs: Any) -> None:
        """Open all channels but the heartbeat."""
        super().start_channels(*args, **{**kwargs, "hb": False})

    async def _async_wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers and its output is heard.

        Raises:
            RuntimeError: if it dies before, or takes longer than ``timeout`` seconds.
        """
        deadline = time.monotonic() + (timeout if timeout is not None else float("inf"))
        while time.monotonic() < deadline:
            asked = self.kernel_info()
            try:
                reply = await self.get_shell_msg(timeout=1)
                while reply["parent_header"].get("msg_id") != asked:
                    reply = await self.get_shell_msg(timeout=1)
                self._handle_kernel_info_reply(reply)
                # Until the outputs are subscribed to, some are lost: then the question is asked again.
                while (await self.get_iopub_msg(timeout=0.2))["parent_header"].get("msg_id") != asked:
                    pass
                return
            except Empty:
                if not await self.is_alive():
                    raise RuntimeError("Kernel died before replying to kernel_info") from None
        raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")

    wait_for_ready = _async_wait_for_ready


class StudentKernelManager(IpcKernelManager):
    """Starts a kernel in a sandbox of its own, whatever kernel name a notebook carries.

    Attributes:
        files: a folder; the regular files in it are copied into the kernel's working folder.
        limits: what the kernel may use.
        warm: whether the kernel is forked from a process that has the heavy libraries imported.
        preload: what that process imports beside them: modules, or ``module:name``.
        unsafe: whether the kernel runs without a sandbox. Then whatever a submission does is done as this user.
    """

    files = Instance(Path, allow_none=True).tag(config=True)
    limits = Instance(Limits, args=())
    warm = Bool(True).tag(config=True)
    preload: Any = Tuple()
    unsafe = Bool(False).tag(config=True)
    client_factory = Type(StudentKernelClient)

    @property
    def kernel_spec(self) -> KernelSpec:
        """A kernel that :class:`StudentKernelProvisioner` provides."""
        return KernelSpec(
            display_name="Python 3 (student)",
            language="python",
            metadata={"kernel_provisioner": {"provisioner_name": NAME}},
        )

    @property
    def call_socket(self) -> socket.socket:
        """The examiner's end of the connection to the running kernel."""
        assert isinstance(self.provisioner, StudentKernelProvisioner)
        assert self.provisioner.call_socket is not None, "no kernel has been started"
        return self.provisioner.call_socket

    def death(self) -> Death | None:
        """Return why the kernel has ended; None while it runs, and before it is started."""
        return self.provisioner.death if isinstance(self.provisioner, StudentKernelProvisioner) else None

    def death_reason(self) -> str | None:
        """Return why the kernel has ended, as a sentence for the learner; None while it runs."""
        death = self.death()
        return death.text if death is not None else None
