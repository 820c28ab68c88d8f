"""Why a student's kernel ended, in words for the learner."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from typing import Literal

from autograder.sandbox.entry import SETUP_FAILED
from autograder.sandbox.limits import MIB, Limits


@dataclass(frozen=True)
class Death:
    """The end of a kernel.

    Attributes:
        name: what an error output of the cell is called; "ServerLost" if it ended for no fault of its own.
        text: a sentence.
    """

    name: Literal["OutOfMemory", "TimeLimit", "KernelDied", "ServerLost"]
    text: str


def explain(exit_code: int, cpu_seconds: float, limits: Limits, out_of_memory: bool) -> Death:
    """Say why a kernel ended.

    Args:
        exit_code: its exit status, or minus the signal that ended it.
        cpu_seconds: the processor time that it took, in seconds.
        limits: what it was allowed.
        out_of_memory: whether it was ended because its sandbox took too much memory.
    """
    if out_of_memory:
        return Death(
            "OutOfMemory", f"The code used more than {limits.memory_bytes // MIB} MiB of memory and was stopped."
        )
    if exit_code == -signal.SIGXCPU or (exit_code == -signal.SIGKILL and cpu_seconds >= limits.cpu_seconds):
        return Death("TimeLimit", f"The code used more than {limits.cpu_seconds} s of processor time and was stopped.")
    if exit_code == SETUP_FAILED:
        return Death("KernelDied", "The Python process could not be set up.")
    if exit_code < 0:
        return Death("KernelDied", f"The Python process was killed by {_name(-exit_code)}.")
    return Death("KernelDied", f"The Python process ended itself with exit status {exit_code}.")


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
