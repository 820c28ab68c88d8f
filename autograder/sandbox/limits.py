"""How much of the machine one submission may use."""

from __future__ import annotations

import resource
from dataclasses import dataclass
from pathlib import Path

MIB = 2**20


@dataclass(frozen=True)
class Limits:
    """What one sandbox may use.

    Attributes:
        cpu_seconds: processor time of one process, in seconds; more ends it.
        memory_bytes: memory of all processes and files of the sandbox together; more ends the sandbox.
            A single process that asks for more gets a MemoryError.
        processes: processes and threads at one time.
        open_files: open files of one process.
        file_bytes: size of one file.
        disk_bytes: size of each of the three writable places: the home folder, /tmp and /dev/shm.
    """

    cpu_seconds: int = 300
    memory_bytes: int = 2048 * MIB
    processes: int = 128
    open_files: int = 512
    file_bytes: int = 128 * MIB
    disk_bytes: int = 256 * MIB

    def apply(self) -> None:
        """Limit this process and its future children, for good.

        What the process has mapped already is not counted: it is shared with the process that it was forked from.
        """
        data = mapped_data_bytes() + self.memory_bytes
        for what, value in (
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_DATA, data),
            (resource.RLIMIT_FSIZE, self.file_bytes),
            (resource.RLIMIT_NOFILE, self.open_files),
            (resource.RLIMIT_NPROC, self.processes),
        ):
            resource.setrlimit(what, (value, value))
        # The soft limit sends SIGXCPU, which names the cause; whoever ignores it is killed two seconds later.
        resource.setrlimit(resource.RLIMIT_CPU, (self.cpu_seconds, self.cpu_seconds + 2))


def mapped_data_bytes() -> int:
    """Return the bytes of this process that count towards RLIMIT_DATA; 0 where /proc does not tell."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmData:"))
