"""``course drill``: interview questions in the terminal, and their export to Anki."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from autograder.cli.console import Exit, err, fail, open_repository
from autograder.curriculum import Curriculum
from autograder.drill import NEW_PER_DAY
from autograder.repository import Repository

if TYPE_CHECKING:
    from autograder.drill.opening import Wish
    from autograder.drill.session import Review, Summary

_WIDEST = 100  # longer lines are hard to read


def drill(
    lessons: Annotated[
        list[str] | None, typer.Argument(help="Lessons to ask about; those that make sense now unless named.")
    ] = None,
    mock: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="A mock interview of N questions, from all lessons.")
    ] = None,
    minutes: Annotated[
        float | None, typer.Option(min=0.1, help="Time for the whole sitting: after it, no further question.")
    ] = None,
    seconds: Annotated[
        float | None, typer.Option(min=1, help="Time for each answer; it says when you took more.")
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            help="Only this kind: what, why, follow-up, spot-the-flaw or predict-the-output. May be repeated."
        ),
    ] = None,
    new: Annotated[int, typer.Option(min=0, help="Most new questions in a day.")] = NEW_PER_DAY,
    export: Annotated[
        Path | None, typer.Option(metavar="FILE.apkg", help="Write the questions as an Anki package, and ask nothing.")
    ] = None,
) -> None:
    """Ask interview questions, and ask each again just before you would forget it.

    Answer aloud or in writing, look at the answer, tick the key points that you had, and rate yourself. First comes
    what is due, then what is new. New questions come from the lessons that you have begun, or from all of them if you
    have begun none. No question stays away for longer than 30 days. Every rating is kept at once: end with q whenever
    you like.

    A mock interview draws from all lessons, as an interviewer does. It asks for no ratings: they follow from the key
    points. At the end it says, weakest lesson first, what to reread. Take one two weeks before the interview.

    Examples:

        course drill

        course drill b2_sobel_edges --kind why --minutes 10

        course drill --mock 8 --seconds 90

        course drill --export questions.apkg

    Ends with 0, with 1 if the questions have mistakes or FILE cannot be written, with 2 if a name is wrong.
    """
    from autograder.drill.opening import Wish
    from autograder.drill.questions import Kind
    from autograder.lesson import SourceError

    repository, curriculum = open_repository()
    kinds = {each.slug: each for each in Kind}
    for name in kind or []:
        if name not in kinds:
            fail(f"There is no kind {name}. Mend: use one of {', '.join(kinds)}.", Exit.USAGE)
    wish = Wish(tuple(lessons or ()), tuple(kinds[name] for name in kind or []), mock, seconds, minutes, new)
    try:
        if export is not None:
            _export(repository, curriculum, wish, export)
        else:
            _ask(repository, curriculum, wish)
    except SourceError as error:
        fail(str(error))


def _ask(repository: Repository, curriculum: Curriculum, wish: Wish) -> None:
    from autograder.drill.opening import UnknownLesson, open_session
    from autograder.drill.reviews import record
    from autograder.drill.terminal import converse
    from autograder.progress.database import ProgressUnavailable

    # Wrapped lines: the other commands print paths and tables, this one prose.
    console = Console(highlight=False)
    console.width = min(console.width, _WIDEST)
    try:
        opening = open_session(repository, curriculum, wish)
    except UnknownLesson as error:
        fail(str(error), Exit.USAGE)
    if opening.warning:
        err.print(opening.warning, markup=False)
    console.print(opening.intro, markup=False)

    def keep(review: Review) -> None:
        try:
            record(review)
        except ProgressUnavailable as error:
            if not opening.warning:
                err.print(f"This answer is not kept. {error}", markup=False)

    converse(opening.session, keep, console)
    summary = opening.session.summary()
    if summary.asked:
        _print_summary(repository, summary, opening.session.seconds, console)


def _print_summary(repository: Repository, summary: Summary, allowed: float | None, console: Console) -> None:
    from autograder.drill.wording import headline

    console.rule("Summary", align="left")
    console.print(headline(summary, allowed))
    table = Table("weakest first", "questions", "key points", "share", box=None)
    for result in summary.lessons:
        table.add_row(result.lesson, str(result.asked), f"{result.had} of {result.of}", f"{result.share:.0%}")
    console.print(table)
    lacking = [result for result in summary.lessons if result.had < result.of]
    if lacking:
        console.print("Reread:")
    for result in lacking:
        notebook = os.path.relpath(repository.exercise_notebook(result.lesson))
        console.print(f"  {notebook}", markup=False, soft_wrap=True)
        for section in result.sections:
            console.print(f"    {section}", markup=False, soft_wrap=True)


def _export(repository: Repository, curriculum: Curriculum, wish: Wish, path: Path) -> None:
    from autograder.drill.anki import write_package
    from autograder.drill.questions import read_all_questions

    if path.suffix != ".apkg":
        fail(f"{path} would not be recognised by Anki. Mend: let the name end in .apkg.", Exit.USAGE)
    questions = [
        question
        for question in read_all_questions(repository.course, curriculum, list(wish.lessons) or None)
        if not wish.kinds or question.kind in wish.kinds
    ]
    if not questions:
        fail("There are no such questions. Mend: name other lessons or kinds, or none.", Exit.USAGE)
    try:
        write_package(questions, curriculum, path)
    except OSError as error:
        fail(f"{path}: it cannot be written ({error.strerror}). Mend: name a file in a folder of yours.")
    print(f"{len(questions)} questions are in {path}. Open it with Anki; import a later export to update them.")
