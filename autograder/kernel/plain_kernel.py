"""A student's kernel without a sandbox, for machines that have none: a plain child process.

python -m autograder.kernel.plain_kernel FOLDER NAME=FILE...
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from autograder.kernel.death import Death, explain
from autograder.kernel.student_environment import ENVIRONMENT
from autograder.sandbox.limits import Limits


class PlainKernel:
    """A kernel that can read and write whatever its user can, seen from the process that has started it."""

    def __init__(self, limits: Limits, files: Mapping[str, int]):
        self.death: Death | None = None
        self._limits = limits
        self._folder = tempfile.TemporaryDirectory(prefix="course-kernel-")
        named = [f"{name}={file}" for name, file in files.items()]
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", __name__, self._folder.name, *named],
            stdin=subprocess.DEVNULL,
            pass_fds=tuple(files.values()),
            env={**ENVIRONMENT, "HOME": self._folder.name},
            start_new_session=True,
        )
        self.process = self._process.pid

    def poll(self) -> Death | None:
        """Return why the kernel has ended; None while it runs."""
        if self.death is None and self._process.poll() is not None:
            self.death = explain(self._process.returncode, 0.0, self._limits, out_of_memory=False)
            self._folder.cleanup()
        return self.death

    def signal(self, number: int) -> None:
        """Send a signal to the kernel and to the programs that it has started."""
        if self.poll() is None:
            os.killpg(self.process, number)

    def kill(self) -> None:
        """End the kernel and the programs that it has started, unless they have left its session."""
        self.signal(signal.SIGKILL)


def main() -> None:
    """Be a kernel."""
    from autograder.kernel.student_kernel import StudentKernelApp
    from autograder.kernel.student_life import live

    folder = sys.argv[1]
    files = {name: int(file) for name, file in (argument.split("=") for argument in sys.argv[2:])}
    os.environ["IPYTHONDIR"] = str(Path(folder, "ipython"))
    app = StudentKernelApp.instance()
    app.prepare()
    live(app, files, home=folder, work=str(Path(folder, "work")))


if __name__ == "__main__":
    main()
