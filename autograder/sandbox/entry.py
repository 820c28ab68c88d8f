"""Fork this process into a sandbox."""

from __future__ import annotations

import os
import traceback

from autograder.sandbox.enclosure import Enclosure
from autograder.sandbox.limits import Limits
from autograder.sandbox.privileges import drop, join
from autograder.sandbox.system_calls import refuse_system_calls

SETUP_FAILED = 70  # exit status of a fork that could not give up its privileges


def fork_into(enclosure: Enclosure, limits: Limits) -> int:
    """Fork this process, which must have one thread, into ``enclosure``.

    The caller must have called :func:`autograder.sandbox.privileges.adopt_orphans`, because the new process is its
    grandchild: a process cannot move itself into another PID namespace, only its children.

    Returns:
        0 in the new process, which has no privileges any more and obeys ``limits``; in the caller, its process id.

    Raises:
        OSError: in the caller, if the sandbox could not be entered. What went wrong is on standard error.
    """
    answer, answer_end = os.pipe()
    entering = os.fork()
    if entering == 0:
        try:
            proc = os.open("/proc", os.O_PATH)
            join(enclosure.namespaces)
            inside = os.fork()
            if inside:
                os.write(answer_end, inside.to_bytes(8))
                os._exit(0)
            _settle(enclosure, limits, proc)
            os.close(proc)
            os.close(answer)
            os.close(answer_end)
            return 0
        except BaseException:
            traceback.print_exc()
            os._exit(SETUP_FAILED)
    os.close(answer_end)
    try:
        inside = int.from_bytes(os.read(answer, 8))
    finally:
        os.close(answer)
        os.waitpid(entering, 0)
    if not inside:
        raise OSError("the sandbox could not be entered")
    return inside


def _settle(enclosure: Enclosure, limits: Limits, proc: int) -> None:
    os.setsid()
    drop(proc, enclosure.user)
    enclosure.forget()
    limits.apply()
    refuse_system_calls()
