"""A Jupyter kernel manager whose kernels are guarded."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import matplotlib
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

# What every notebook of the course runs under: no hub is asked for models, hashing is repeatable.
ENVIRONMENT = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "PYTHONHASHSEED": "0"}


class GuardedKernelManager(AsyncKernelManager):
    """Starts :mod:`autograder.kernel.guarded`, whatever kernel name a notebook carries.

    It speaks through files instead of ports, because a kernel without a network has no port that
    another process could reach.
    """

    def __init__(self, **kwargs: Any):
        # A path to a Unix socket may have some 100 characters, so the default place can be too deep.
        self._socket_folder = tempfile.TemporaryDirectory(prefix="k-")
        kwargs["transport"] = "ipc"
        kwargs["connection_file"] = str(Path(self._socket_folder.name, "c.json"))
        super().__init__(**kwargs)

    @property
    def kernel_spec(self) -> KernelSpec:
        """The guarded kernel in this very environment."""
        return KernelSpec(
            argv=[sys.executable, "-m", "autograder.kernel.guarded", "-f", "{connection_file}"],
            display_name="Python 3 (guarded)",
            language="python",
        )

    async def _async_start_kernel(self, **kwargs: Any) -> None:
        env = {**(kwargs.pop("env", None) or os.environ), **ENVIRONMENT}
        env.setdefault("MPLCONFIGDIR", matplotlib.get_configdir())
        await super()._async_start_kernel(env=env, **kwargs)

    start_kernel = _async_start_kernel

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        await super()._async_cleanup_resources(restart)
        if not restart:
            self._socket_folder.cleanup()

    cleanup_resources = _async_cleanup_resources
