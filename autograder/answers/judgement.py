"""Judge the answer bank of a lesson, and each exercise left unsolved, in several processes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from autograder.answers.bank import Answer, read_bank
from autograder.answers.crew import Attempt, Crew
from autograder.answers.trial import Trial, Trials
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
        return _judge(crew, bank, on_step)


def judge_lesson(lesson: Lesson, stubs: Mapping[str, str], needed: frozenset[str], processes: int) -> Trials:
    """Try every answer of a lesson's bank, and leave each exercise unsolved in turn.

    Args:
        lesson: the lesson.
        stubs: for each exercise, its answer cell as released.
        needed: the texts of the ordinary cells that define something for a test or for an answer of the bank.
        processes: how many are tried at a time.

    Raises:
        as :func:`judge_bank`.
    """
    bank = read_bank(lesson)
    with Crew(lesson, processes, needed) as crew:
        judged = _judge(crew, bank, None)
        left = crew.try_all([Attempt(exercise, stub, all_tests=True) for exercise, stub in stubs.items()])
    unsolved = {
        exercise: frozenset(failed for failed, _message in outcome.verdict.failures)
        for exercise, outcome in zip(stubs, left, strict=True)
    }
    return Trials(tuple(each.trial for each in judged), unsolved)


def _judge(crew: Crew, bank: list[Answer], on_step: Callable[[int, int], None] | None) -> list[Judged]:
    outcomes = crew.try_all([Attempt(answer.exercise, answer.source) for answer in bank], on_step)
    return [
        Judged(Trial(answer, outcome.verdict), outcome.seconds) for answer, outcome in zip(bank, outcomes, strict=True)
    ]
