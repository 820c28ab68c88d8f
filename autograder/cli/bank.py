"""``course bank``: try every answer of the answer bank."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from autograder.cli.console import chosen_lessons, open_repository, out
from autograder.cli.parallel import OnStep, per_lesson
from autograder.repository import Repository

if TYPE_CHECKING:
    from autograder.answers.judgement import Judged


def bank(
    lessons: Annotated[
        list[str] | None, typer.Argument(help="Lessons whose bank is tried; all that are written unless named.")
    ] = None,
) -> None:
    """Try every answer of the answer bank: right ones must pass, wrong ones must show their own message.

    Examples:

        course bank a1_numpy_arrays

        course bank

    Ends with 0 if every answer is judged rightly, with 1 if one is not or a lesson fails, with 2 if a lesson's name is
    wrong.
    """
    from autograder.answers.bank import BankError
    from autograder.answers.rehearsal import RehearsalError
    from autograder.lesson import SourceError

    repository, curriculum = open_repository()
    names = chosen_lessons(repository, curriculum, lessons)
    processes = max(1, (os.cpu_count() or 1) // max(1, len(names)))
    is_good = True
    for name, future in per_lesson(names, partial(_try_one, repository, processes), "answers"):
        try:
            judged = future.result()
        except (BankError, RehearsalError, SourceError) as error:
            is_good = False
            out.print(f"[red]failed[/] {name}")
            out.print(str(error), markup=False)
            continue
        _print_table(name, judged)
        is_good = is_good and not any(each.trial.problem for each in judged)
    if not is_good:
        raise typer.Exit(1)


def _try_one(repository: Repository, processes: int, name: str, on_step: OnStep) -> list[Judged]:
    from autograder.answers.judgement import judge_bank
    from autograder.lesson import read_lesson

    return judge_bank(read_lesson(repository.course, name), processes, on_step)


def _print_table(name: str, judged: list[Judged]) -> None:
    table = Table(
        "exercise", "right answers that pass", "wrong ones with their message", "seconds", title=name, box=None
    )
    exercises = list(dict.fromkeys(each.trial.answer.exercise for each in judged))
    for exercise in (*exercises, None):
        mine = [each for each in judged if exercise in (None, each.trial.answer.exercise)]
        right = [each for each in mine if each.trial.answer.is_right]
        wrong = [each for each in mine if not each.trial.answer.is_right]
        table.add_row(exercise or "all", _share(right), _share(wrong), f"{sum(each.seconds for each in mine):.1f}")
    out.print(table)
    for each in judged:
        if each.trial.problem:
            out.print(f"\n[red]misjudged[/] {each.trial.answer.label}")
            out.print(f"{each.trial.problem}\nMend: correct the test, or the answer's message.", markup=False)


def _share(judged: list[Judged]) -> str:
    good = sum(not each.trial.problem for each in judged)
    return f"{good}/{len(judged)}" if good == len(judged) else f"[red]{good}/{len(judged)}[/]"
