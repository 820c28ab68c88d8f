"""The way to a fork server: found where an earlier command has left it running, or started."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from autograder.kernel.death import Death
from autograder.kernel.student_environment import ENVIRONMENT, PRELOADED
from autograder.kernel.student_files import FILES
from autograder.sandbox.limits import Limits
from autograder.warm_server import WarmServerError, environment_key, locked, private_folder

_SECONDS_TO_ANSWER = 30.0  # more than the server may need for another kernel at worst
_SECONDS_TO_START = 180.0
_LARGEST_MESSAGE = 65536


class ForkServerError(WarmServerError):
    """There is no fork server, and none could be started; the text says why and what to do."""


@dataclass(frozen=True)
class Settings:
    """What a fork server does.

    Attributes:
        preload: what it imports before it forks: modules, or ``module:name`` for what a module loads when it is asked.
        idle_seconds: after how long without a kernel it ends.
        once: whether it ends with its first kernel.
    """

    preload: tuple[str, ...] = PRELOADED
    idle_seconds: float = 600.0
    once: bool = False


WARM = Settings()
COLD = Settings(preload=(), idle_seconds=60.0, once=True)


def connect_or_start(folder: Path | None = None, settings: Settings = WARM) -> socket.socket:
    """Return a connection to this environment's fork server, which is started if it does not run.

    A server that does not answer is replaced. There is one for each user, environment, version of this package and
    set of preloaded modules.

    Args:
        folder: where its socket, lock and log are; by default a folder that only this user can enter.
        settings: what it does, if it is started here.

    Raises:
        ForkServerError: if there is none and none can be started.
    """
    folder = private_folder() if folder is None else folder
    path = folder / f"kernels-{environment_key(settings.preload)}.sock"
    connection = _connect(path)
    if connection is not None:
        return connection
    with locked(path.with_suffix(".lock")):
        connection = _connect(path)  # somebody else may have started it in the meantime
        if connection is None:
            path.unlink(missing_ok=True)
            _start(path, settings)
            connection = _connect(path)
    if connection is None:
        raise ForkServerError(f"The fork server does not answer. Mend: see {path.with_suffix('.log')}.")
    return connection


def _start(path: Path, settings: Settings) -> None:
    """Start a fork server that listens on ``path`` and has nothing to do with this process.

    Raises:
        ForkServerError: if it ends before it listens, or takes too long.
    """
    ready, ready_end = os.pipe()
    arguments = [str(path), str(ready_end), json.dumps(asdict(settings))]
    log = path.with_suffix(".log")
    try:
        with log.open("ab") as file:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", "autograder.kernel.fork_server", *arguments],
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                pass_fds=(ready_end,),
                env=ENVIRONMENT,
                cwd="/",
                start_new_session=True,
            )
    finally:
        os.close(ready_end)
    try:
        is_over = select.select([ready], [], [], _SECONDS_TO_START)[0]
    finally:
        os.close(ready)
    if not is_over:
        process.kill()
    if not path.exists():
        process.wait()
        raise ForkServerError(
            f"The fork server could not be started. Mend: see {log}, which ends so:\n"
            + log.read_text(encoding="utf-8", errors="replace")[-1000:]
        )
    _servers.append(process)


# Servers started by this process: Python would complain of a child process that nobody waits for.
_servers: list[subprocess.Popen[bytes]] = []


def _connect(path: Path) -> socket.socket | None:
    """Return a connection to a server that answers; end one that does not."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        connection.settimeout(_SECONDS_TO_ANSWER)
        connection.connect(str(path))
        if json.loads(connection.recv(_LARGEST_MESSAGE) or b"{}").get("ready"):
            return connection
    except TimeoutError:
        _end(connection)
    except OSError:
        pass
    connection.close()
    return None


def _end(connection: socket.socket) -> None:
    """Kill the process at the other end."""
    credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    process = struct.unpack("3i", credentials)[0]
    if process > 0:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


class ForkedKernel:
    """A student's kernel that a fork server has started, seen from the process that has asked for it.

    Args:
        connection: from :func:`connect_or_start`; it is closed with the kernel.
        limits: what the kernel may use.
        files: open files by the names in :data:`autograder.kernel.student_files.FILES`.

    Raises:
        ForkServerError: if the kernel could not be started.
    """

    def __init__(self, connection: socket.socket, limits: Limits, files: Mapping[str, int]):
        self.death: Death | None = None
        self._connection = connection
        connection.settimeout(_SECONDS_TO_START)
        try:
            socket.send_fds(connection, [json.dumps(asdict(limits)).encode()], [files[name] for name in FILES])
            answer = json.loads(connection.recv(_LARGEST_MESSAGE) or b"{}")
        except OSError as error:
            answer = {"error": str(error)}
        if "process" not in answer:
            connection.close()
            raise ForkServerError(f"No kernel could be started: {answer.get('error', 'the fork server has ended')}.")
        self.process: int = answer["process"]
        connection.setblocking(False)

    def poll(self) -> Death | None:
        """Return why the kernel has ended; None while it runs."""
        if self.death is None:
            try:
                message = self._last_message()
            except BlockingIOError:
                return None
            except OSError:
                message = b""
            self._connection.close()
            self.death = (
                Death(**json.loads(message))
                if message
                else Death("ServerLost", "The process that had started the kernel has ended.")
            )
        return self.death

    def _last_message(self) -> bytes:
        try:
            return self._connection.recv(_LARGEST_MESSAGE)
        except ConnectionResetError:
            # The server hung up before it had read all that it was sent. What it said before comes after this error.
            return self._connection.recv(_LARGEST_MESSAGE)

    def signal(self, number: int) -> None:
        """Send a signal to the kernel and to the programs that it has started."""
        self._send({"signal": number})

    def kill(self) -> None:
        """End everything in the sandbox."""
        self._send({"kill": True})

    def _send(self, message: dict[str, object]) -> None:
        if self.poll() is None:
            with contextlib.suppress(OSError):
                self._connection.send(json.dumps(message).encode())
