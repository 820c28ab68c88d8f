"""Judge the answer bank of a lesson, on all cores."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from autograder.answers.bank import read_bank
from autograder.answers.crew import Attempt, Crew
from autograder.answers.trial import Trial
from autograder.lesson import Lesson


@dataclass(frozen=True)
class Judged:
    """An answer of the bank, what the tests said of it, and the wall time in seconds."""

    trial: Trial
    seconds: float


def judge_bank(lesson: Lesson, processes: int, on_step: Callable[[int, int], None] | None = None) -> list[Judged]:
    """Try every answer of a lesson's bank.

    Args:
        lesson: the lesson.
        processes: how many answers are tried at a time.
        on_step: told (answers tried, answers in all) after each.

    Raises:
        autograder.answers.bank.BankError: if an answer file is misplaced.
        autograder.answers.rehearsal.RehearsalError: if the solved lesson fails.
    """
    bank = read_bank(lesson)
    with Crew(lesson, processes) as crew:
        outcomes = crew.try_all([Attempt(answer.exercise, answer.source) for answer in bank], on_step)
    return [
        Judged(Trial(answer, outcome.verdict), outcome.seconds) for answer, outcome in zip(bank, outcomes, strict=True)
    ]
