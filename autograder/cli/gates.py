"""``course gates``: prove that lessons may be released."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from autograder.cli.console import chosen_lessons, open_repository, out
from autograder.cli.parallel import OnStep, per_lesson
from autograder.curriculum import Curriculum
from autograder.repository import Repository

if TYPE_CHECKING:
    from autograder.gates.registry import GateResult


def gates(
    lessons: Annotated[
        list[str] | None, typer.Argument(help="Lessons to examine; all that are written unless named.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the results as JSON.")] = False,
) -> None:
    """Send lessons through every gate and say what to mend.

    Solved and unsolved notebooks are run, every answer of the bank is tried, and the built files
    are searched for anything private.

    Examples:

        course gates

        course gates a1_numpy_arrays --json

    Ends with 0 if every gate is green, with 1 if one is red, with 2 if a lesson's name is wrong.
    """
    repository, curriculum = open_repository()
    names = chosen_lessons(repository, curriculum, lessons)
    results: list[GateResult] = []
    for _name, future in per_lesson(names, partial(_examine_one, repository, curriculum), "gates"):
        results += future.result()
    if as_json:
        print(json.dumps([asdict(result) for result in results], indent=2))
    else:
        _print_table(names, results)
    if any(result.findings for result in results):
        raise typer.Exit(1)


def _examine_one(repository: Repository, curriculum: Curriculum, name: str, on_step: OnStep) -> list[GateResult]:
    from autograder.gates.registry import examine
    from autograder.gates.subject import Subject

    return examine(Subject(repository, curriculum, name), on_step)


def _print_table(names: list[str], results: list[GateResult]) -> None:
    table = Table("gate", *names, box=None)
    for gate in dict.fromkeys(result.gate for result in results):
        row = {r.lesson: "[red]red[/]" if r.findings else "[green]green[/]" for r in results if r.gate == gate}
        table.add_row(gate, *(row[name] for name in names))
    out.print(table)
    for result in results:
        for finding in result.findings:
            out.print(f"\n[red]{result.gate}[/] {result.summary}")
            out.print(str(finding), markup=False)
