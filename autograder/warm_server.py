"""Servers that stay warm between commands: started when first needed, found again by the next command."""

from __future__ import annotations

import contextlib
import fcntl
import functools
import hashlib
import os
import socket
import stat
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

IDLE_SECONDS = 600
"""After so long without a request a server ends."""

_START_SECONDS = 120


class WarmServerError(Exception):
    """A server cannot be started or reached; the text says why and what to do."""


@dataclass(frozen=True)
class WarmServer:
    """A program that listens on a Unix socket and ends by itself when nobody has asked for a while.

    There is one for each user and environment; a change of this package makes a new one.

    Attributes:
        name: names its socket and its log.
        module: what ``python -m`` runs; it gets the path of the socket to listen on.
    """

    name: str
    module: str

    @property
    def log(self) -> Path:
        """Where the server writes what goes wrong."""
        return self._path(".log")

    def connect(self) -> socket.socket:
        """Return a connection to the server, which is started if it does not run.

        Raises:
            WarmServerError: if it cannot be started.
        """
        with contextlib.suppress(OSError):
            return self._connect()
        with locked(self._path(".lock")):
            with contextlib.suppress(OSError):  # somebody else has started it in the meantime
                return self._connect()
            return self._start()

    def _connect(self) -> socket.socket:
        client = socket.socket(socket.AF_UNIX)
        try:
            client.connect(str(self._path(".sock")))
        except OSError:
            client.close()
            raise
        return client

    def _start(self) -> socket.socket:
        path = self._path(".sock")
        path.unlink(missing_ok=True)
        with self.log.open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", self.module, str(path)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=_environment(),
                start_new_session=True,
            )
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                return self._connect()
            if process.poll() is not None:
                break
            time.sleep(0.02)
        raise WarmServerError(f"The {self.name} server did not start. Mend: see what {self.log} says.")

    def _path(self, suffix: str) -> Path:
        return private_folder() / f"{self.name}-{environment_key()}{suffix}"


def _environment() -> dict[str, str]:
    """Return the variables of a server: enough to run, one thread per library, none of the user's secrets."""
    kept = {
        name: os.environ[name]
        for name in ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ", "XDG_RUNTIME_DIR")
        if name in os.environ
    }
    one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    offline = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}
    return {**kept, **one_thread, **offline, "MPLBACKEND": "agg", "PYTHONHASHSEED": "0"}


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock that ends with this process.

    Raises:
        WarmServerError: if somebody else holds it for longer than a server needs to start.
    """
    with path.open("w") as file:
        deadline = time.monotonic() + _START_SECONDS
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise WarmServerError(f"{path} is locked. Mend: end the process that holds it.") from None
                time.sleep(0.02)
        yield


def private_folder() -> Path:
    """Return a folder that only this user can enter.

    Raises:
        WarmServerError: if somebody else has made it.
    """
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    parent = Path(runtime) if runtime and os.access(runtime, os.W_OK) else Path(tempfile.gettempdir())
    folder = parent / f"cv-course-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid() or status.st_mode & 0o077:
        raise WarmServerError(f"{folder} is not a private folder of yours. Mend: remove it.")
    return folder


@functools.cache
def environment_key(*more: Hashable) -> str:
    """Return a name for this user, interpreter, set of packages and version of this package, and for ``more``."""
    stamps: list[Any] = [sys.executable, sys.version, sys.prefix, os.getuid(), more]
    packages = {Path(sysconfig.get_path(name)) for name in ("purelib", "platlib")}
    for place in sorted([*Path(__file__).parent.rglob("*.py"), *packages]):
        stamps.append((str(place), place.stat().st_mtime_ns))
    return hashlib.sha256(repr(stamps).encode()).hexdigest()[:16]


def reap(_signal: int, _frame: FrameType | None) -> None:
    """Wait for the forks of a server that have ended: none stays a zombie, and their processor time is counted."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def receive(connection: socket.socket, size: int) -> bytes:
    """Return exactly ``size`` bytes.

    Raises:
        EOFError: if the connection ends before.
    """
    data = bytearray()
    while len(data) < size:
        part = connection.recv(min(size - len(data), 1 << 20))
        if not part:
            raise EOFError("The other side ended before it had said everything.")
        data += part
    return bytes(data)
