"""``course update``: a new release, with everything that the learner wrote."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.choice import chosen_lesson
from autograder.cli.console import err, open_repository, out
from autograder.repository import Repository

if TYPE_CHECKING:
    from autograder.learner.update import Update


def update(
    lessons: Annotated[
        list[str] | None, typer.Argument(help="Lessons whose notebooks are brought up to date; all unless named.")
    ] = None,
) -> None:
    """Get the newest release, and bring it into the notebooks that you have worked in.

    With git, it fetches what is new first; you need no `git pull`. Your answers and your own cells are kept; everything
    else is new. A notebook that changes is kept beside it first, with the time in its name. Close notebooks in
    JupyterLab before, or reload them after.

    Examples:

        course update

        course update b2_sobel_edges

    Ends with 0 if all is up to date, with 1 if something could not be fetched or a notebook could not be read, with 2
    if a name is wrong.
    """
    from autograder.learner.notebook import NotebookProblem
    from autograder.learner.pull import PullProblem, pull
    from autograder.learner.update import update_lesson
    from autograder.lesson import SourceError, written_lessons

    repository, curriculum = open_repository()
    named = [chosen_lesson(repository, curriculum, name) for name in lessons or []]
    is_good = True
    try:
        pulled = pull(repository)
    except PullProblem as problem:
        err.print(str(problem), markup=False)
        is_good = False
    else:
        if pulled.commits:
            _go_on_with_new_program(pulled.commits, pulled.needs_set_up, named)
        if pulled.why_not:
            out.print(f"{pulled.why_not} The lessons that are here are used.", markup=False)
    changed = False
    for name in named or written_lessons(repository.course, curriculum):
        try:
            done = update_lesson(repository, name)
        except (NotebookProblem, SourceError) as problem:
            err.print(str(problem), markup=False)
            is_good = False
            continue
        changed = changed or done.changed
        is_good = is_good and not done.unreadable
        _print_update(repository, done)
    if changed:
        out.print("Is one of them open in JupyterLab? Do not save it there: choose File, Reload Notebook from Disk.")
    elif is_good:
        out.print("Every notebook is up to date.")
    if not is_good:
        raise typer.Exit(1)


def _go_on_with_new_program(commits: int, needs_set_up: bool, named: list[str]) -> None:
    """Replace this process: what it has imported is the old release's."""
    out.print(f"{commits} commit{'s' if commits != 1 else ''} fetched.")
    if needs_set_up:
        out.print("The libraries of the course have changed: run `make setup` when this is done.")
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "autograder.cli", "update", *named])


def _print_update(repository: Repository, done: Update) -> None:
    for problem in done.unreadable:
        err.print(problem, markup=False)
    if not done.changed and not done.backups:
        return
    out.print(f"[green]updated[/] {done.lesson}")
    for merged in done.merged:
        facts = [f"your answers: {', '.join(merged.answers)}"] if merged.answers else []
        if merged.own_cells:
            facts.append(f"your own cells: {merged.own_cells}")
        if merged.kept_aside:
            facts.append(f"released cells that you had changed, kept as text below the new ones: {merged.kept_aside}")
        if merged.gone:
            facts.append(f"answers to exercises that are gone, kept at the end: {', '.join(merged.gone)}")
        for fact in facts:
            out.print(f"  {fact}", markup=False)
        for name in merged.regiven:
            out.print(
                f"  {name}: the cell as it is given has changed, and yours is kept. To start from the new one: "
                f"course reset {done.lesson} {name}",
                markup=False,
            )
    for backup in done.backups:
        out.print(f"  Your notebook as it was: {backup.relative_to(repository.root)}", markup=False)
