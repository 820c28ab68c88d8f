"""Whether there can be a sandbox here and, if not, what to do about it."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

from autograder.sandbox.privileges import is_real_root, is_root_of_machine

_SECTION = 'README.md, "Grading on macOS, Windows, or a Linux without bubblewrap"'
_SECONDS = 30


class NoSandbox(Exception):
    """Submissions cannot be run here, because there is no sandbox for them; the text says why and what to do."""


@functools.cache
def sandbox_problem() -> str | None:
    """Return why no sandbox can be had here, with what to do about it; None if one can.

    It is found out by making one, once per process.
    """
    if sys.platform != "linux":
        system = "macOS" if sys.platform == "darwin" else sys.platform
        return (
            f"Submissions run in a sandbox, and the sandbox needs Linux; this is {system}. Lessons work here all "
            f"the same. Mend: grade in a container or a virtual machine; {_SECTION}, has the commands for "
            "Docker and podman."
        )
    if os.geteuid() == 0 and not is_real_root() and is_root_of_machine():
        return (
            "This is root without the right to make namespaces, and the kernel limits no number of root's processes. "
            f"Mend: be a normal user (in a container: `--user`): {_SECTION}."
        )
    if shutil.which("bwrap") is None:
        return "The program bwrap is not there. Mend: `sudo apt install bubblewrap` (0.8 or newer)."
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
    if _setting("/proc/sys/user/max_user_namespaces") == "0":
        return "Mend: `sudo sysctl -w user.max_user_namespaces=10000`."
    if _setting("/proc/sys/kernel/unprivileged_userns_clone") == "0" and os.getuid() != 0:
        return "Mend: `sudo sysctl -w kernel.unprivileged_userns_clone=1`."
    # Before AppArmor: a container shows the host's setting, but its own filter of system calls comes first.
    if Path("/.dockerenv").exists() or Path("/run/.containerenv").exists():
        return (
            "Mend: start the container as a normal user (`--user`) with `--security-opt seccomp=unconfined "
            "--security-opt systempaths=unconfined --security-opt apparmor=unconfined --security-opt label=disable`: "
            f"{_SECTION}. A host with kernel.apparmor_restrict_unprivileged_userns=1 must set that to 0 as well."
        )
    if _setting("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == "1":
        return "Mend: `sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`; in /etc/sysctl.d/ it lasts."
    return f"Mend: allow user namespaces to normal users, or grade in a container: {_SECTION}."


def _setting(path: str) -> str | None:
    try:
        return Path(path).read_text(encoding="ascii").strip()
    except OSError:
        return None
