"""Servers that stay warm between commands: started when first needed, found again by the next command."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

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
        with self._lock():
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

    @contextlib.contextmanager
    def _lock(self) -> Iterator[None]:
        with self._path(".lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _path(self, suffix: str) -> Path:
        return _private_folder() / f"{self.name}-{_environment_key()}{suffix}"


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


def _private_folder() -> Path:
    """Return a folder that only this user can enter."""
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    parent = Path(runtime) if runtime and Path(runtime).is_dir() else Path(tempfile.gettempdir())
    folder = parent / f"cv-course-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid() or status.st_mode & 0o077:
        raise WarmServerError(f"{folder} is not a private folder of this user. Mend: remove it.")
    return folder


def _environment_key() -> str:
    """Return what changes when the environment or this package does."""
    package = Path(__file__).parent
    stamps = [f"{path}:{path.stat().st_mtime_ns}" for path in sorted(package.rglob("*.py"))]
    return hashlib.sha256("\0".join([sys.executable, sys.prefix, *stamps]).encode()).hexdigest()[:16]
