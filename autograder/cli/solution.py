"""``course solution``: the reference solution of an exercise."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from autograder.cli.choice import chosen_exercise, chosen_lesson, opened_lesson
from autograder.cli.console import Exit, err, fail, open_repository, out


def solution(
    lesson: Annotated[str, typer.Argument(help="The lesson, or the beginning of its name.")],
    exercise: Annotated[str, typer.Argument(help="The exercise.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Show the reference solution of an exercise, or the model answer of a written one.

    It asks first. Your progress keeps that you saw it. It costs nothing.

    Examples:

        course solution b2_sobel_edges edges

    Ends with 0 if it was shown, with 1 if not, with 2 if a name is wrong.
    """
    from rich.markdown import Markdown
    from rich.syntax import Syntax

    from autograder.learner.hints import solution_of
    from autograder.progress.record import Event, Kind, ProgressUnavailable, record

    repository, curriculum = open_repository()
    source = opened_lesson(repository, chosen_lesson(repository, curriculum, lesson))
    name = chosen_exercise(source, exercise)
    if not yes:
        try:
            agreed = typer.confirm(f"Show the solution of {name}? You learn more from a hint: course hint {name}. Show")
        except typer.Abort:
            agreed = False
        if not agreed:
            fail("Not shown. Mend, if you want it: answer y, or add --yes.", Exit.FAILED)
    try:
        record(Event(source.name, name, Kind.SOLUTION, datetime.now(UTC)))
    except ProgressUnavailable as error:
        err.print(str(error), markup=False)
    text = solution_of(source, name)
    if not out.is_terminal:
        out.print(text, markup=False)
    elif source.exercise(name).is_written:
        out.print(Markdown(text))
    else:
        out.print(Syntax(text, "python", theme="ansi_dark", background_color="default", word_wrap=True))
