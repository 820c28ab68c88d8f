"""``course reset``: start a lesson or an exercise over."""

from __future__ import annotations

from typing import Annotated

import typer

from autograder.cli.choice import chosen_names
from autograder.cli.console import agrees, err, fail, open_repository, out


def reset(
    lesson: Annotated[
        str, typer.Argument(help="The lesson, or the beginning of its name; or the exercise alone.", metavar="LESSON")
    ],
    exercise: Annotated[str | None, typer.Argument(help="One exercise of it; the whole notebook unless named.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before a whole notebook is put back.")] = False,
) -> None:
    """Put the released cell of an exercise back, or the whole released notebook.

    Your notebook is kept beside it first, with the time in its name. Your progress stays. It asks before it puts a
    whole notebook back.

    Examples:

        course reset edges

        course reset b2_sobel_edges edges

        course reset b2_sobel_edges

    Ends with 0 if it was done, with 1 if not, or if the notebook cannot be read, with 2 if a name is wrong.
    """
    repository, curriculum = open_repository()
    source, name = chosen_names(repository, curriculum, lesson, exercise)
    path = repository.exercise_notebook(source.name).relative_to(repository.root)
    if name is None and not yes and not agrees(f"Put the whole notebook of {source.name} back as it was released?"):
        fail("Nothing was changed. Mend, if you want it: answer y, or add --yes.")
    with err.status("Resetting ..."):
        # Here, because they take seconds: a wrong name is said at once.
        from autograder.learner.notebook import NotebookProblem
        from autograder.learner.reset import reset_exercise, reset_lesson

        try:
            if name is None:
                kept = reset_lesson(repository, source.name)
            else:
                kept = reset_exercise(repository, source.name, name)
        except NotebookProblem as problem:
            fail(str(problem))
    what = path if name is None else f"The cell of {name} in {path}"
    out.print(f"{what} is as it was released. Your progress stays: what you passed still counts.", markup=False)
    if kept:
        out.print(f"Your notebook is kept as {kept.relative_to(repository.root)}.", markup=False)
    out.print("Is it open in JupyterLab? Do not save it there: choose File, Reload Notebook from Disk.")
