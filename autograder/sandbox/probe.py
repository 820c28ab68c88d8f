"""Try to make a sandbox and to enter it, as a student's kernel does: ``python -m autograder.sandbox.probe``."""

from __future__ import annotations

import os
import sys

from autograder.sandbox.enclosure import Enclosure
from autograder.sandbox.entry import fork_into
from autograder.sandbox.limits import Limits
from autograder.sandbox.privileges import adopt_orphans


def main() -> int:
    """Return 0 if it works.

    Raises:
        SandboxError: if bubblewrap cannot make a sandbox.
        OSError: if it cannot be entered.
    """
    adopt_orphans()
    enclosure = Enclosure(Limits())
    try:
        inside = fork_into(enclosure, Limits())
        if inside == 0:
            os._exit(0)
        return os.waitstatus_to_exitcode(os.waitpid(inside, 0)[1])
    finally:
        enclosure.kill()
        enclosure.close()


if __name__ == "__main__":
    sys.exit(main())
