"""How much memory a sandbox takes, measured from outside."""

from __future__ import annotations

import os
import time

from autograder.sandbox.enclosure import Enclosure

_BYTES_PER_INODE = 1024  # what the kernel keeps for an empty file on a tmpfs, roughly
_SECONDS_BETWEEN_FAIR_LOOKS = 0.2  # each takes milliseconds per process
_RESIDENT = ("RssAnon:", "RssShmem:")


class MemoryGauge:
    """Measures the memory of all processes and files in a sandbox, without what they share with the fork server."""

    def __init__(self, enclosure: Enclosure, process: int):
        """Take the memory that ``process``, just forked into the sandbox, has now as not its own."""
        self._enclosure = enclosure
        self._next_fair_look = 0.0
        self._inherited = _bytes(f"/proc/{process}/status", None, _RESIDENT)

    def exceeds(self, limit: int) -> bool:
        """Tell whether the sandbox takes more than ``limit`` bytes."""
        rest = limit - self._files()
        processes = [entry for entry in os.listdir(self._enclosure.proc) if entry.isdigit()]
        # Quick, and never too small: what processes of the sandbox share counts for each of them.
        if self._sum(processes, "status", _RESIDENT) - self._inherited <= rest:
            return False
        now = time.monotonic()
        if now < self._next_fair_look:
            return False
        self._next_fair_look = now + _SECONDS_BETWEEN_FAIR_LOOKS
        # Slow and fair: each page counts once, divided among the processes that have it; so the more processes there
        # are, the more of the server's pages seem to be theirs.
        shared = self._inherited * len(processes) // (len(processes) + 1)
        return self._sum(processes, "smaps_rollup", ("Pss_Anon:", "Pss_Shmem:")) - shared > rest

    def _files(self) -> int:
        total = 0
        for folder in self._enclosure.writable:
            status = os.fstatvfs(folder)
            total += (status.f_blocks - status.f_bfree) * status.f_frsize
            total += (status.f_files - status.f_ffree) * _BYTES_PER_INODE
        return total

    def _sum(self, processes: list[str], file: str, fields: tuple[str, ...]) -> int:
        return sum(_bytes(f"{process}/{file}", self._enclosure.proc, fields) for process in processes)


def _bytes(path: str, folder: int | None, fields: tuple[str, ...]) -> int:
    """Return the sum of ``fields`` in a file of /proc; 0 if its process has ended."""
    try:
        file = os.open(path, os.O_RDONLY, dir_fd=folder)
        try:
            text = os.read(file, 8192).decode("ascii", "replace")
        finally:
            os.close(file)
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith(fields))
