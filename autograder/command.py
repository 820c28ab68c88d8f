"""The program ``course``: hands ``course grade`` to a process that has everything imported, and runs the rest itself.

Importing nbgrader takes longer than grading a submission. This module imports next to nothing.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
from typing import NoReturn

from autograder.warm_server import WarmServer, WarmServerError

DESK = WarmServer("grading", "autograder.grading.desk")
"""Runs grading commands for this user: see :mod:`autograder.grading.desk`."""

_STOPPED = 130  # by Ctrl-C: autograder.cli.console.Exit.STOPPED


def main() -> None:
    """Run the command line."""
    if sys.argv[1:2] == ["grade"]:
        try:
            connection = DESK.connect()
        except (OSError, WarmServerError):
            pass  # it only saves time
        else:
            sys.exit(run_at_desk(connection, sys.argv[1:]))
    _run_here()


def _run_here() -> NoReturn:
    from autograder.cli import app

    code: int | str | None = 0
    try:
        app()
    except SystemExit as end:
        code = end.code
    if code == _STOPPED:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(_STOPPED)  # examinations that are under way end with this process: nobody waits for them
    sys.exit(code)


def run_at_desk(connection: socket.socket, arguments: list[str]) -> int:
    """Have a command run with this process's terminal, folder and environment; return its exit code.

    Ctrl-C is passed on. If this process ends, so does the command.

    Args:
        connection: a connection to the server, which is closed.
        arguments: the command line without the program's name.
    """
    umask = os.umask(0)
    os.umask(umask)
    request = {"arguments": arguments, "folder": os.getcwd(), "environment": dict(os.environ), "umask": umask}
    data = json.dumps(request).encode()
    with connection:
        socket.send_fds(connection, [len(data).to_bytes(8, "big")], [0, 1, 2])
        connection.sendall(data)
        before = signal.signal(signal.SIGINT, lambda *_: connection.sendall(b"i"))
        try:
            answer = connection.recv(1)
        except ConnectionError:
            answer = b""
        finally:
            signal.signal(signal.SIGINT, before)
    if not answer:
        print(f"The command ended before its time. Mend: run it again; {DESK.log} may say why.", file=sys.stderr)
    return answer[0] if answer else 1
