"""``course next``: what to do next."""

from __future__ import annotations

from autograder.cli.console import fail, open_repository, out


def next_step() -> None:
    """Say which exercise to do next, how long it takes, and why it is this one.

    Example:

        course next

    Ends with 0, or with 1 if your progress cannot be read.
    """
    from autograder.curriculum import CurriculumError
    from autograder.progress.next_step import next_exercise
    from autograder.progress.record import ProgressUnavailable

    repository, _curriculum = open_repository()
    try:
        step = next_exercise(repository)
    except (ProgressUnavailable, CurriculumError) as error:
        fail(str(error))
    if step is None:
        out.print("You have passed every exercise that there is. To keep it until the interview: course drill")
        return
    minutes = f", {step.minutes} minutes" if step.minutes else ""
    path = repository.exercise_notebook(step.lesson).relative_to(repository.root)
    title = f": {step.title}" if step.title != step.exercise else ""
    out.print(f"{step.exercise}{title}{minutes}", style="bold", markup=False)
    out.print(f"in “{step.lesson_title}”. {step.reason}", markup=False)
    out.print(f"\nOpen {path} and go to the heading “{step.heading}”.", markup=False)
    out.print(f"While you work: course watch {step.lesson}", markup=False)
