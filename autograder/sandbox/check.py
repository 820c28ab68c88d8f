"""Whether there can be a sandbox here and, if not, what to do about it."""

from __future__ import annotations

import functools
import shutil
import subprocess
import sys
from pathlib import Path

_CONTAINER = (
    "Mend: grade in a Linux container or virtual machine, for example "
    "`docker run --privileged -v .:/course -w /course python:3.12 ...` with `apt install bubblewrap` in it."
)
_SECONDS = 30


class NoSandbox(Exception):
    """Submissions cannot be run here, because there is no sandbox for them; the text says why and what to do."""


@functools.cache
def sandbox_problem() -> str | None:
    """Return why no sandbox can be had here, with what to do about it; None if one can.

    It is found out by making one, once per process.
    """
    if sys.platform != "linux":
        return f"Sandboxes need Linux; this is {sys.platform}. {_CONTAINER}"
    if shutil.which("bwrap") is None:
        return "The program bwrap is not there. Mend: `apt install bubblewrap` (0.8 or newer)."
    probe = subprocess.run(
        [sys.executable, "-P", "-m", "autograder.sandbox.probe"],
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        stdin=subprocess.DEVNULL,
    )
    if probe.returncode == 0:
        return None
    reason = (probe.stderr.strip().splitlines() or ["it cannot be entered"])[-1]
    return f"A sandbox could not be made: {reason}. {_mend(probe.stderr)}"


def _mend(message: str) -> str:
    if "nknown option" in message:
        return "Mend: install a newer bubblewrap, 0.8 or later."
    if _setting("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == "1":
        return "Mend: `sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`."
    if _setting("/proc/sys/kernel/unprivileged_userns_clone") == "0":
        return "Mend: `sudo sysctl -w kernel.unprivileged_userns_clone=1`."
    if _setting("/proc/sys/user/max_user_namespaces") == "0":
        return "Mend: `sudo sysctl -w user.max_user_namespaces=10000`."
    return "Mend: allow namespaces; in a container that is `--privileged`, or seccomp=unconfined and CAP_SYS_ADMIN."


def _setting(path: str) -> str | None:
    try:
        return Path(path).read_text(encoding="ascii").strip()
    except OSError:
        return None
