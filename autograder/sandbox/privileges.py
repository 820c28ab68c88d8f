"""Joining a sandbox's namespaces, and giving up every privilege, with the system calls that Python lacks.

The order in a forked child is :func:`join`, a second fork (a process cannot move itself into another PID
namespace, only its children), then :func:`drop`.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
from collections.abc import Mapping, Sequence

from autograder.sandbox.command import USER_ID

_CLONE_NEWUSER = 0x10000000
_NS_GET_USERNS = 0xB701
_PR_SET_DUMPABLE = 4
_PR_CAPBSET_DROP = 24
_PR_SET_CHILD_SUBREAPER = 36
_PR_SET_NO_NEW_PRIVS = 38
_PR_CAP_AMBIENT = 47
_PR_CAP_AMBIENT_CLEAR_ALL = 4
_CAPABILITY_VERSION_3 = 0x20080522
_CAP_NET_ADMIN = 12  # bubblewrap sets up the loopback device
_CAP_SYS_ADMIN = 21
_HIGHEST_USER = 2_000_000_000

_libc = ctypes.CDLL(None, use_errno=True)


def is_real_root() -> bool:
    """Tell whether this process may make and join namespaces without a user namespace, and become another user."""
    if os.geteuid() != 0:
        return False
    with open("/proc/self/status", encoding="ascii") as status:
        effective = next(int(line.split()[1], 16) for line in status if line.startswith("CapEff:"))
    return all(effective >> needed & 1 for needed in (_CAP_SYS_ADMIN, _CAP_NET_ADMIN)) and _mapped_users() > USER_ID


def is_root_of_machine() -> bool:
    """Tell whether user 0 is the machine's own, and not what a user namespace calls a normal user."""
    with open("/proc/self/uid_map", encoding="ascii") as lines:
        return lines.readline().split()[:2] == ["0", "0"]


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ends."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def owner_of(namespace: int) -> int:
    """Return an open file: the user namespace that has the say over ``namespace``."""
    return fcntl.ioctl(namespace, _NS_GET_USERNS)


def join(namespaces: Mapping[str, int]) -> None:
    """Move this process, which must have one thread, into ``namespaces`` (name -> open file), in their order.

    Only children get into a PID namespace.

    Raises:
        OSError: if the kernel refuses.
    """
    for name, file in namespaces.items():
        if os.stat(f"/proc/self/ns/{name}").st_ino != os.fstat(file).st_ino:
            _check(_libc.setns(file, 0), f"join the {name} namespace")


def unprivileged_user(number: int) -> int:
    """Return a user id that belongs to nobody else as long as ``number`` is a process id in use."""
    highest = min(_HIGHEST_USER, _mapped_users() - 1)
    return highest - number % (highest - USER_ID)


def drop(proc: int, user: int | None) -> None:
    """Give up every privilege, for good.

    Afterwards the process runs as an unprivileged user in a user namespace in which no more namespaces can be made.

    Args:
        proc: an open folder: the /proc from before :func:`join`, as the sandbox's own cannot be written.
        user: the user that root is to become; None if this process is not root's.

    Raises:
        OSError: if the kernel refuses.
    """
    if user is not None:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    _show_itself()
    _enter_own_user_namespace()
    _write("sys/user/max_user_namespaces", "0", proc)
    _prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL)
    for capability in range(64):
        if _libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0) != 0:
            break  # the kernel knows no more of them
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    _check(_libc.capset(header, (ctypes.c_uint32 * 6)()), "drop capabilities")
    _show_itself()


def _enter_own_user_namespace() -> None:
    """Move into a new user namespace that knows one user: this process's own, under another number."""
    user, group = os.geteuid(), os.getegid()
    _check(_libc.unshare(_CLONE_NEWUSER), "make a user namespace")
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{USER_ID} {user} 1")
    _write("/proc/self/gid_map", f"{USER_ID} {group} 1")


def _show_itself() -> None:
    """Undo that a change of privileges gives /proc/self to root: this process and its libraries need it."""
    _prctl(_PR_SET_DUMPABLE, 1)


def _mapped_users() -> int:
    """Return how many user ids there are in this user namespace, counted from 0."""
    with open("/proc/self/uid_map", encoding="ascii") as lines:
        first, _, count = map(int, lines.readline().split())
    return count if first == 0 else 0


def close_files(keep: Sequence[int]) -> None:
    """Close every open file of this process but ``keep`` and the three standard streams."""
    start = 3
    for file in sorted({*keep}):
        os.closerange(start, file)
        start = file + 1
    os.closerange(start, os.sysconf("SC_OPEN_MAX"))


def _write(path: str, text: str, folder: int | None = None) -> None:
    file = os.open(path, os.O_WRONLY, dir_fd=folder)
    try:
        os.write(file, text.encode("ascii"))
    finally:
        os.close(file)


def _prctl(option: int, value: int) -> None:
    _check(_libc.prctl(option, value, 0, 0, 0), f"prctl {option}")


def _check(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"cannot {what}: {os.strerror(number)}")
