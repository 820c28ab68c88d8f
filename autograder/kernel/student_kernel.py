"""The kernel that runs a student's code: ipykernel's own, in two steps.

:class:`StudentKernelApp` is prepared once, before a fork, as far as that goes without threads and sockets;
each fork then runs it. Its sockets are made by the trusted side and handed to it as open files.
"""

from __future__ import annotations

import atexit
import logging
import os
import sys
from collections.abc import Mapping
from typing import Any

import zmq
from ipykernel.heartbeat import Heartbeat
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from IPython.core.profiledir import ProfileDir
from jupyter_client.session import Session
from traitlets import Type
from traitlets.config import Config
from zmq.eventloop.zmqstream import ZMQStream

from autograder.examiner import ANSWER
from autograder.kernel.student_files import CHANNELS


class _NoDebugger:
    """In the place of ipykernel's debugger, which nobody uses here: it would need sockets of its own."""

    def __init__(self, *_: Any):
        pass


class StudentKernel(IPythonKernel):
    """ipykernel's kernel, which also answers the examiner.

    Attributes:
        call_socket: the connection to the examiner.
    """

    debugger_class = Type(_NoDebugger)
    call_socket: Any = None

    async def do_execute(self, code: str, silent: bool, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Run a cell; or, if ``code`` is the examiner's word for it, answer the examiner's calls."""
        if code != ANSWER:
            return await super().do_execute(code, silent, *args, **kwargs)
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        from autograder.examiner.answer import answer

        shell: Any = self.shell
        reply: dict[str, Any] = {"status": "ok", "payload": [], "user_expressions": {}}
        try:
            answer(self.call_socket, shell.user_ns)
        except BaseException as error:  # the student's code may raise whatever it likes
            shell.showtraceback()
            reply = {"status": "error", "ename": type(error).__name__, "evalue": str(error), "traceback": []}
        shell.events.trigger("post_execute")  # figures that the calls have drawn belong to this cell
        reply["execution_count"] = shell.execution_count
        shell.execution_count += 1
        return reply


def _show_figures() -> None:
    """Show the figures that a cell has left open, if Jupyter's backend for them is in use."""
    if "matplotlib_inline.backend_inline" in sys.modules:
        sys.modules["matplotlib_inline.backend_inline"].flush_figures()


class _HandedHeartbeat(Heartbeat):
    """A heartbeat on a socket that is open already."""

    def __init__(self, context: zmq.Context[Any], listener: int):
        super().__init__(context, ("ipc", "student", CHANNELS.index("hb") + 1))
        self._listener = listener

    def _try_bind_socket(self) -> None:
        self.socket.setsockopt(zmq.USE_FD, self._listener)
        super()._try_bind_socket()


class StudentKernelApp(IPKernelApp):
    """The kernel's program, in two steps: :meth:`prepare` before the fork, :meth:`run` after it."""

    kernel_class: Any = Type(StudentKernel, klass="ipykernel.kernelbase.Kernel")

    def prepare(self) -> None:
        """Make everything that needs neither threads nor sockets nor a home folder.

        IPython writes a little into the folder that the environment variable ``IPYTHONDIR`` names.
        """
        # No history file: nobody reads it, and SQLite would need a thread.
        self.update_config(Config({"HistoryManager": {"enabled": False}}))
        self.log_level = logging.ERROR  # it would warn that there is no debugger
        self.ignore_cwd = False
        self.transport = "ipc"
        self.ip = "student"
        self.init_pdb()
        self.kernel = self.kernel_class.instance(parent=self, log=self.log)
        self.init_shell()
        # Before pyplot's own callback, which draws every figure only for this one to draw and close it again.
        self.kernel.shell.events.register("post_execute", _show_figures)
        self.init_extensions()

    def run(self, key: bytes, listeners: Mapping[str, int], call_socket: Any, home: str) -> None:
        """Be the kernel until it is told to shut down.

        Args:
            key: what messages are signed with.
            listeners: channel -> open file of a listening Unix socket.
            call_socket: the connection to the examiner.
            home: the student's home folder.
        """
        self._listeners = listeners
        for number, channel in enumerate(CHANNELS, start=1):
            setattr(self, f"{channel}_port", number)
        self.session = Session(parent=self, key=key)
        self.init_sockets()
        self.init_heartbeat()
        self._ports = {channel: getattr(self, f"{channel}_port") for channel in CHANNELS}
        self.init_io()
        self.init_signal()
        self._connect_kernel(call_socket)
        self._settle_in(home)
        self.start()
        atexit._run_exitfuncs()

    def _try_bind_socket(self, s: Any, port: int) -> int:
        s.setsockopt(zmq.USE_FD, self._listeners[CHANNELS[port - 1]])
        return super()._try_bind_socket(s, port)

    def init_control(self, context: zmq.Context[Any]) -> None:
        """Make the control channel, without the debugger's sockets and the threads for subshells."""
        from ipykernel.control import ControlThread

        self.control_socket = context.socket(zmq.ROUTER)
        self.control_socket.linger = 1000
        self.control_port = self._bind_socket(self.control_socket, self.control_port)
        self.control_socket.router_handover = 1
        self.control_thread = ControlThread(daemon=True)

    def init_heartbeat(self) -> None:
        """Start the heart beating."""
        self.heartbeat = _HandedHeartbeat(zmq.Context(), self._listeners["hb"])
        self.heartbeat.start()

    def _connect_kernel(self, call_socket: Any) -> None:
        """Do what ipykernel does while it makes kernel and shell, now that there are sockets."""
        kernel = self.kernel
        shell = kernel.shell
        kernel.session = self.session
        kernel.shell_stream = ZMQStream(self.shell_socket)
        kernel.control_stream = ZMQStream(self.control_socket, self.control_thread.io_loop)
        kernel.control_thread = self.control_thread
        kernel.iopub_thread = self.iopub_thread
        kernel.iopub_socket = self.iopub_socket
        kernel.stdin_socket = self.stdin_socket
        kernel._stdout, kernel._stderr = sys.stdout, sys.stderr
        kernel.call_socket = call_socket
        kernel.record_ports({f"{channel}_port": port for channel, port in self._ports.items()})
        for publisher in (shell.displayhook, shell.display_pub):
            publisher.session = self.session
            publisher.pub_socket = self.iopub_socket
        shell.displayhook.topic = kernel._topic("execute_result")
        self.displayhook.get_execution_count = lambda: kernel.execution_count
        self.control_thread.start()

    def _settle_in(self, home: str) -> None:
        folder = os.path.join(home, ".ipython")
        os.makedirs(folder, mode=0o700)
        self.kernel.shell.ipython_dir = folder
        self.kernel.shell.profile_dir = ProfileDir.create_profile_dir(os.path.join(folder, "profile_default"))
        # Modules beside the notebook can be imported, but never in the place of a library.
        sys.path.append("")
