"""Judge the whole bank of one lesson, and each exercise left unsolved, in one process."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass

from autograder.answers.bank import Answer, read_bank
from autograder.answers.rehearsal import Rehearsal, Verdict, beside_materials
from autograder.lesson import Lesson


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


def silence_libraries() -> None:
    """Keep what C libraries print past Python, such as OpenCV's warnings, off the terminal."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def run_trials(lesson: Lesson, stubs: dict[str, str], needed: Collection[str]) -> Trials:
    """Try every answer of the bank and every stub, in a process that does nothing else.

    Args:
        lesson: the lesson.
        stubs: for each exercise, its answer cell as released.
        needed: the texts of the ordinary cells that define something for a test.

    Raises:
        autograder.answers.rehearsal.RehearsalError: if the solved lesson fails.
        autograder.answers.bank.BankError: if an answer file is misplaced.
    """
    import matplotlib

    matplotlib.use("agg")
    silence_libraries()
    bank = read_bank(lesson)
    with beside_materials(lesson):
        rehearsal = Rehearsal(lesson)
        trials = tuple(Trial(answer, rehearsal.try_answer(answer.exercise, answer.source)) for answer in bank)
        unsolved = {
            name: frozenset(failed for failed, _message in rehearsal.leave_unsolved(name, stub, needed).failures)
            for name, stub in stubs.items()
        }
    return Trials(trials, unsolved)
