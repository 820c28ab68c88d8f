"""``%progress``: the map of the course and the plot of progress, below the cell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from IPython.display import display

from autograder.curriculum import CurriculumError
from autograder.progress.map import links_from, map_as_html, map_as_text
from autograder.progress.overview import Overview, overview_of
from autograder.progress.plot import plot_of, words_of_plot
from autograder.progress.record import Event, ProgressUnavailable, events
from autograder.repository import NotACourse, Repository


def show_progress() -> None:
    """Display where the learner stands. What cannot be read is said in one line, with its mend."""
    try:
        repository = Repository.find()
        overview = overview_of(repository, _recorded())
    except (CurriculumError, NotACourse) as error:
        print(error)
        return
    plot = _plot(overview)
    text = map_as_text(overview) + (f"\n\n{plot[1]}" if plot else "")
    page = map_as_html(overview, links_from(Path.cwd(), repository), plot)
    display({"text/html": page, "text/plain": text}, raw=True)


def _recorded() -> list[Event]:
    try:
        return events()
    except ProgressUnavailable as error:
        print(f"Your progress cannot be read, so the map shows the lessons only. {error}")
        return []


def _plot(overview: Overview) -> tuple[bytes, str] | None:
    by_day = overview.passed_by_day()
    if not by_day:
        return None
    best = sum(len(lesson.exercises) for lesson in overview.lessons.values())
    return plot_of(by_day, best, date.today()), words_of_plot(by_day, best)
