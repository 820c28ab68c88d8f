"""``course hint``: the next hint for an exercise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.choice import chosen_names, no_exercise_named
from autograder.cli.console import Exit, err, fail, open_repository, out

if TYPE_CHECKING:
    from autograder.lesson import Lesson


def hint(
    names: Annotated[list[str], typer.Argument(metavar="[LESSON] EXERCISE", help="The exercise, and its lesson.")],
) -> None:
    """Show the next hint for an exercise; again for the one after it.

    Your progress keeps how many you saw. It costs nothing.

    Examples:

        course hint edges

        course hint b2_sobel_edges edges

    Ends with 0, or with 2 if a name is wrong.
    """
    if len(names) > 2:
        fail("Too many names. Mend: course hint [LESSON] EXERCISE.", Exit.USAGE)
    repository, curriculum = open_repository()
    lesson, exercise = chosen_names(repository, curriculum, names[0], names[1] if len(names) == 2 else None)
    if exercise is None:
        no_exercise_named("hint", lesson)
    print_hint(lesson, exercise, f"The next one: course hint {lesson.name} {exercise}")


def print_hint(lesson: Lesson, exercise: str, how_to_go_on: str) -> None:
    """Print the next hint for an exercise, or all if none is new.

    Args:
        lesson: its lesson.
        exercise: its name.
        how_to_go_on: said if there is one more.
    """
    from rich.markdown import Markdown

    from autograder.learner.hint_stage import next_hint
    from autograder.learner.hints import hints_of

    stage = next_hint(lesson.name, exercise, hints_of(lesson, exercise))
    if stage.trouble:
        err.print(stage.trouble, markup=False)
    if not stage.hints:
        out.print(f"{exercise} has no hints. Read its text once more: it says what counts.")
        return
    if not stage.number and not stage.trouble:
        out.print(f"You have seen all {stage.total} hints for {exercise}:")
    for each in stage.hints:
        title = f"{each.title} ({stage.number} of {stage.total})" if stage.number else each.title
        out.print(f"\n{title}", style="bold", markup=False)
        out.print(Markdown(each.text) if out.is_terminal else each.text, markup=False)
    more = how_to_go_on if 0 < stage.number < stage.total else ""
    out.print(f"\n{more or f'The solution, if you want it: course solution {lesson.name} {exercise}'}", markup=False)
