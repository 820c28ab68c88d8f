"""The bubblewrap command: which files a sandbox shows."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import autograder
from autograder.sandbox.limits import Limits

HOME = "/home/learner"
WORK = f"{HOME}/work"
USER_ID = 1000  # what getuid() says inside
HOST_NAME = "course"

# Configuration that C libraries read. Nothing in it is secret.
_ETC = ("alternatives", "fonts", "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "localtime", "mime.types")


def bwrap_command(limits: Limits, *, info: int, private_users: bool) -> list[str]:
    """Return the command that makes a sandbox and keeps it until its standard input ends.

    Args:
        limits: what the sandbox may use.
        info: open file to which bubblewrap writes the process id of the sandbox's init, as JSON.
        private_users: whether the sandbox gets a user namespace of its own. Root needs none.
    """
    users = ["--unshare-user"] if private_users else []
    return [
        "bwrap",
        *("--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try", *users),
        *("--die-with-parent", "--new-session", "--clearenv", "--hostname", HOST_NAME, "--info-fd", str(info)),
        *_system(),
        *("--proc", "/proc", "--dev", "/dev"),
        # How many processors there are: thread pools ask.
        *_reachable("/sys/devices/system/cpu"),
        *("--ro-bind-try", "/sys/devices/system/cpu", "/sys/devices/system/cpu"),
        *_writable("/dev/shm", limits.disk_bytes),
        *_writable("/tmp", limits.disk_bytes),
        *_writable(HOME, limits.disk_bytes),
        # After the writable folders: the environment may lie in one of them, as when it was made below /tmp.
        *_python(),
        *("--remount-ro", "/dev", "--remount-ro", "/"),
        # Echoes one byte when everything is mounted, then sleeps until it is no longer needed.
        *("--chdir", "/", "/bin/cat"),
    ]


def _system() -> Iterator[str]:
    yield from ("--ro-bind", "/usr", "/usr")
    for name in ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"):
        if os.path.islink(name):
            yield from ("--symlink", os.readlink(name), name)
        elif os.path.isdir(name):
            yield from ("--ro-bind", name, name)
    yield from ("--dir", "/etc")
    for name in _ETC:
        yield from ("--ro-bind-try", f"/etc/{name}", f"/etc/{name}")


def _python() -> Iterator[str]:
    """Yield what shows the interpreter, its packages and this package, and nothing of the course around them."""
    package = str(Path(autograder.__file__).parent)
    shown: list[Path] = [Path("/usr")]
    for folder in sorted({sys.base_prefix, sys.base_exec_prefix, sys.prefix, sys.exec_prefix, package}):
        if not any(Path(folder).is_relative_to(parent) for parent in shown):
            shown.append(Path(folder))
            yield from _reachable(folder)
            yield from ("--ro-bind", folder, folder)


def _reachable(path: str) -> Iterator[str]:
    """Yield what makes the folders that lead to ``path``; bubblewrap would make them for its own user alone."""
    for parent in reversed(Path(path).parents[:-1]):
        yield from ("--dir", str(parent))


def _writable(folder: str, size: int) -> tuple[str, ...]:
    # Everybody may write: there is one user inside, and which one is decided later.
    return ("--perms", "0777", "--size", str(size), "--tmpfs", folder)
