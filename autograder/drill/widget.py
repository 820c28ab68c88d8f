"""The drill in a notebook: the magic ``%drill``."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from functools import partial
from urllib.parse import quote

from IPython.core.getipython import get_ipython
from IPython.core.magic_arguments import MagicArgumentParser
from IPython.display import display

from autograder.curriculum import CurriculumError, load_curriculum
from autograder.drill import NEW_PER_DAY
from autograder.drill.opening import UnknownLesson, Wish, open_session
from autograder.drill.panel import DrillPanel
from autograder.drill.questions import Kind
from autograder.drill.reviews import record
from autograder.lesson import SourceError
from autograder.repository import NotACourse, Repository

_NO_WIDGETS = "The drill needs a notebook that shows widgets, such as JupyterLab. In a terminal, type: course drill"


def show_drill(line: str) -> None:
    """Show a sitting below the cell.

    Args:
        line: what follows ``%drill``: lessons and options, as for ``course drill``.

    Raises:
        UsageError: if the line cannot be understood; IPython shows its text.
    """
    wish = _wish(line)
    try:
        repository = Repository.find()
        curriculum = load_curriculum(repository.course)
        opening = open_session(repository, curriculum, wish)
    except NotACourse:
        print("The questions are not here: they are part of the course's repository. Mend: open the notebook there.")
        return
    except (CurriculumError, SourceError, UnknownLesson) as error:
        print(error)
        return
    if not hasattr(get_ipython(), "kernel"):
        print(_NO_WIDGETS)
        return
    panel = DrillPanel(
        opening.session, opening.intro, opening.warning, record, partial(_address, repository), curriculum
    )
    view = panel.box._repr_mimebundle_() or {}
    display({**view, "text/plain": _NO_WIDGETS}, raw=True)


def _wish(line: str) -> Wish:
    parser = MagicArgumentParser("%drill", description="Ask interview questions.")
    parser.add_argument("lessons", nargs="*", help="lessons to ask about")
    parser.add_argument("--mock", type=_at_least(1), metavar="N", help="a mock interview of N questions")
    parser.add_argument("--minutes", type=_at_least(1), help="time for the whole sitting")
    parser.add_argument("--seconds", type=_at_least(1), help="time for each answer")
    parser.add_argument("--kind", action="append", choices=[kind.slug for kind in Kind], help="only this kind")
    parser.add_argument("--new", type=_at_least(0), default=NEW_PER_DAY, help="most new questions in a day")
    chosen = parser.parse_argstring(line)
    kinds = tuple(kind for kind in Kind if kind.slug in (chosen.kind or []))
    return Wish(tuple(chosen.lessons), kinds, chosen.mock, chosen.seconds, chosen.minutes, chosen.new)


def _at_least(least: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise argparse.ArgumentTypeError(f"{text} is not a whole number of at least {least}")
        return int(text)

    return number


def _address(repository: Repository, lesson: str, section: str) -> str:
    notebook = os.path.relpath(repository.exercise_notebook(lesson))
    anchor = section.replace("`", "").replace(" ", "-")
    return quote(notebook) + (f"#{quote(anchor)}" if anchor else "")
