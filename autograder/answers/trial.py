"""What the trials of a lesson found: answers of its bank, and exercises left unsolved."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.answers.bank import Answer
from autograder.answers.rehearsal import Verdict


@dataclass(frozen=True)
class Trial:
    """One answer of the bank and what the tests said of it."""

    answer: Answer
    verdict: Verdict

    @property
    def problem(self) -> str:
        """Why the tests judged wrongly, "" if they judged rightly."""
        if self.answer.is_right:
            return "" if self.verdict.passed else f"a right answer fails:\n{self.verdict.text}"
        if self.verdict.passed:
            return "a wrong answer passes"
        if self.answer.message not in self.verdict.text:
            return f"its message {self.answer.message!r} is not shown, but:\n{self.verdict.text}"
        return ""


@dataclass(frozen=True)
class Trials:
    """Every trial of a lesson.

    Attributes:
        answers: the bank's answers, judged.
        unsolved: for each exercise left unsolved, the names of the exercises whose tests failed.
    """

    answers: tuple[Trial, ...]
    unsolved: dict[str, frozenset[str]]
