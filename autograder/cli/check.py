"""``course check``: the tests of a lesson, hidden ones included, on the saved notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from autograder.cli.choice import chosen_names, no_such_exercise
from autograder.cli.console import Exit, err, fail, open_repository, out
from autograder.repository import Repository

if TYPE_CHECKING:
    from autograder.check.report import Report
    from autograder.learner.check_client import Outcome


def check(
    lesson: Annotated[
        str | None,
        typer.Argument(
            help="The lesson, or the beginning of its name; or the exercise alone. The one to go on with unless named."
        ),
    ] = None,
    exercise: Annotated[str | None, typer.Argument(help="One exercise of it; all unless named.")] = None,
) -> None:
    """Check your saved notebook with the visible and the hidden tests.

    It runs the cells that the tests need, your own cells and your answers, in a process of its own. Nothing is written
    into the notebook. Save it first, in JupyterLab or any editor.

    Examples:

        course check

        course check edges

        course check b2_sobel_edges edges

    Ends with 0 if everything that was asked for passes, with 1 if something fails or is not solved, with 2 if a name is
    wrong. Written answers do not count: a person judges them.
    """
    from autograder.check.report import State

    repository, curriculum = open_repository()
    source, exercise = chosen_names(repository, curriculum, lesson, exercise)
    name = source.name
    outcome = check_notebook(repository, name, (exercise,) if exercise else ())
    reports = outcome.reports
    trouble = keep(reports)
    if trouble:
        err.print(trouble, markup=False)
    if exercise is None:
        _print_table(name, reports)
    open_ones = [report for report in reports if not report.passed and report.state is not State.WRITTEN]
    first = next((report for report in open_ones if report.state is not State.UNSOLVED), None)
    shown = first or (reports[0] if exercise else None)
    if shown:
        if exercise is None:
            out.print()
        print_report(shown)
    for remark in outcome.remarks:
        out.print(f"\n{remark}", markup=False)
    if exercise is None:
        _print_standing(name, open_ones)
    elif open_ones:
        out.print(f"\nStuck? course hint {name} {exercise}", markup=False)
    if open_ones:
        raise typer.Exit(Exit.FAILED)


def check_notebook(repository: Repository, lesson: str, exercises: tuple[str, ...]) -> Outcome:
    """Check a saved notebook, or end with the reason why it cannot be."""
    from autograder.learner.check_client import CheckProblem, UnknownExercise, check_saved

    path = repository.exercise_notebook(lesson)
    try:
        data = path.read_bytes()
    except OSError as error:
        fail(f"{path} cannot be read ({error.strerror}). Mend: `course reset {lesson}` writes it anew.")
    try:
        with err.status("Checking ..."):
            return check_saved(repository, lesson, data, exercises)
    except UnknownExercise as error:
        no_such_exercise(lesson, error.name, error.exercises)
    except CheckProblem as problem:
        fail(f"{path}: {problem}")
    except KeyboardInterrupt:
        fail("Stopped.", Exit.STOPPED)


def print_report(report: Report) -> None:
    """Print a report, as wide as the screen; lines of code are left as they are."""
    from autograder.check.report import as_text

    out.print(as_text(report, out.width if out.is_terminal else None), markup=False, soft_wrap=True)


def keep(reports: list[Report]) -> str:
    """Keep what checks found in the progress; return why that is not possible, "" if it is."""
    from autograder.check.follow_up import keep as keep_one
    from autograder.progress.record import ProgressUnavailable

    for report in reports:
        try:
            keep_one(report)
        except ProgressUnavailable as error:
            return str(error)
    return ""


def _print_table(lesson: str, reports: list[Report]) -> None:
    from autograder.check.report import State, sign_of, words_of

    table = Table("", "exercise", "", "points", title=lesson, title_justify="left", box=None)
    for report in reports:
        points = "" if report.state is State.WRITTEN else f"{report.points:g} of {report.best:g}"
        table.add_row(sign_of(report.state), report.exercise, words_of(report.state), points)
    out.print(table)


def _print_standing(lesson: str, open_ones: list[Report]) -> None:
    if open_ones:
        count = len(open_ones)
        out.print(
            f"\n{count} exercise{'s' if count != 1 else ''} to go. The next one: {open_ones[0].exercise}.\n"
            f"Stuck? course hint {lesson} {open_ones[0].exercise}",
            markup=False,
        )
    else:
        out.print("\nEvery exercise that has tests passes. What next? course next", markup=False)
