"""A Jupyter kernel manager whose kernels are guarded."""

from __future__ import annotations

import os
import sys
from typing import Any

import matplotlib
from jupyter_client.kernelspec import KernelSpec

from autograder import UNATTENDED
from autograder.kernel.ipc_manager import IpcKernelManager

# What every notebook of the course runs under: no hub is asked for models, hashing is repeatable, and nobody reads
# what `%check` says.
ENVIRONMENT = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "PYTHONHASHSEED": "0", UNATTENDED: "1"}


class GuardedKernelManager(IpcKernelManager):
    """Starts :mod:`autograder.kernel.guarded`, whatever kernel name a notebook carries."""

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

    start_kernel = _async_start_kernel  # type: ignore[assignment]  # as in AsyncKernelManager itself
