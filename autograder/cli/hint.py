"""``course hint``: the next hint for an exercise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.choice import chosen_exercise, chosen_lesson, opened_lesson
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
    lesson = opened_lesson(repository, chosen_lesson(repository, curriculum, names[0] if len(names) == 2 else None))
    print_hint(lesson, chosen_exercise(lesson, names[-1]))


def print_hint(lesson: Lesson, exercise: str) -> None:
    """Print the next hint for an exercise, or all if none is new."""
    from rich.markdown import Markdown

    from autograder.learner.hint_stage import next_hint

    stage = next_hint(lesson, exercise)
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
    again = f"course hint {lesson.name} {exercise}"
    more = f"The next one: {again}" if 0 < stage.number < stage.total else ""
    out.print(f"\n{more or f'The solution, if you want it: course solution {lesson.name} {exercise}'}", markup=False)
