"""A process with nbgrader imported, which runs each grading command in a fork of itself.

    python -m autograder.grading.desk SOCKET

:mod:`autograder.command` is the other side. Nothing of one command is left for the next.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import pkgutil
import selectors
import signal
import socket
import sys
import threading
import traceback
from typing import Any

import nbformat
import typer
from nbformat.v4 import new_notebook
from sqlalchemy.orm import configure_mappers

from autograder.warm_server import IDLE_SECONDS, reap, receive

_PRELOADED = ("autograder.grading", "autograder.build", "autograder.feedback", "autograder.lesson")
_ALSO_PRELOADED = ("nbgrader.converters", "rich.progress", "rich.table", "typer.rich_utils")


def main() -> None:
    """Serve on the Unix socket named on the command line until nobody has asked for a while."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(sys.argv[1])
    listener.listen()
    _import_everything()
    _rehearse()
    gc.collect()
    gc.freeze()  # a collection in a fork would copy every page
    signal.signal(signal.SIGCHLD, reap)
    selector = selectors.DefaultSelector()
    selector.register(listener, selectors.EVENT_READ)
    while selector.select(IDLE_SECONDS):
        connection, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            selector.close()
            _run_and_exit(connection)
        connection.close()


def _import_everything() -> None:
    for package in map(importlib.import_module, _PRELOADED):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    for name in _ALSO_PRELOADED:
        importlib.import_module(name)


def _rehearse() -> None:
    """Have the libraries do once what they put off until they are first used."""
    configure_mappers()
    notebook = new_notebook()
    nbformat.validate(notebook)
    nbformat.validate(notebook, relax_add_props=True)
    command = typer.Typer()
    command.command()(_command)
    command([], standalone_mode=False)


def _command(words: list[str] | None = None, number: int | None = None, flag: bool = False) -> None:
    pass


def _run_and_exit(connection: socket.socket) -> None:
    """Run the command that the connection brings, in the caller's terminal, folder and environment."""
    code = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        request = _take_over(connection)
        threading.Thread(target=_follow, args=(connection,), daemon=True).start()
        from autograder.cli import app  # only now: it looks at the terminal

        app(request["arguments"], prog_name="course")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        with contextlib.suppress(OSError):  # the caller may be gone
            connection.sendall(bytes([code]))
        os._exit(code)


def _take_over(connection: socket.socket) -> dict[str, Any]:
    """Become the caller, as far as the command can tell."""
    size, descriptors, _, _ = socket.recv_fds(connection, 8, 3)
    if not size:
        os._exit(0)  # somebody only asked whether this process is there
    request: dict[str, Any] = json.loads(receive(connection, int.from_bytes(size, "big")))
    for number, descriptor in enumerate(descriptors):
        os.dup2(descriptor, number)
        os.close(descriptor)
    sys.stdin = os.fdopen(0, "r", closefd=False)
    sys.stdout = os.fdopen(1, "w", closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, closefd=False)
    os.environ.clear()
    os.environ.update(request["environment"])
    os.chdir(request["folder"])
    os.umask(request["umask"])
    return request


def _follow(connection: socket.socket) -> None:
    """Pass Ctrl-C on, and end when the caller does, as a command that was killed: grading can take that."""
    while connection.recv(1):
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
    os._exit(1)


if __name__ == "__main__":
    main()
