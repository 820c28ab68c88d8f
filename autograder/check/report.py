"""What a check says, as plain data, as text for a terminal and as a panel for a notebook."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """What came of a check."""

    UNSOLVED = "unsolved"
    """Nothing is there to be judged: the body still raises NotImplementedError."""
    FAILED = "failed"
    VISIBLE_PASSED = "visible passed"
    """What could be run passed, but the hidden tests are not in this copy of the course."""
    PASSED = "passed"
    NOT_RUN = "not run"
    """No test could say anything, because a name of the notebook is missing."""
    STOPPED = "stopped"
    """The learner stopped the check."""
    WRITTEN = "written"
    """A written answer, which a person grades."""


@dataclass(frozen=True)
class PointsOfTest:
    """One test cell of an exercise.

    Attributes:
        number: counted from 1 in its exercise.
        passed: whether nothing in it failed.
        points: what it gives.
        best: the most that it can give.
    """

    number: int
    passed: bool
    points: float
    best: float


@dataclass(frozen=True)
class Report:
    """What a check of one exercise found: plain data, which may be pickled and kept.

    Attributes:
        lesson: folder name of the lesson.
        exercise: name of the exercise.
        title: its heading, without "Exercise:".
        state: what came of it.
        points: what its tests give.
        best: the most that they can give.
        checks: how many checks held, before the first that failed.
        headline: what is wrong, in a sentence; "" after a pass.
        fields: (name, text) in the order in which they are read: cause, call, got, expected, as far as known.
        tests: its test cells, one by one.
        complete: whether the hidden tests were among those that ran.
        why_incomplete: why they were not; "" if they were.
        section: heading of the part of the lesson to reread; "" if there is none, or no need.
        standing: how far the learner is in the lesson, in a sentence; "" if it is not known.
        next_step: what to do now, in a sentence.
        next_heading: the heading in this notebook to which ``next_step`` sends; "" if it sends nowhere.
    """

    lesson: str
    exercise: str
    title: str
    state: State
    points: float = 0.0
    best: float = 0.0
    checks: int = 0
    headline: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    tests: tuple[PointsOfTest, ...] = ()
    complete: bool = False
    why_incomplete: str = ""
    section: str = ""
    standing: str = ""
    next_step: str = ""
    next_heading: str = ""

    @property
    def passed(self) -> bool:
        """Whether every test that ran passed; it may be that hidden ones did not run."""
        return self.state in (State.PASSED, State.VISIBLE_PASSED)


_SIGN = {
    State.UNSOLVED: "○",
    State.FAILED: "✗",
    State.VISIBLE_PASSED: "✓",
    State.PASSED: "✓",
    State.NOT_RUN: "–",
    State.STOPPED: "–",
    State.WRITTEN: "✎",
}
_WORDS = {
    State.UNSOLVED: "not solved yet",
    State.FAILED: "not right yet",
    State.VISIBLE_PASSED: "the visible tests pass",
    State.PASSED: "passed",
    State.NOT_RUN: "not checked",
    State.STOPPED: "stopped",
    State.WRITTEN: "a written answer",
}


def sign_of(state: State) -> str:
    """Return one character for a state; always shown beside :func:`words_of`."""
    return _SIGN[state]


def words_of(state: State) -> str:
    """Return a state in words."""
    return _WORDS[state]


def points_of(points: float, best: float) -> str:
    """Return points in words: ``1.5 of 3 points``."""
    return f"{points:g} of {best:g} point{'s' if best != 1 else ''}"


def anchor_of(heading: str) -> str:
    """Return the address of a heading in a notebook that JupyterLab shows: spaces become hyphens."""
    return "#" + heading.strip().replace(" ", "-")


def as_text(report: Report) -> str:
    """Return a report for a terminal, and for whoever reads the notebook without HTML."""
    lines = [f"{_SIGN[report.state]} {_first_line(report)}"]
    if report.headline:
        lines += ["", report.headline]
    for name, text in report.fields:
        first, *rest = text.split("\n")
        lines += [f"  {name:<10}{first}".rstrip(), *(f"{'':<12}{line}".rstrip() for line in rest)]
    after = _remarks(report)
    if report.section:
        after.append(f"Read again: {report.section}.")
    if report.next_step:
        after.append(f"{report.next_step} {report.next_heading}".rstrip())
    return "\n".join([*lines, *([""] if after and (report.headline or report.fields) else []), *after])


def as_html(report: Report) -> str:
    """Return a report as a panel: no script, no colour that means something alone, all foreign text escaped."""
    name = html.escape(f"Check of {report.exercise}")
    head = f'<span aria-hidden="true">{_SIGN[report.state]}</span> {marked(_first_line(report))}'
    parts = [f'<div role="status" style="font-weight: 600">{head}</div>']
    if report.headline:
        parts.append(f'<p style="{_PARAGRAPH}">{marked(report.headline)}</p>')
    if report.fields:
        parts.append(_field_list(report.fields))
    parts += [f'<p style="{_PARAGRAPH}">{marked(remark)}</p>' for remark in _remarks(report)]
    if report.section:
        parts.append(f'<p style="{_PARAGRAPH}">Read again: {_link(report.section)}.</p>')
    if report.next_step:
        target = f" {_link(report.next_heading)}" if report.next_heading else ""
        parts.append(f'<p style="{_PARAGRAPH}">{marked(report.next_step)}{target}</p>')
    bar = _BAR[report.state]
    return (
        f'<div role="group" aria-label="{name}" lang="en" style="border-left: 4px solid {bar}; padding: 2px 12px; '
        f'margin: 4px 0; color: var(--jp-content-font-color1, inherit)">{"".join(parts)}</div>'
    )


def marked(text: str) -> str:
    """Return text as HTML: escaped, and in code type what stands between backticks."""
    return _CODE_SPAN.sub(rf'<code style="{_CODE}; color: inherit">\1</code>', html.escape(text, quote=False))


# Colours of the bar only: its middle tones stand out from a white ground and from a dark one.
_RIGHT, _WRONG, _OPEN = "#388e3c", "#d9483b", "#7a7f87"
_BAR = {
    State.UNSOLVED: _OPEN,
    State.FAILED: _WRONG,
    State.VISIBLE_PASSED: _RIGHT,
    State.PASSED: _RIGHT,
    State.NOT_RUN: _OPEN,
    State.STOPPED: _OPEN,
    State.WRITTEN: _OPEN,
}
_PARAGRAPH = "margin: 6px 0 0 0; white-space: pre-line"
_CODE = "font-family: var(--jp-code-font-family, monospace); font-size: var(--jp-code-font-size, 13px)"
_BOX = f"margin: 0; overflow-x: auto; white-space: pre; word-break: normal; {_CODE}; color: inherit"
_LONGEST_LINE = 72
_CODE_SPAN = re.compile(r"`([^`\n]+)`")
_CODE_FIELDS = {"call", "got", "expected", "printed"}


def _first_line(report: Report) -> str:
    line = f"{report.exercise}: {_WORDS[report.state]}"
    if report.state in (State.NOT_RUN, State.STOPPED, State.WRITTEN):
        return f"{line}."
    return f"{line}, {points_of(report.points, report.best)}."


def _remarks(report: Report) -> list[str]:
    """Sentences that both forms show below the fields."""
    remarks = []
    held = f"{report.checks} check{'s' if report.checks != 1 else ''} held"
    if report.state is State.FAILED and report.checks:
        remarks.append(f"{held}, then this one failed.")
    elif report.passed:
        remarks.append(f"{held}.")
    if len(report.tests) > 1 and report.state is State.FAILED:
        remarks.append("; ".join(f"test {t.number}: {points_of(t.points, t.best)}" for t in report.tests) + ".")
    if report.why_incomplete and report.passed:
        remarks.append(f"Hidden tests are not available here: {report.why_incomplete}")
    if report.standing:
        remarks.append(report.standing)
    return remarks


def _field_list(fields: tuple[tuple[str, str], ...]) -> str:
    rows = []
    for name, text in fields:
        body = html.escape(text) if name in _CODE_FIELDS else marked(text)
        if name in _CODE_FIELDS:
            # A box that scrolls must be within reach of the keyboard.
            is_long = any(len(line) > _LONGEST_LINE for line in text.split("\n"))
            reach = f' tabindex="0" role="group" aria-label="{html.escape(name)}"' if is_long else ""
            body = f'<pre{reach} style="{_BOX}">{body}</pre>'
        rows.append(f'<dt style="font-weight: 600">{html.escape(name)}</dt>')
        rows.append(f'<dd style="margin: 0; min-width: 0; white-space: pre-line">{body}</dd>')
    grid = "display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 4px 12px; margin: 8px 0 0 0"
    return f'<dl style="{grid}">{"".join(rows)}</dl>'


def _link(heading: str) -> str:
    colour = "color: var(--jp-content-link-color, inherit); text-decoration: underline"
    return f'<a href="{html.escape(anchor_of(heading))}" style="{colour}">{html.escape(heading)}</a>'
