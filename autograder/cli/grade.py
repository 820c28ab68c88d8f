"""``course grade``: grade what a class handed in."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from autograder.cli.console import Exit, err, fail, open_repository, out
from autograder.grading.grade import SubmissionResult, grade_assignment


def grade(
    assignment: Annotated[str, typer.Argument(help="The lesson that was handed in.")],
    students: Annotated[
        list[str] | None, typer.Option("--student", help="Grade only this student; may be given several times.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the results as JSON.")] = False,
) -> None:
    """Grade submitted/STUDENT/ASSIGNMENT/ASSIGNMENT.ipynb of each student, and write their feedback.

    Grades go into nbgrader's gradebook, pages into feedback/. A submission that cannot be graded
    is listed with the reason and never stops the others.

    Examples:

        course grade a1_numpy_arrays

        course grade a1_numpy_arrays --student ada --student alan --json

    Ends with 0 if every submission was graded, with 1 if one could not be, with 2 if there is no
    such assignment or nothing was handed in.
    """
    repository, _curriculum = open_repository()
    if not repository.solution_notebook(assignment).is_file():
        fail(
            f"There is no assignment {assignment} in solutions/. Mend: correct the name, or run `course build`.",
            Exit.USAGE,
        )
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, disable=not err.is_terminal) as progress:
        bar = progress.add_task("grading", total=None)

        def show(done: int, total: int, result: SubmissionResult) -> None:
            progress.update(bar, completed=done, total=total, description=result.student)

        results = grade_assignment(repository.root, assignment, students, show)
    if not results:
        fail(f"Nothing was handed in: there is no submitted/*/{assignment}/.", Exit.USAGE)
    if as_json:
        print(json.dumps([asdict(result) for result in results], indent=2))
    else:
        _print_table(results)
        out.print(
            f"Feedback pages: feedback/STUDENT/{assignment}/. To grade by hand and comment: `nbgrader formgrader`."
        )
    if any(result.status == "not_graded" for result in results):
        raise typer.Exit(Exit.FAILED)


def _print_table(results: list[SubmissionResult]) -> None:
    table = Table("student", "score", "status", "notes", box=None)
    for result in results:
        score = "–" if result.score is None else f"{result.score:g} / {result.max_score:g}"
        table.add_row(result.student, score, result.status.replace("_", " "), " ".join(result.notes))
    out.print(table)
