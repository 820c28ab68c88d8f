"""The examiners' server: a process that has the heavy libraries imported and forks an examiner per submission.

It works in three steps, so that each cost is paid once: the server imports the libraries; for each
assignment it forks a process that runs the instructor's cells; that one forks an examiner for each
submission, which starts with everything in place and leaves nothing behind.

    python -m autograder.examiner.server SOCKET
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import json
import os
import pickle
import selectors
import shutil
import signal
import socket
import sys
import tempfile
import threading
import traceback
from collections import OrderedDict
from collections.abc import Iterable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.provisioning.factory import KernelProvisionerFactory

from autograder.examiner.examination import Examination, Job
from autograder.examiner.set_up import SetUp, read_set_up
from autograder.examiner.sitting import Sitting
from autograder.sandbox import sandbox_problem
from autograder.warm_server import IDLE_SECONDS, reap, receive

_PRELOADED = ("cv2", "matplotlib.pyplot", "numpy", "PIL.Image", "torch", "transformers")
_MOST_ASSIGNMENTS = 4


def main() -> None:
    """Serve on the Unix socket named on the command line until nobody has asked for a while."""
    # Nothing that a submission brings along, or that lies in the starter's folder, may be imported here.
    sys.path[:] = [entry for entry in sys.path if entry not in ("", os.getcwd())]
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(sys.argv[1])
    listener.listen(128)
    for module in _PRELOADED:
        importlib.import_module(module)
    torch = sys.modules["torch"]
    torch.set_num_threads(1)  # a pool of threads does not survive a fork
    sys.modules["cv2"].setNumThreads(1)
    # Found out once, here, and remembered in every fork.
    sandbox_problem()
    KernelProvisionerFactory.instance()
    gc.collect()
    gc.freeze()  # a collection in a fork would copy every page
    _Server(listener).serve()


class _Server:
    """Accepts requests and hands each to the process of its assignment."""

    def __init__(self, listener: socket.socket):
        self._listener = listener
        self._assignments: OrderedDict[str, socket.socket] = OrderedDict()

    def serve(self) -> None:
        signal.signal(signal.SIGCHLD, reap)
        selector = selectors.DefaultSelector()
        selector.register(self._listener, selectors.EVENT_READ)
        while selector.select(IDLE_SECONDS):
            client, _ = self._listener.accept()
            with client, contextlib.suppress(OSError, EOFError):
                client.settimeout(10)
                self._dispatch(client)

    def _dispatch(self, client: socket.socket) -> None:
        key = client.recv(64, socket.MSG_WAITALL).decode()
        if key not in self._assignments or not self._hand_over(client, key):
            client.sendall(b"?")
            size = int.from_bytes(client.recv(8, socket.MSG_WAITALL), "big")
            assignment = pickle.loads(receive(client, size))
            self._start(key, assignment)
            self._hand_over(client, key)

    def _hand_over(self, client: socket.socket, key: str) -> bool:
        self._assignments.move_to_end(key)
        try:
            socket.send_fds(self._assignments[key], [b"!"], [client.fileno()])
        except OSError:  # the assignment's process is gone
            self._assignments.pop(key).close()
            return False
        return True

    def _start(self, key: str, assignment: Examination) -> None:
        while len(self._assignments) >= _MOST_ASSIGNMENTS:
            self._assignments.popitem(last=False)[1].close()
        ours, theirs = socket.socketpair()
        if os.fork() == 0:
            _leave_parent_behind([self._listener, ours, *self._assignments.values()])
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # the instructor's cells may wait for programs of their own
            _run_and_exit(lambda: _AssignmentProcess(assignment, theirs).serve())
        theirs.close()
        self._assignments[key] = ours


class _AssignmentProcess:
    """Has run the instructor's cells of one assignment, and forks an examiner per submission."""

    def __init__(self, assignment: Examination, server: socket.socket):
        self._assignment = assignment
        self._server = server
        self._namespace: dict[str, Any] = {}
        self._states: dict[str, dict[str, Any]] = {}
        self._problem = ""
        with tempfile.TemporaryDirectory(prefix="course-setup-") as folder:
            _write_files(Path(folder), assignment.files)
            os.chdir(folder)
            try:
                self._set_up = read_set_up(nbformat.reads(assignment.source.decode(), as_version=4))
                self._run_cells(self._set_up)
            except BaseException as error:  # the instructor's own cells; whatever is wrong is reported for each job
                self._problem = "".join(traceback.format_exception(error))
            os.chdir("/")
        gc.collect()
        gc.freeze()

    def serve(self) -> None:
        """Fork an examiner for each connection that the server passes on, until the server is gone."""
        signal.signal(signal.SIGCHLD, reap)
        while True:
            message, descriptors, _, _ = socket.recv_fds(self._server, 1, 1)
            if not message:
                return
            client = socket.socket(fileno=descriptors[0])
            if os.fork() == 0:
                _leave_parent_behind([self._server])
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                _run_and_exit(lambda client=client: self._examine(client))
            client.close()

    def _run_cells(self, set_up: SetUp) -> None:
        from IPython.core.interactiveshell import InteractiveShell

        shell = InteractiveShell.instance(user_ns=self._namespace, history_length=0)  # for magics in these cells
        self._namespace = shell.user_ns
        positions = {cell.position for cell in set_up.cells_to_run}
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            for cell in set_up.cells:
                if cell.is_test:
                    self._states[cell.grade_id] = dict(self._namespace)
                if cell.position in positions:
                    exec(compile(cell.source, f"<cell {cell.position}>", "exec"), self._namespace)

    def _examine(self, client: socket.socket) -> None:
        client.settimeout(None)
        client.sendall(b"!")
        connection = Connection(client.detach())
        job: Job = connection.recv()
        if self._problem:
            connection.send(("problem", f"The cells of {self._assignment.lesson} cannot be run:\n{self._problem}"))
            return
        with tempfile.TemporaryDirectory(prefix="course-exam-") as folder:
            _end_with_client(connection, folder)
            mine, theirs = Path(folder, "examiner"), Path(folder, "student")
            _write_files(mine, self._assignment.files)
            _write_files(theirs, (*job.files, *self._assignment.files))
            os.chdir(mine)
            notebook = nbformat.from_dict(json.loads(job.notebook))
            try:
                Sitting(self._set_up, self._states, self._namespace, job.settings).examine(notebook, theirs)
                connection.send(("examined", json.dumps(notebook)))
            except Exception as error:
                connection.send(("problem", "".join(traceback.format_exception(error))))
            os.chdir("/")


def _end_with_client(connection: Connection, folder: str) -> None:
    """End this process, and with it the kernel, when nobody waits for the result any more."""

    def watch() -> None:
        connection.poll(None)  # nothing more is ever sent, so this is the end of the connection
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _write_files(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _leave_parent_behind(sockets: Iterable[socket.socket]) -> None:
    for inherited in sockets:
        inherited.close()


def _run_and_exit(work: Any) -> None:
    """Run ``work`` in a forked process, and never return into the parent's code."""
    try:
        work()
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)


if __name__ == "__main__":
    main()
