"""``course solution``: the reference solution of an exercise."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from autograder.cli.choice import chosen_names, no_exercise_named
from autograder.cli.console import Exit, agrees, err, fail, open_repository, out


def solution(
    names: Annotated[list[str], typer.Argument(metavar="[LESSON] EXERCISE", help="The exercise, and its lesson.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Show the reference solution of an exercise, or the model answer of a written one.

    It asks first. Your progress keeps that you saw it. It costs nothing.

    Examples:

        course solution edges

        course solution b2_sobel_edges edges

    Ends with 0 if it was shown, with 1 if not, with 2 if a name is wrong.
    """
    if len(names) > 2:
        fail("Too many names. Mend: course solution [LESSON] EXERCISE.", Exit.USAGE)
    from rich.markdown import Markdown
    from rich.syntax import Syntax

    from autograder.learner.hints import solution_of
    from autograder.progress.record import Event, Kind, ProgressUnavailable, record

    repository, curriculum = open_repository()
    lesson, name = chosen_names(repository, curriculum, names[0], names[1] if len(names) == 2 else None)
    if name is None:
        no_exercise_named("solution", lesson)
    if not yes:
        out.print(f"You learn more from a hint: course hint {name}", markup=False)
        if not agrees(f"Show the solution of {name}?"):
            fail("Not shown. Mend, if you want it: answer y, or add --yes.")
    try:
        record(Event(lesson.name, name, Kind.SOLUTION, datetime.now(UTC)))
    except ProgressUnavailable as error:
        err.print(str(error), markup=False)
    text = solution_of(lesson, name)
    if not out.is_terminal:
        out.print(text, markup=False)
    elif lesson.exercise(name).is_written:
        out.print(Markdown(text))
    else:
        out.print(Syntax(text, "python", theme="ansi_dark", background_color="default", word_wrap=True))
