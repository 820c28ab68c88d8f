"""How an examination ends without a judgement. Neither is an ``Exception``: no test may take one for an answer."""

from __future__ import annotations


class Stopped(BaseException):
    """The student's kernel no longer answers: the examination of this test is over.

    Args:
        kind: "TimeLimit", "KernelDied", "OutputLimit" or "BadAnswer".
        text: a sentence for the learner.
    """

    def __init__(self, kind: str, text: str):
        super().__init__(text)
        self.kind = kind


class BrokenTest(BaseException):
    """A test asks for what cannot be done between two processes; the text is for its author."""
