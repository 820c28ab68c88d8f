"""All exercises of a lesson at a glance, as text and as a table."""

from __future__ import annotations

import html
from dataclasses import dataclass

from autograder.check.lesson_tests import ExerciseTests, LessonTests
from autograder.check.report import Report, State, anchor_of, marked, sign_of, words_of
from autograder.progress.record import ExerciseProgress


@dataclass(frozen=True)
class Row:
    """One exercise: its name, its heading, a sign and words for its state, the points got and possible.

    No points are possible for a written answer: nothing here can judge it.
    """

    name: str
    heading: str
    title: str
    sign: str
    state: str
    points: float
    best: float


@dataclass(frozen=True)
class Overview:
    """A lesson: a caption, its exercises, and what to say below them."""

    caption: str
    rows: tuple[Row, ...]
    remark: str


def row_of_progress(exercise: ExerciseTests, progress: ExerciseProgress | None) -> Row:
    """Return what is recorded of an exercise."""
    if exercise.is_written:
        sign, state = sign_of(State.WRITTEN), "yours to compare with the model answer"
    elif progress is None or not progress.tries:
        sign, state = sign_of(State.UNSOLVED), "not tried yet"
    elif progress.passed:
        sign, state = sign_of(State.PASSED), "passed" if progress.complete else words_of(State.VISIBLE_PASSED)
    else:
        sign, state = sign_of(State.FAILED), f"tried {progress.tries} time{'s' if progress.tries != 1 else ''}"
    points = min(progress.points, exercise.points) if progress else 0.0
    return Row(exercise.name, exercise.heading, exercise.title, sign, state, points, _judged_points(exercise))


def row_of_report(exercise: ExerciseTests, report: Report) -> Row:
    """Return what a check has just found."""
    return Row(
        exercise.name,
        exercise.heading,
        exercise.title,
        sign_of(report.state),
        words_of(report.state),
        report.points,
        _judged_points(exercise),
    )


def _judged_points(exercise: ExerciseTests) -> float:
    return 0.0 if exercise.is_written else exercise.points


def overview_of(lesson: LessonTests, rows: tuple[Row, ...], remark: str) -> Overview:
    """Return the overview of a lesson."""
    return Overview(f"{lesson.title}: your exercises" if lesson.title else "Your exercises", rows, remark)


def overview_as_text(overview: Overview) -> str:
    """Return an overview for a terminal."""
    wide = max((len(row.name) for row in overview.rows), default=0)
    long = max((len(row.state) for row in overview.rows), default=0)
    points = max((len(_points(row, "/")) for row in overview.rows), default=0)
    rows = [
        f"{row.sign} {row.name:<{wide}}  {row.state:<{long}}  {_points(row, '/'):<{points}}  {row.title}"
        for row in overview.rows
    ]
    return "\n".join([overview.caption, *rows, overview.remark])


def _points(row: Row, between: str) -> str:
    return f"{row.points:g}{between}{row.best:g}" if row.best else "–"


def overview_as_html(overview: Overview) -> str:
    """Return an overview as a table; what is foreign is escaped."""
    cell = "text-align: left; padding: 2px 12px 2px 0; font-weight: normal"
    head = "".join(
        f'<th scope="col" style="text-align: left; padding: 2px 12px 2px 0">{name}</th>'
        for name in ("Exercise", "Name", "State", "Points")
    )
    rows = "".join(
        f'<tr><th scope="row" style="{cell}"><a href="{html.escape(anchor_of(row.heading))}" '
        f'style="color: var(--jp-content-link-color, inherit); text-decoration: underline">{marked(row.title)}</a>'
        f'</th><td style="{cell}"><code style="color: inherit">{html.escape(row.name)}</code></td>'
        f'<td style="{cell}"><span aria-hidden="true">{html.escape(row.sign)}</span> {html.escape(row.state)}</td>'
        f'<td style="{cell}">{_points(row, " of ")}</td></tr>'
        for row in overview.rows
    )
    return (
        '<div lang="en" style="color: var(--jp-content-font-color1, inherit); overflow-x: auto">'
        f'<table style="border-collapse: collapse"><caption style="text-align: left; font-weight: 600; '
        f'color: inherit">{html.escape(overview.caption)}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table><p>{marked(overview.remark)}</p></div>"
    )
