"""What is examined, in a form that can be sent to another process or machine."""

from __future__ import annotations

import hashlib
import pickle
from dataclasses import dataclass, field

from autograder.examiner.settings import ExamSettings

Files = tuple[tuple[str, bytes], ...]
"""Relative paths with forward slashes, and contents."""


class ExaminationError(Exception):
    """A submission could not be examined, for no fault of its own; the text says why and what to do."""


@dataclass(frozen=True)
class Examination:
    """An assignment and how its submissions are examined, everything by value.

    Attributes:
        lesson: the assignment's name.
        source: the solved notebook with hidden tests, as JSON.
        files: the files beside it that its cells read.
        settings: the limits.
    """

    lesson: str
    source: bytes
    files: Files = ()
    settings: ExamSettings = field(default_factory=ExamSettings)

    @property
    def assignment_key(self) -> str:
        """64 hexadecimal digits that stand for the assignment, whatever the settings."""
        return hashlib.sha256(pickle.dumps((self.lesson, self.source, self.files))).hexdigest()


@dataclass(frozen=True)
class Job:
    """One submission to examine.

    Attributes:
        notebook: the notebook as the grading prepared it, as JSON.
        files: further files that were handed in.
        settings: the limits.
    """

    notebook: str
    files: Files
    settings: ExamSettings
