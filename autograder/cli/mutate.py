"""``course mutate``: change the reference solutions and see whether the tests notice."""

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
    from autograder.mutation.standing import Row, Standing
    from autograder.mutation.survey import Fate


def mutate(
    lessons: Annotated[
        list[str] | None, typer.Argument(help="Lessons whose solutions are mutated; all that are written unless named.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Run no mutant; fail if a report is stale or too many survived.")
    ] = False,
) -> None:
    """Change the reference solutions in one place at a time, and list the changes that no test notices.

    What became of the mutants is written to answers/mutants.toml. A survivor shows what the tests do not check: write
    a test that fails with it. If no test can, because the task does not say which of the two is right or they always
    agree, record it in answers/equivalent.toml with the reason.

    Examples:

        course mutate b1_imread

        course mutate

        course mutate --check

    Ends with 0 if the tests notice at least 97 % of the changes that are not recorded as equivalent, with 1 if they
    do not, a record is stale or a lesson fails, with 2 if a lesson's name is wrong.
    """
    from autograder.answers.rehearsal import RehearsalError
    from autograder.lesson import SourceError
    from autograder.mutation.equivalents import EquivalentsError
    from autograder.mutation.survey import SurveyError

    repository, curriculum = open_repository()
    names = chosen_lessons(repository, curriculum, lessons)
    if check:
        _check(repository, names)
        return
    processes = max(1, (os.cpu_count() or 1) // max(1, len(names)))
    is_good = True
    for name, future in per_lesson(names, partial(_mutate_one, repository, processes), "mutants"):
        try:
            fates, standing = future.result()
        except (EquivalentsError, RehearsalError, SourceError, SurveyError) as error:
            is_good = False
            out.print(f"[red]failed[/] {name}")
            out.print(str(error), markup=False)
            continue
        _print_standing(repository, name, fates, standing)
        is_good = is_good and not standing.problems
    if not is_good:
        raise typer.Exit(1)


def _mutate_one(repository: Repository, processes: int, name: str, on_step: OnStep) -> tuple[list[Fate], Standing]:
    from autograder.lesson import read_lesson
    from autograder.mutation.equivalents import read_equivalents
    from autograder.mutation.report import make_report, write_report
    from autograder.mutation.standing import Standing
    from autograder.mutation.survey import try_mutants

    lesson = read_lesson(repository.course, name)
    equivalents = tuple(read_equivalents(lesson))
    fates = try_mutants(lesson, processes, on_step)
    report = make_report(lesson, fates)
    write_report(lesson, report)
    return fates, Standing(report, equivalents)


def _print_standing(repository: Repository, name: str, fates: list[Fate], standing: Standing) -> None:
    from autograder.mutation.report import change_of

    table = Table("exercise", "mutants", "killed", "equivalent", "survivors", "share", title=name, box=None)
    for row in (*standing.rows, standing.total):
        table.add_row(*_cells(row))
    out.print(table)
    survivors = set(standing.survivors)
    for fate in fates:
        change = change_of(fate)
        if not fate.is_killed and change in survivors:
            path = (repository.course / name / "lesson.py").relative_to(repository.root)
            out.print(f"\n[red]survives[/] {path}:{fate.mutant.line} ({fate.mutant.operator})")
            out.print(str(change), markup=False)
    for problem in standing.problems:
        out.print(f"\n[red]{name}[/]")
        out.print(problem, markup=False)


def _check(repository: Repository, names: list[str]) -> None:
    from autograder.lesson import SourceError, read_lesson
    from autograder.mutation.standing import recorded_problems

    problems = []
    for name in names:
        try:
            problems += recorded_problems(read_lesson(repository.course, name))
        except SourceError as error:
            problems.append(str(error))
    for problem in problems:
        out.print(problem, markup=False)
    if problems:
        raise typer.Exit(1)
    out.print("Every report is fresh.")


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.name,
        str(row.mutants),
        str(row.killed),
        str(row.equivalent),
        str(row.survivors),
        f"{row.share:.1%}",
    )
