"""One sandbox: started by bubblewrap, entered by a fork of this process, measured and ended from outside."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess

from autograder.sandbox.command import HOME, bwrap_command
from autograder.sandbox.limits import Limits
from autograder.sandbox.privileges import is_real_root, owner_of, unprivileged_user

_SECONDS_TO_START = 10
_NAMESPACES = ("cgroup", "ipc", "uts", "net", "pid", "mnt")  # "mnt" last: joining it hides the files of the others
_WRITABLE = (HOME, "/tmp", "/dev/shm")


class SandboxError(Exception):
    """Bubblewrap could not make a sandbox; the text is what it said."""


class Enclosure:
    """A running sandbox, empty but for its init process.

    It ends with :meth:`kill`, and with the thread that made it.

    Raises:
        SandboxError: if bubblewrap cannot make it.
    """

    def __init__(self, limits: Limits):
        as_root = is_real_root()
        info, info_end = os.pipe()
        try:
            self._bwrap = subprocess.Popen(
                bwrap_command(limits, info=info_end, private_users=not as_root),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=(info_end,),
                bufsize=0,
                env={"PATH": os.defpath},
                cwd="/",
            )
        except OSError as error:
            os.close(info)
            raise SandboxError(f"bwrap cannot be started: {error}") from None
        finally:
            os.close(info_end)
        self._files: list[int] = [info]
        self._init: int | None = None
        try:
            self._wait_until_mounted()
            init = int(json.loads(os.read(info, 4096))["child-pid"])
            self._init = os.pidfd_open(init)
            self._files.append(self._init)
            self.user = unprivileged_user(init) if as_root else None
            namespaces = {name: self._open(init, f"ns/{name}") for name in _NAMESPACES}
            # Not the user namespace of the init process itself: bubblewrap makes a second one inside the first.
            self._files.append(owner_of(namespaces["mnt"]))
            # It comes first, because joining the others needs the rights that it gives.
            self.namespaces = {"user": self._files[-1], **namespaces}
            # Opened before anything untrusted runs: later, these paths would lead where the sandbox likes.
            self.proc = self._open(init, "root/proc")
            self.writable = [self._open(init, f"root{folder}") for folder in _WRITABLE]
        except BaseException:
            self.kill()
            self.close()
            raise

    def _wait_until_mounted(self) -> None:
        assert self._bwrap.stdin and self._bwrap.stdout and self._bwrap.stderr
        with contextlib.suppress(BrokenPipeError):
            self._bwrap.stdin.write(b"?")
        if select.select([self._bwrap.stdout], [], [], _SECONDS_TO_START)[0] and self._bwrap.stdout.read(1) == b"?":
            return
        self._bwrap.kill()
        raise SandboxError(self._bwrap.stderr.read().decode(errors="replace").strip() or "bwrap does not answer")

    def _open(self, process: int, path: str) -> int:
        file = os.open(f"/proc/{process}/{path}", os.O_RDONLY | os.O_CLOEXEC)
        self._files.append(file)
        return file

    def kill(self) -> None:
        """End every process in the sandbox at once; what was forked into it must still be waited for by its parent."""
        if self._init is None:
            self._bwrap.kill()
        else:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._init, signal.SIGKILL)

    def close(self) -> None:
        """Wait for the end after :meth:`kill`, and free everything."""
        self._bwrap.wait()
        self.forget()

    def forget(self) -> None:
        """Close every file that this object holds; in a fork, this leaves the sandbox alone."""
        for file in self._files:
            os.close(file)
        self._files.clear()
        for stream in (self._bwrap.stdin, self._bwrap.stdout, self._bwrap.stderr):
            if stream:
                stream.close()
        self._bwrap.returncode = self._bwrap.returncode or 0  # or Python would complain of a lost child process
