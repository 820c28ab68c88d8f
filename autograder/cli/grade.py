"""``course grade``: grade what a class handed in."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated, NoReturn

import typer
from rich.table import Column, Table

from autograder.cli.console import Exit, fail, open_repository, out
from autograder.grading.results import GradingError, SubmissionResult


def grade(
    assignment: Annotated[str, typer.Argument(help="The lesson that was handed in.")],
    students: Annotated[
        list[str] | None, typer.Option("--student", help="Grade only this student; may be given several times.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Submissions examined at a time; one per core unless given.")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(help="Address of a Dask scheduler whose workers examine, such as tcp://host:8786.")
    ] = None,
    unsafe: Annotated[bool, typer.Option("--unsafe", help="Run the students' code without a sandbox.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the results as JSON.")] = False,
) -> None:
    """Grade submitted/STUDENT/ASSIGNMENT/ASSIGNMENT.ipynb of each student, and write their feedback.

    Grades go into nbgrader's gradebook, pages into feedback/. A submission that cannot be graded
    is listed with the reason and never stops the others. What was graded before and has not
    changed is not run again, so a run that was stopped or killed goes on where it ended.

    Examples:

        course grade a1_numpy_arrays

        course grade a1_numpy_arrays --student ada --student alan --json

        course grade a1_numpy_arrays --scheduler tcp://login-node:8786

    Ends with 0 if every submission was graded, with 1 if one could not be, with 2 if there is no
    such assignment, nothing was handed in or another run is grading, with 130 if it was stopped.
    """
    from autograder.cli.progress_bar import grading_progress
    from autograder.grading.grade import grade_assignment

    repository, _curriculum = open_repository()
    graded: list[SubmissionResult] = []
    try:
        with grading_progress() as advance:

            def on_submission(done: int, total: int, result: SubmissionResult) -> None:
                graded.append(result)
                advance(done, total, result)

            results = grade_assignment(
                repository.root,
                assignment,
                students,
                on_submission,
                workers=workers,
                scheduler=scheduler,
                unsafe=unsafe,
            )
    except GradingError as error:
        fail(str(error), Exit.USAGE)
    except KeyboardInterrupt:
        _stop(len(graded))
    if not results:
        fail(f"Nothing was handed in: there is no submitted/*/{assignment}/.", Exit.USAGE)
    if as_json:
        print(json.dumps([asdict(result) for result in results], indent=2))
    else:
        _print_table(results)
        out.print(f"Feedback pages are in feedback/STUDENT/{assignment}/. To grade written answers: `course lab`, then")
        out.print("Nbgrader > Formgrader. To export the grades: `nbgrader export`.")
    if any(result.status == "not_graded" for result in results):
        raise typer.Exit(Exit.FAILED)


def _stop(graded: int) -> NoReturn:
    done = "1 submission is" if graded == 1 else f"{graded} submissions are"
    fail(f"\nStopped. {done} done and written. To go on, run the same command again.", Exit.STOPPED)


def _print_table(results: list[SubmissionResult]) -> None:
    fixed = [Column(name, no_wrap=True) for name in ("student", "score", "status")]
    table = Table(*fixed, "notes", box=None)
    for result in results:
        table.add_row(result.student, score_text(result), result.status.replace("_", " "), "\n".join(result.notes))
    out.print(table)


def score_text(result: SubmissionResult) -> str:
    """Return ``12 / 22``, or a dash for a submission that was not graded."""
    return "–" if result.status == "not_graded" else f"{result.score:g} / {result.max_score:g}"
