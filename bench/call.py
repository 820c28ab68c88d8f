"""``python -m bench.call COURSE ASSIGNMENT [STUDENT ...]``: the Python function instead of the command.

Measured from "ready" on, so that starting Python and importing the package do not count.
"""

from __future__ import annotations

import sys
from pathlib import Path

from autograder.grading.grade import grade_assignment
from bench.meter import READY


def main() -> None:
    """Say "ready", wait for a line, grade."""
    root, assignment, *students = sys.argv[1:]
    print(READY, flush=True)
    sys.stdin.readline()
    grade_assignment(Path(root), assignment, students or None)


if __name__ == "__main__":
    main()
