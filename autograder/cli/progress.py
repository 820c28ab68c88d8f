"""``course progress``: the whole course, what is done and what comes next."""

from __future__ import annotations

from autograder.cli.console import err, open_repository, out


def progress() -> None:
    """Show the map of the course: every lesson with its state, and where to continue.

    JupyterLab shows the same, with a plot over time: `%progress` on the start page.

    Examples:

        course progress

    Ends with 0.
    """
    from autograder.progress.map import map_as_text
    from autograder.progress.overview import overview_of
    from autograder.progress.record import ProgressUnavailable, events

    repository, _curriculum = open_repository()
    try:
        happened = events()
    except ProgressUnavailable as error:
        err.print(f"Your progress cannot be read, so the map shows the lessons only. {error}", markup=False)
        happened = []
    out.print(map_as_text(overview_of(repository, happened)), markup=False)
