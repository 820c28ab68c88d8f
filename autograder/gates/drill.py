"""A gate on the drill: a lesson brings questions, and what they say is true."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.drill.check import question_problems
from autograder.gates.subject import Finding, Subject


def drill_is_there(subject: Subject) -> Iterator[Finding]:
    """The lesson has 12 drill questions or more, of every kind, and every output to predict is what the code prints."""
    for problem in question_problems(subject.repository.course, subject.curriculum, subject.lesson):
        yield Finding(f"{problem.path}:{problem.line}", problem.what, problem.mend)
