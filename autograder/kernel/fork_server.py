"""The fork server: has the heavy libraries imported, and forks a student's kernel into a sandbox in milliseconds.

    python -m autograder.kernel.fork_server SOCKET READY SETTINGS

It listens on the Unix socket SOCKET, and closes the open file READY as soon as it does. Each connection is for one
kernel, which lives no longer than the connection. SETTINGS is a JSON object with the fields of
:class:`autograder.kernel.fork_client.Settings`.
"""

from __future__ import annotations

import contextlib
import gc
import io
import json
import os
import selectors
import signal
import socket
import sys
import tempfile
import time
import traceback
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from autograder.kernel.death import Death, explain
from autograder.kernel.fork_client import Settings
from autograder.kernel.fresh_start import forget_imports
from autograder.kernel.libraries import load_library
from autograder.kernel.student_files import FILES
from autograder.kernel.student_kernel import StudentKernelApp
from autograder.kernel.student_life import live
from autograder.sandbox.enclosure import Enclosure, SandboxError
from autograder.sandbox.entry import fork_into
from autograder.sandbox.limits import Limits
from autograder.sandbox.memory import MemoryGauge
from autograder.sandbox.privileges import adopt_orphans

_SECONDS_BETWEEN_LOOKS = 0.05  # at the memory of the sandboxes
_LARGEST_MESSAGE = 65536


