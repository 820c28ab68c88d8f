"""One grading run at a time in a course folder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.grading.results import GradingError

LOCK_NAME = ".grading.lock"
"""The file in the course folder; it stays there, and may be deleted when nothing runs."""


@contextmanager
def only_run(course_root: Path) -> Iterator[None]:
    """Keep other grading runs out of the course folder.

    The system gives the lock back when its holder ends, in whatever way, so none is ever stale.

    Raises:
        GradingError: if another run holds it, or the folder cannot be written to.
    """
    path = course_root / LOCK_NAME
    try:
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise GradingError(f"{path} cannot be written: {error.strerror}. Mend: make the folder writable.") from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise GradingError(
                f"Another run is grading in {course_root} (process {file.read().strip() or 'unknown'}). "
                "Mend: wait until it has ended, or stop it; then try again."
            ) from None
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield
