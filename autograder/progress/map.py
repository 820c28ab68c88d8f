"""The curriculum as a map, with the learner's progress in it: as HTML for a notebook, and as text."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Callable
from html import escape
from pathlib import Path
from urllib.parse import quote

from autograder.check.report import anchor_of
from autograder.curriculum import Part
from autograder.progress.next_step import NextStep
from autograder.progress.overview import Overview
from autograder.progress.standing import LessonStanding, Stage
from autograder.repository import Repository

Link = Callable[[str, str], str]
"""From a lesson's name and a heading of it ("" for its beginning) to an address."""

_SIGN = {Stage.PLANNED: "–", Stage.NEW: "○", Stage.BEGUN: "◐", Stage.DONE: "●"}

# Middle tones, which stand out from a white ground and from a dark one; the state is always in words, too.
_BAR = {Stage.NEW: "#7a7f87", Stage.BEGUN: "#c77700", Stage.DONE: "#388e3c"}
_INK = "color: var(--jp-content-font-color1, inherit)"
_LINK = "color: var(--jp-content-link-color, inherit); text-decoration: underline"
_LIST = "list-style: none; margin: 0; padding: 0"


def links_from(folder: Path, repository: Repository) -> Link:
    """Return how a notebook in ``folder`` links to the lessons' notebooks."""

    def link(lesson: str, heading: str) -> str:
        path = Path(os.path.relpath(repository.exercise_notebook(lesson), folder)).as_posix()
        return quote(path) + (anchor_of(heading) if heading else "")

    return link


def code_of(lesson: str) -> str:
    """Return the short name of a lesson: ``B2`` for ``b2_sobel_edges``."""
    return lesson.partition("_")[0].upper()


def state_in_words(lesson: LessonStanding) -> str:
    """Return how far a lesson is, in words."""
    if lesson.stage is Stage.BEGUN:
        return f"begun, {lesson.passed} of {_exercises(len(lesson.exercises))}"
    if lesson.stage is Stage.NEW:
        return f"not begun, {_exercises(len(lesson.exercises))}"
    return lesson.stage.value


def map_as_text(overview: Overview) -> str:
    """Return the map for a terminal, and for whoever reads the notebook without HTML.

    Where to go on stands last: that is what a terminal leaves in sight.
    """
    lines = [_total(overview)]
    for part, lessons in overview.parts:
        here_now = [lesson for lesson in lessons if lesson.stage is not Stage.PLANNED]
        lines += ["", f"{part.id}. {part.title}"] if here_now else []
        for lesson in here_now:
            here = f"  <- {_marker(overview, lesson).lower()}" if _marker(overview, lesson) else ""
            name = lesson.planned.name
            lines.append(f"  {_SIGN[lesson.stage]} {code_of(name)} {lesson.planned.title}{here}")
            lines.append(f"       {'; '.join(_facts(overview, lesson))}")
    planned = sum(lesson.stage is Stage.PLANNED for lesson in overview.lessons.values())
    if planned:
        lines += ["", f"Not written yet: {planned} lesson{'s' if planned != 1 else ''}."]
    before, target, after = _next_in_words(overview.next_step)
    return "\n".join([*lines, "", f"{before} {target}. {after}" if target else f"{before} {after}"])


def map_as_html(overview: Overview, link: Link, plot: tuple[bytes, str] | None) -> str:
    """Return the map for a notebook: lists that a screen reader reads in order, no script, inline styles only.

    Args:
        overview: what to show.
        link: addresses of the lessons, seen from the notebook.
        plot: the PNG of the plot and its text alternative; None to leave it out.
    """
    parts = "".join(_part_as_html(overview, part, lessons, link) for part, lessons in overview.parts)
    return (
        f'<section aria-label="Your progress" lang="en" style="{_INK}; max-width: 66em">'
        f'<p style="margin: 4px 0; font-size: 1.15em">{_next_as_html(overview.next_step, link)}</p>'
        f'<p style="margin: 4px 0">{escape(_total(overview))}</p>'
        f"{_plot_as_html(plot)}"
        f'<ul style="{_LIST}">{parts}</ul></section>'
    )


def _exercises(number: int) -> str:
    return f"{number} exercise{'s' if number != 1 else ''}"


def _points(lesson: LessonStanding) -> str:
    return f"{lesson.points:g} of {lesson.best:g} points"


def _total(overview: Overview) -> str:
    lessons = overview.lessons.values()
    passed, every = sum(lesson.passed for lesson in lessons), sum(len(lesson.exercises) for lesson in lessons)
    points, best = sum(lesson.points for lesson in lessons), sum(lesson.best for lesson in lessons)
    visible_only = sum(
        lesson.of(exercise.name).passed and not lesson.of(exercise.name).complete
        for lesson in lessons
        for exercise in lesson.exercises
    )
    remark = f", {visible_only} of them by the visible tests only" if visible_only else ""
    return (
        f"{passed} of {_exercises(every)} passed{remark}. {points:g} of {best:g} points, without the written answers."
    )


def _marker(overview: Overview, lesson: LessonStanding) -> str:
    """Return what marks the lesson that comes next; "" for the others."""
    if overview.next_step is None or overview.next_step.lesson != lesson.planned.name:
        return ""
    return "You are here" if overview.next_step.is_begun else "Begin here"


def _next_in_words(step: NextStep | None) -> tuple[str, str, str]:
    """Return what the first line says: before the link, in the link, after it."""
    if step is None:
        return "Everything that is written so far is done.", "", "Keep it until the interview: run %drill."
    if not step.is_begun:
        return "Begin here:", step.lesson_title, step.reason
    minutes = f" ({step.minutes} minutes)" if step.minutes else ""
    return "Continue where you left off:", f"{step.lesson_title}, exercise {step.exercise}{minutes}", step.reason


def _next_as_html(step: NextStep | None, link: Link) -> str:
    before, target, after = _next_in_words(step)
    if step is None:
        return f"{escape(before)} {escape(after)}"
    # A lesson is begun at its title, not at its first exercise.
    address = link(step.lesson, step.heading if step.is_begun else "")
    anchor = f'<a href="{escape(address)}" style="{_LINK}; font-weight: 600">{escape(target)}</a>'
    return f"<strong>{escape(before)}</strong> {anchor}. {escape(after)}"


def _facts(overview: Overview, lesson: LessonStanding) -> list[str]:
    facts = [state_in_words(lesson), _points(lesson)]
    if lesson.minutes:
        facts.append(f"{lesson.minutes} minutes")
    needed = [overview.lessons[name] for name in lesson.planned.requires]
    written = [other for other in needed if other.stage is not Stage.PLANNED]
    if written:
        names = (code_of(o.planned.name) + (" (done)" if o.stage is Stage.DONE else "") for o in written)
        facts.append(f"after {', '.join(names)}")
    return facts


def _not_written(lessons: tuple[LessonStanding, ...]) -> str:
    planned = [lesson.planned for lesson in lessons if lesson.stage is Stage.PLANNED]
    if not planned:
        return ""
    return "Not written yet: " + "; ".join(f"{code_of(p.name)} {p.title}" for p in planned) + "."


def _part_as_html(overview: Overview, part: Part, lessons: tuple[LessonStanding, ...], link: Link) -> str:
    cards = "".join(
        _card(overview, lesson, link(lesson.planned.name, ""))
        for lesson in lessons
        if lesson.stage is not Stage.PLANNED
    )
    row = f'<ul style="{_LIST}; display: flex; flex-wrap: wrap; gap: 8px">{cards}</ul>' if cards else ""
    planned = _not_written(lessons)
    note = f'<p style="margin: 4px 0">{_SIGN[Stage.PLANNED]} {escape(planned)}</p>' if planned else ""
    title = escape(f"{part.id}. {part.title}")
    return f'<li style="margin: 14px 0 0 0"><p style="margin: 0 0 4px 0"><strong>{title}</strong></p>{row}{note}</li>'


def _card(overview: Overview, lesson: LessonStanding, address: str) -> str:
    colour = _BAR[lesson.stage]
    share = 100 * lesson.passed / len(lesson.exercises)
    state, *rest = _facts(overview, lesson)
    marker = _marker(overview, lesson)
    here = f'<p style="margin: 4px 0 0 0"><strong>→ {marker}</strong></p>' if marker else ""
    title = escape(f"{code_of(lesson.planned.name)} {lesson.planned.title}")
    return (
        f'<li style="flex: 1 1 15em; max-width: 24em; margin: 0; padding: 8px 10px; '
        f'border: 1px solid var(--jp-border-color1, #888); border-left: 5px solid {colour}; border-radius: 4px">'
        f'<a href="{escape(address)}" style="{_LINK}; font-weight: 600">{title}</a>'
        f'<p style="margin: 4px 0"><span aria-hidden="true">{_SIGN[lesson.stage]}</span> {escape(state)}</p>'
        '<div style="height: 5px; border-radius: 3px; background-color: var(--jp-layout-color3, #bbb)">'
        f'<div style="height: 5px; border-radius: 3px; width: {share:.0f}%; background-color: {colour}"></div></div>'
        f'<p style="margin: 4px 0 0 0">{escape(" · ".join(rest))}</p>{here}</li>'
    )


def _plot_as_html(plot: tuple[bytes, str] | None) -> str:
    if plot is None:
        return '<p style="margin: 4px 0">After your first passed exercise, a plot of your progress stands here.</p>'
    png, words = plot
    return (
        f'<img src="data:image/png;base64,{b64encode(png).decode()}" alt="{escape(words)}" '
        'style="max-width: 100%; width: 36em; margin: 6px 0; background-color: white">'
    )
