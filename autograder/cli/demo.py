"""``course demo``: a class of its own to try the grading on."""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Column, Table

from autograder.cli.console import Exit, fail, open_repository, out
from autograder.cli.grade import score_text
from autograder.grading.results import GradingError

if TYPE_CHECKING:
    from autograder.grading.demo import DemoRow


def demo(
    lesson: Annotated[str | None, typer.Argument(help="The lesson to hand in; the first one unless named.")] = None,
    into: Annotated[
        Path | None, typer.Option(help="An empty folder for the class; a new temporary one unless named.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the results as JSON.")] = False,
) -> None:
    """Make a class out of real answers and everything that goes wrong with submissions, and grade it.

    Nothing in the repository is touched: the class has a folder and a gradebook of its own.

    Examples:

        course demo

        course demo b1_imread --into /tmp/class

    Ends with 0 if every submission was graded as it should be, with 1 if one was not.
    """
    from autograder.cli.progress_bar import grading_progress
    from autograder.grading.demo import run_demo
    from autograder.lesson import written_lessons

    repository, curriculum = open_repository()
    folder = into or Path(tempfile.mkdtemp(prefix="course-demo-"))
    lesson = lesson or written_lessons(repository.course, curriculum)[0]
    try:
        with grading_progress() as advance:
            rows = run_demo(repository.root, lesson, folder, advance)
    except GradingError as error:
        fail(str(error), Exit.USAGE)
    if as_json:
        print(json.dumps({"folder": str(folder), "rows": [asdict(row) for row in rows]}, indent=2))
    else:
        _print_table(rows)
        out.print(f"\nThe class is in {folder}. Look at")
        out.print(f"  feedback/*/{lesson}/*.html   what each student sees")
        out.print("  submitted/                   what was handed in, unchanged")
        out.print("  gradebook.db                 the grades, for `nbgrader export` and formgrader")
    if not all(row.is_as_expected for row in rows):
        raise typer.Exit(Exit.FAILED)


def _print_table(rows: list[DemoRow]) -> None:
    student, score, right = (Column(name, no_wrap=True) for name in ("student", "score", "right?"))
    table = Table(student, "handed in", score, "status", "notes", right, box=None)
    for row in rows:
        verdict = "[green]yes[/]" if row.is_as_expected else "[red]no[/]"
        notes = "\n".join(row.result.notes)
        table.add_row(
            row.student.student,
            row.student.what,
            score_text(row.result),
            row.result.status.replace("_", " "),
            notes,
            verdict,
        )
    out.print(table)
