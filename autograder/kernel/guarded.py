"""The program of a guarded kernel: ``python -m autograder.kernel.guarded -f CONNECTION_FILE``.

It is ipykernel's own kernel, started after the network is cut off and writes are confined to the
working folder, the temporary folder and the caches that IPython and Matplotlib need.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path


def _writable_folders() -> list[Path]:
    from IPython.paths import get_ipython_dir
    from jupyter_core.paths import jupyter_runtime_dir

    caches = [os.environ[name] for name in ("MPLCONFIGDIR",) if name in os.environ]
    connection_file = Path(sys.argv[sys.argv.index("-f") + 1])
    return [
        Path.cwd(),
        Path(tempfile.gettempdir()),
        Path(get_ipython_dir()),
        Path(jupyter_runtime_dir()),
        connection_file.parent,
        *map(Path, caches),
    ]


def main() -> None:
    """Guard the process, then become a kernel."""
    from autograder.kernel.files import confine_writes
    from autograder.kernel.network import block_network

    os.environ["COURSE_NETWORK"] = f"blocked by {block_network()}"
    confine_writes(_writable_folders())

    from ipykernel.kernelapp import launch_new_instance

    launch_new_instance()


if __name__ == "__main__":
    main()