class _Ward:
    """A running kernel and its sandbox, as the server sees them."""

    def __init__(self, process: int, enclosure: Enclosure, limits: Limits):
        self.process = process
        self.pidfd = os.pidfd_open(process)
        self._enclosure = enclosure
        self._limits = limits
        self._gauge = MemoryGauge(enclosure, process)
        self._is_out_of_memory = False

    def look(self) -> None:
        """End the sandbox if it has grown too large."""
        if not self._is_out_of_memory and self._gauge.exceeds(self._limits.memory_bytes):
            self._is_out_of_memory = True
            self._enclosure.kill()

    def signal(self, number: int) -> None:
        """Send a signal to the kernel and to the programs that it has started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process, number)

    def kill(self) -> None:
        """End everything in the sandbox."""
        self._enclosure.kill()

    def bury(self) -> Death:
        """Wait for the end of the kernel, which has ended or been killed, and end its sandbox."""
        _, status, usage = os.wait4(self.process, 0)
        self._enclosure.kill()
        self._enclosure.close()
        os.close(self.pidfd)
        seconds = usage.ru_utime + usage.ru_stime
        return explain(os.waitstatus_to_exitcode(status), seconds, self._limits, self._is_out_of_memory)

    def forget(self) -> None:
        """Close what this object holds, in a fork that has nothing to do with it."""
        self._enclosure.forget()
        os.close(self.pidfd)


@dataclass
class _Client:
    """A connection and, once it has asked for one, its kernel."""

    connection: socket.socket
    ward: _Ward | None = None


class _Server:
    """Serves connections. A message is a JSON object. On each connection:

    - the server sends ``{"ready": true}``;
    - the client sends limits, with the open files named in FILES, and gets ``{"process": ID}`` or ``{"error": TEXT}``;
    - the client may send ``{"signal": NUMBER}`` and ``{"kill": true}``;
    - when the kernel has ended, for whatever reason, the server sends its :class:`Death` and hangs up.

    If the client hangs up, its kernel is killed.
    """

    def __init__(self, listener: socket.socket):
        self._listener = listener
        self._selector = selectors.DefaultSelector()
        self._selector.register(listener, selectors.EVENT_READ)
        self._clients: list[_Client] = []
        self._next_look = 0.0
        self._has_served = False  # whether a kernel has come to its end

    def serve(self, settings: Settings) -> dict[str, int] | None:
        """Serve until nobody has asked for a while.

        Returns:
            None when it is over; in each fork that is to be a kernel, its open files by name.
        """
        idle_since = time.monotonic()
        while not (settings.once and self._has_served):
            for key, _ in self._selector.select(_SECONDS_BETWEEN_LOOKS if self._clients else settings.idle_seconds):
                if key.data is None:
                    self._accept()
                    continue
                try:
                    files = self._handle(key.data, key.fileobj)
                except Exception:  # what goes wrong with one kernel must not cost the others
                    traceback.print_exc()
                    self._hang_up(key.data)
                    continue
                if files is not None:
                    return files
            self._look()
            if self._clients:
                idle_since = time.monotonic()
            elif time.monotonic() - idle_since >= settings.idle_seconds:
                break
        return None

    def _handle(self, client: _Client, source: object) -> dict[str, int] | None:
        if client not in self._clients:
            return None  # gone, by an event that was handled a moment ago
        if source is client.connection:
            return self._hear(client)
        self._bury(client)
        return None

    def forget(self) -> None:
        """Close everything, in a fork."""
        self._selector.close()
        self._listener.close()
        for client in self._clients:
            client.connection.close()
            if client.ward:
                client.ward.forget()

    def _accept(self) -> None:
        connection, _ = self._listener.accept()
        connection.setblocking(False)
        client = _Client(connection)
        self._clients.append(client)
        self._selector.register(connection, selectors.EVENT_READ, client)
        self._send(client, {"ready": True})

    def _hear(self, client: _Client) -> dict[str, int] | None:
        try:
            message, files, _, _ = socket.recv_fds(client.connection, _LARGEST_MESSAGE, len(FILES))
        except BlockingIOError:
            return None
        except OSError:
            message, files = b"", []
        if not message:
            self._hang_up(client)
            return None
        request = json.loads(message)
        if client.ward is None:
            if len(files) != len(FILES):
                raise ValueError(f"a request came with {len(files)} files")
            return self._start(client, Limits(**request), files)
        if "signal" in request:
            client.ward.signal(request["signal"])
        else:
            client.ward.kill()
        return None

    def _start(self, client: _Client, limits: Limits, files: list[int]) -> dict[str, int] | None:
        try:
            process = self._fork(client, limits)
        except (OSError, SandboxError) as error:
            traceback.print_exc()
            self._send(client, {"error": str(error)})
        else:
            if process == 0:
                return dict(zip(FILES, files, strict=False))
            self._send(client, {"process": process})
        for file in files:
            os.close(file)
        return None

    def _fork(self, client: _Client, limits: Limits) -> int:
        enclosure = Enclosure(limits)
        try:
            process = fork_into(enclosure, limits)
        except OSError:
            enclosure.kill()
            enclosure.close()
            raise
        if process:
            client.ward = _Ward(process, enclosure, limits)
            self._selector.register(client.ward.pidfd, selectors.EVENT_READ, client)
        return process

    def _look(self) -> None:
        now = time.monotonic()
        if now < self._next_look:
            return
        self._next_look = now + _SECONDS_BETWEEN_LOOKS
        for client in self._clients:
            if client.ward:
                client.ward.look()

    def _bury(self, client: _Client) -> None:
        assert client.ward
        self._selector.unregister(client.ward.pidfd)
        self._send(client, asdict(client.ward.bury()))
        client.ward = None
        self._hang_up(client)

    def _hang_up(self, client: _Client) -> None:
        if client.connection.fileno() >= 0:
            self._selector.unregister(client.connection)
            client.connection.close()
        if client.ward:
            client.ward.kill()  # and it is buried when it has ended
        elif client in self._clients:
            self._clients.remove(client)
            self._has_served = True

    def _send(self, client: _Client, message: dict[str, object]) -> None:
        with contextlib.suppress(OSError):  # it has hung up
            client.connection.send(json.dumps(message).encode())


def main() -> None:
    """Serve until nobody has asked for a while."""
    path, ready = sys.argv[1], int(sys.argv[2])
    settings = Settings(**json.loads(sys.argv[3]))
    adopt_orphans()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with tempfile.TemporaryDirectory(prefix="course-fork-server-") as scratch:
        app = _prepare(scratch, settings.preload)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    listener.bind(path)
    listener.listen(128)
    os.close(ready)
    server = _Server(listener)
    files = server.serve(settings)
    if files is None:
        os.unlink(path)
        return
    server.forget()
    del server, listener
    live(app, files)


def _prepare(scratch: str, libraries: Iterable[str]) -> StudentKernelApp:
    """Load what every kernel needs, with the folders that libraries write to in ``scratch``."""
    for name in ("IPYTHONDIR", "MPLCONFIGDIR", "TMPDIR"):
        os.environ[name] = scratch
    app = StudentKernelApp.instance()
    app.prepare()
    for library in libraries:  # after IPython: Matplotlib, for one, looks whether it is there
        try:
            load_library(library)
        except Exception:  # whoever imports it will see why
            traceback.print_exc()
    _draw_once()
    forget_imports()
    gc.collect()
    gc.freeze()  # a collection in a fork would copy every page
    gc.disable()
    return app


def _draw_once() -> None:
    """Have Matplotlib find its fonts and load its renderer, which it does with its first figure only."""
    if "matplotlib.backends.backend_agg" in sys.modules:
        figure = sys.modules["matplotlib.figure"].Figure()
        figure.subplots().set_title("x")
        figure.savefig(io.BytesIO(), format="png", bbox_inches="tight")


if __name__ == "__main__":
    main()
