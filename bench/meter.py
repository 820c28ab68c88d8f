"""Measure a command with everything that it starts: workers, kernels, sandboxes, servers that outlive it."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE, STDOUT
from typing import TextIO

_PR_SET_CHILD_SUBREAPER = 36
_TICKS = os.sysconf("SC_CLK_TCK")

READY = "ready"
"""What a command prints that does its set-up before it is measured; it then waits for a line."""

_SHARE_OF_SAMPLING = 0.02
"""The largest share of one core's time that looking at the memory may take."""


class CommandFailed(Exception):
    """A measured command did not end well; the text holds the end of its output."""


@dataclass(frozen=True)
class Usage:
    """What one run of a command cost.

    Attributes:
        wall: seconds from its start (or from "ready") to its end.
        cpu: seconds of processor time, user and system, of all its processes, and of servers that it started or used.
        peak_pss: bytes; the largest sum seen of the proportional set sizes of all these processes.
        output: what it printed.
    """

    wall: float
    cpu: float
    peak_pss: int
    output: str


class Meter:
    """Runs commands one after the other and accounts for all their processes.

    The measuring process becomes the parent of every orphan among its descendants, so a server that a command leaves
    behind is still counted, in the run that started it and in every later one. ``with`` ends those servers at the end.
    """

    def __init__(self) -> None:
        if sys.platform != "linux":
            raise SystemExit("The benchmark reads /proc. Mend: run it on Linux.")
        if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl(PR_SET_CHILD_SUBREAPER) failed")
        self._own: set[int] = set()

    def __enter__(self) -> Meter:
        # So that servers do not survive a benchmark that is told to end.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
        return self

    def __exit__(self, *_: object) -> None:
        self.end_servers()

    def run(self, command: Sequence[str | Path], cwd: Path, env: Mapping[str, str], *, waits: bool = False) -> Usage:
        """Run a command to its end.

        Args:
            command: program and arguments.
            cwd: where to run it.
            env: its environment.
            waits: whether the command first prepares, prints "ready", and begins when it is sent a line; only what
                it does from then on is measured.

        Raises:
            CommandFailed: if it ends with another exit code than 0.
        """
        # Its output goes to a file, because the end of a pipe would be held open by servers that the command leaves.
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as log, _PeakMemory() as memory:
            self._settle()
            before, started = self.total_cpu(), time.perf_counter()
            process = subprocess.Popen(command, cwd=cwd, env=env, text=True, stdin=PIPE, stdout=log, stderr=STDOUT)
            self._own.add(process.pid)
            if waits:
                _await_line(READY, log, process)
                before, started = self.total_cpu(), time.perf_counter()
            process.communicate("\n")
            wall = time.perf_counter() - started
            self._own.discard(process.pid)
            self._settle()
            cpu = self.total_cpu() - before
            log.seek(0)
            output = log.read()
        if process.returncode != 0:
            raise CommandFailed(f"{' '.join(map(str, command))} ended with {process.returncode}:\n{output[-3000:]}")
        return Usage(wall, cpu, memory.peak, output)

    def total_cpu(self) -> float:
        """Return the seconds of processor time that all descendants, living and dead, have used so far."""
        self._reap_orphans()
        waited = resource.getrusage(resource.RUSAGE_CHILDREN)
        return waited.ru_utime + waited.ru_stime + sum(_cpu(pid) for pid in descendants())

    def end_servers(self) -> None:
        """End every process that the measured commands left behind."""
        for how in (signal.SIGTERM, signal.SIGKILL):
            for pid in descendants():
                try:
                    os.kill(pid, how)
                except ProcessLookupError:
                    continue
            self._settle()

    def _settle(self) -> None:
        """Wait until the processes that are just ending have ended: until two looks see the same ones."""
        for _ in range(20):
            seen = descendants()
            time.sleep(0.15)
            self._reap_orphans()
            if descendants() == seen:
                return

    def _reap_orphans(self) -> None:
        for pid in _children().get(os.getpid(), []):
            if pid not in self._own and _state(pid) == "Z":
                os.waitpid(pid, os.WNOHANG)


class _PeakMemory:
    """Looks at the memory of all descendants from time to time while it is entered."""

    def __init__(self) -> None:
        self.peak = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> _PeakMemory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        pause = 0.1
        while not self._stop.wait(pause):
            began = time.thread_time()
            self.peak = max(self.peak, sum(_pss(pid) for pid in descendants()))
            pause = max(0.2, (time.thread_time() - began) / _SHARE_OF_SAMPLING)


def _await_line(line: str, log: TextIO, process: subprocess.Popen[str]) -> None:
    """Wait until the process has printed ``line`` as its first, or has ended."""
    while process.poll() is None and os.pread(log.fileno(), len(line), 0) != line.encode():
        time.sleep(0.01)


def descendants() -> set[int]:
    """Return the ids of all living processes below this one, zombies left out."""
    children = _children()
    found: set[int] = set()
    waiting = [os.getpid()]
    while waiting:
        for pid in children.get(waiting.pop(), []):
            waiting.append(pid)
            if _state(pid) not in ("Z", ""):
                found.add(pid)
    return found


def _children() -> dict[int, list[int]]:
    children: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):
        if name.isdigit() and (fields := _stat(int(name))):
            children.setdefault(int(fields[1]), []).append(int(name))
    return children


def _stat(pid: int) -> list[str]:
    """Return the fields of /proc/PID/stat from the state on; none if the process is gone."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return []
    return text[text.rindex(")") + 2 :].split()


def _state(pid: int) -> str:
    fields = _stat(pid)
    return fields[0] if fields else ""


def _cpu(pid: int) -> float:
    """Seconds that a process and the children that it has waited for have used."""
    fields = _stat(pid)
    return sum(int(ticks) for ticks in fields[11:15]) / _TICKS if fields else 0.0


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
