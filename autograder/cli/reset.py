"""``course reset``: start a lesson or an exercise over."""

from __future__ import annotations

from typing import Annotated

import typer

from autograder.cli.choice import chosen_exercise, chosen_lesson, opened_lesson
from autograder.cli.console import fail, open_repository, out


def reset(
    lesson: Annotated[str, typer.Argument(help="The lesson, or the beginning of its name.")],
    exercise: Annotated[str | None, typer.Argument(help="One exercise of it; the whole notebook unless named.")] = None,
) -> None:
    """Put the released cell of an exercise back, or the whole released notebook.

    Your notebook is kept beside it first, with the time in its name.

    Examples:

        course reset b2_sobel_edges edges

        course reset b2_sobel_edges

    Ends with 0 if it was done, with 1 if the notebook cannot be read, with 2 if a name is wrong.
    """
    from autograder.learner.notebook import NotebookProblem
    from autograder.learner.reset import reset_exercise, reset_lesson

    repository, curriculum = open_repository()
    source = opened_lesson(repository, chosen_lesson(repository, curriculum, lesson))
    path = repository.exercise_notebook(source.name).relative_to(repository.root)
    try:
        if exercise is None:
            kept = reset_lesson(repository, source.name)
            out.print(f"{path} is as it was released.")
        else:
            name = chosen_exercise(source, exercise)
            kept = reset_exercise(repository, source.name, name)
            out.print(f"The cell of {name} in {path} is as it was released.", markup=False)
    except NotebookProblem as problem:
        fail(str(problem))
    if kept:
        out.print(f"Your notebook is kept as {kept.relative_to(repository.root)}.", markup=False)
    out.print("Is it open in JupyterLab? Do not save it there: choose File, Reload Notebook from Disk.")
