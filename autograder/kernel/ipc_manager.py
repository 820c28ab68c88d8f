"""A Jupyter kernel manager that speaks through files: Unix sockets in a folder of its own."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from jupyter_client.manager import AsyncKernelManager


class IpcKernelManager(AsyncKernelManager):
    """Keeps a kernel's sockets in a folder that only this user can enter, as long as the kernel may need them.

    A kernel without a network has no port that another process could reach.
    """

    def __init__(self, **kwargs: Any):
        # A path to a Unix socket may have some 100 characters, so the default place can be too deep.
        self._socket_folder = tempfile.TemporaryDirectory(prefix="k-")
        kwargs["transport"] = "ipc"
        kwargs["connection_file"] = str(Path(self._socket_folder.name, "c.json"))
        super().__init__(**kwargs)

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        await super()._async_cleanup_resources(restart)
        if not restart:
            self._socket_folder.cleanup()

    cleanup_resources = _async_cleanup_resources
