"""Refuse the system calls that no exercise needs and that most holes in Linux are reached by."""

from __future__ import annotations

import ctypes
import errno
import platform
import struct

_PR_SET_SECCOMP = 22
_SECCOMP_MODE_FILTER = 2
_ALLOW = 0x7FFF0000
_REFUSE = 0x00050000 | errno.EPERM
_LOAD_WORD, _JUMP_IF_EQUAL, _JUMP_IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER_OFFSET, _ARCHITECTURE_OFFSET = 0, 4  # in what the kernel shows to a filter
_FOREIGN_CALLS = 0x40000000  # x86-64 also has those of its 32-bit variant, from this number on

# Machine -> (the kernel's number for it, the numbers of the calls).
_REFUSED = {
    "x86_64": (
        0xC000003E,
        {
            **{"shmget": 29, "semget": 64, "msgget": 68, "memfd_create": 319, "memfd_secret": 447},  # unseen memory
            **{"add_key": 248, "request_key": 249, "keyctl": 250, "ptrace": 101, "process_vm_readv": 310},
            **{"process_vm_writev": 311, "kcmp": 312, "pidfd_getfd": 438, "name_to_handle_at": 303},
            **{"open_by_handle_at": 304, "mount": 165, "umount2": 166, "pivot_root": 155, "unshare": 272},
            **{"setns": 308, "open_tree": 428, "move_mount": 429, "fsopen": 430, "fsconfig": 431, "fsmount": 432},
            **{"fspick": 433, "mount_setattr": 442, "bpf": 321, "perf_event_open": 298, "userfaultfd": 323},
            **{"io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427, "fanotify_init": 300},
            **{"init_module": 175, "delete_module": 176, "finit_module": 313, "kexec_load": 246, "syslog": 103},
            **{"quotactl": 179, "acct": 163, "swapon": 167, "modify_ldt": 154, "iopl": 172, "ioperm": 173},
        },
    ),
    "aarch64": (
        0xC00000B7,
        {
            **{"shmget": 194, "semget": 190, "msgget": 186, "memfd_create": 279, "memfd_secret": 447},
            **{"add_key": 217, "request_key": 218, "keyctl": 219, "ptrace": 117, "process_vm_readv": 270},
            **{"process_vm_writev": 271, "kcmp": 272, "pidfd_getfd": 438, "name_to_handle_at": 264},
            **{"open_by_handle_at": 265, "mount": 40, "umount2": 39, "pivot_root": 41, "unshare": 97},
            **{"setns": 268, "open_tree": 428, "move_mount": 429, "fsopen": 430, "fsconfig": 431, "fsmount": 432},
            **{"fspick": 433, "mount_setattr": 442, "bpf": 280, "perf_event_open": 241, "userfaultfd": 282},
            **{"io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427, "fanotify_init": 262},
            **{"init_module": 105, "delete_module": 106, "finit_module": 273, "kexec_load": 104, "syslog": 116},
            **{"quotactl": 60, "acct": 89, "swapon": 224},
        },
    ),
}


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


def refuse_system_calls() -> None:
    """Let the calls fail with EPERM from now on, here and in every child; the process must have no_new_privs.

    On a machine other than x86-64 and ARM64 nothing is refused.

    Raises:
        OSError: if the kernel has no filters.
    """
    if platform.machine() not in _REFUSED:
        return
    instructions = _filter(*_REFUSED[platform.machine()])
    program = _Program(len(instructions) // 8, instructions)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "the kernel takes no filter for system calls")


def _filter(architecture: int, refused: dict[str, int]) -> bytes:
    """Return a program for the kernel: refuse ``refused`` and the calls of every other architecture."""
    numbers = sorted(refused.values())
    to_refusal = len(numbers) + 1  # instructions between the first comparison of a number and the refusal
    return b"".join(
        [
            _instruction(_LOAD_WORD, _ARCHITECTURE_OFFSET),
            _instruction(_JUMP_IF_EQUAL, architecture, otherwise=to_refusal + 2),
            _instruction(_LOAD_WORD, _NUMBER_OFFSET),
            _instruction(_JUMP_IF_AT_LEAST, _FOREIGN_CALLS, then=to_refusal),
            *(
                _instruction(_JUMP_IF_EQUAL, number, then=to_refusal - 1 - place)
                for place, number in enumerate(numbers)
            ),
            _instruction(_RETURN, _ALLOW),
            _instruction(_RETURN, _REFUSE),
        ]
    )


def _instruction(code: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
    return struct.pack("HBBI", code, then, otherwise, value)
