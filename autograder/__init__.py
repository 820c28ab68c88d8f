"""Build, prove and grade the course: everything behind the ``course`` command, and the magics of its notebooks."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

UNATTENDED = "COURSE_UNATTENDED"
"""Environment variable of kernels in which nobody looks at the output: builds, gates, Validate, grading."""

_MAGICS = ("lesson", "check", "hint", "solution", "progress", "drill")


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Give a notebook its magics: ``%load_ext autograder``. In a kernel that nobody looks at they do nothing."""
    if os.environ.get(UNATTENDED):
        for name in _MAGICS:
            shell.register_magic_function(_do_nothing, "line", name)  # type: ignore[arg-type]  # as its decorator has it
        return
    from autograder.check.magics import LessonMagics

    shell.register_magics(LessonMagics)


def _do_nothing(_line: object) -> None:
    """Stand in for a magic."""
