"""A process that answers as a student's kernel does, without Jupyter."""

from __future__ import annotations

import contextlib
import linecache
import os
import signal
import socket
import textwrap
import time
from collections.abc import Iterator, Mapping
from typing import Any

from autograder.examiner.answer import answer
from autograder.examiner.channel import Channel, Stopped
from autograder.examiner.limits import WireLimits


class Student:
    """The process and the examiner's channel to it."""

    def __init__(self, channel: Channel, pid: int):
        self.channel = channel
        self.pid = pid

    def __getattr__(self, name: str) -> Any:
        return self.channel.stand_in(name)

    def interrupt(self) -> None:
        os.kill(self.pid, signal.SIGINT)


@contextlib.contextmanager
def student(
    source: str,
    *,
    seconds_per_call: float = 10.0,
    limits: WireLimits | None = None,
    namespace: Mapping[str, Any] | None = None,
) -> Iterator[Student]:
    """Run ``source`` as a cell in a process of its own and let it answer."""
    source = textwrap.dedent(source)
    here, there = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        try:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            here.close()
            linecache.cache["<cell 1>"] = (len(source), None, source.splitlines(keepends=True), "<cell 1>")
            cell = {"__name__": "__main__", "call_socket": there}
            exec(compile(source, "<cell 1>", "exec"), cell)
            answer(there, cell, limits)
        finally:
            os._exit(0)
    there.close()
    channel = Channel(here, seconds_per_call=seconds_per_call, limits=limits, namespace=namespace)
    try:
        yield Student(channel, pid)
        with contextlib.suppress(Stopped):
            channel.bye()
            _wait(pid)
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        here.close()


def _wait(pid: int) -> None:
    """Wait a moment for a process to end."""
    for _ in range(100):
        if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
            return
        time.sleep(0.01)
