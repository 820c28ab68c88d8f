"""Cut this process, and every process it starts, off the network.

On Linux the process moves into a network namespace of its own that has only a loopback device:
nothing that it runs, in whatever language, can leave the machine. Where that is not allowed or not
Linux, only Python's own sockets are refused, by an audit hook. The hook is installed in both cases,
because its message says what happened.
"""

from __future__ import annotations

import ctypes
import fcntl
import ipaddress
import os
import socket
import struct
import sys
from typing import Any, Literal

Isolation = Literal["namespace", "sockets"]

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_SIOCSIFFLAGS = 0x8914
_IFF_UP_AND_RUNNING = 0x1 | 0x40

_REFUSAL = "The network is blocked here: notebooks of this course read only the files beside them."


def block_network() -> Isolation:
    """Cut off the network for good and return how.

    Must be called while the process has one thread, before any socket is made.

    Returns:
        "namespace" if the operating system enforces it, "sockets" if only Python's sockets are refused.
    """
    isolation: Isolation = "sockets"
    if sys.platform == "linux":
        try:
            _enter_empty_network()
            isolation = "namespace"
        except OSError:
            pass  # some containers and distributions forbid new namespaces; the hook still refuses
    sys.addaudithook(_refuse_remote_sockets)
    return isolation


def _enter_empty_network() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    user, group = os.getuid(), os.getgid()
    if libc.unshare(_CLONE_NEWNET) != 0:
        if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), "no new network namespace")
        _write("/proc/self/setgroups", "deny")
        _write("/proc/self/uid_map", f"{user} {user} 1")
        _write("/proc/self/gid_map", f"{group} {group} 1")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, _SIOCSIFFLAGS, struct.pack("16sh", b"lo", _IFF_UP_AND_RUNNING))


def _write(path: str, text: str) -> None:
    with open(path, "w", encoding="ascii") as file:
        file.write(text)


def _refuse_remote_sockets(event: str, args: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = args[1]
        if isinstance(address, tuple) and address and not _is_local(address[0]):
            raise OSError(f"{_REFUSAL} (asked for {address[0]})")
    elif event in ("socket.getaddrinfo", "socket.gethostbyname") and not _is_local(args[0]):
        raise OSError(f"{_REFUSAL} (asked for {args[0]})")


def _is_local(host: Any) -> bool:
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host in (None, "", "localhost", socket.gethostname()):
        return True
    try:
        address = ipaddress.ip_address(str(host).split("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
