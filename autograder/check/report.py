"""What a check says, as plain data, as text for a terminal and as a panel for a notebook."""

from __future__ import annotations

import html
import re
import textwrap
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
    """Return the address of a heading in a notebook that JupyterLab shows: its plain text, hyphens for spaces."""
    return "#" + plain(heading).strip().replace(" ", "-")


def plain(heading: str) -> str:
    """Return a heading as it is shown, without its Markdown marks."""
    return heading.replace("`", "").replace("*", "")


def as_text(report: Report, width: int | None = None) -> str:
    """Return a report for a terminal, and for whoever reads the notebook without HTML.

    Args:
        report: the report.
        width: columns after which sentences go on in the next line; lines of code stay as they are. None: no limit.
    """
    lines = [f"{_SIGN[report.state]} {_first_line(report)}"]
    if report.headline:
        lines += ["", *_wrapped(report.headline, width)]
    for name, text in report.fields:
        room = max(_NARROWEST, width - _INDENT) if width and name not in _CODE_FIELDS else None
        first, *rest = _wrapped(text, room)
        lines += [f"  {name:<{_INDENT - 2}}{first}".rstrip(), *(f"{'':<{_INDENT}}{line}".rstrip() for line in rest)]
    after = _remarks(report)
    if report.section:
        section = _without_mathematics(report.section)
        after.append(f"Read again: {section}{'' if section.endswith(('?', '!', '.')) else '.'}")
    if report.next_step:
        after.append(f"{report.next_step} {_without_mathematics(report.next_heading)}".rstrip())
    if after and (report.headline or report.fields):
        lines.append("")
    return "\n".join([*lines, *(line for remark in after for line in _wrapped(remark, width))])


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
# Long lines wrap: what differs between two arrays is often at their end.
_BOX = f"margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; word-break: normal; {_CODE}; color: inherit"
_CODE_SPAN = re.compile(r"`([^`\n]+)`")
_CODE_FIELDS = {"call", "got", "expected", "printed"}
_INDENT = 12
_NARROWEST = 30
_GLUE = "\0"
_FORMULA = re.compile(r"\$([^$]+)\$")
_BRACES = str.maketrans("{}", "()")


def _wrapped(text: str, width: int | None) -> list[str]:
    """Return the lines of a text, broken between words; long words and code in backticks stay whole to be copied."""
    if width is None:
        return text.split("\n")
    glued = _CODE_SPAN.sub(lambda span: span[0].replace(" ", _GLUE), text)
    return [
        part.replace(_GLUE, " ")
        for line in glued.split("\n")
        for part in textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]
    ]


def _without_mathematics(heading: str) -> str:
    r"""Return a heading with its formulas as plain characters: ``$\sqrt{d}$`` becomes ``sqrt(d)``."""
    return _FORMULA.sub(lambda found: found[1].translate(_BRACES).replace("\\", ""), heading)


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
            body = f'<pre style="{_BOX}">{body}</pre>'
        # JupyterLab gives terms and texts shares of the width.
        rows.append(f'<dt style="width: auto; font-weight: 600">{html.escape(name)}</dt>')
        rows.append(f'<dd style="width: auto; margin: 0; min-width: 0; white-space: pre-line">{body}</dd>')
    grid = (
        "display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 4px 12px; align-items: baseline; "
        "margin: 8px 0 0 0"
    )
    return f'<dl style="{grid}">{"".join(rows)}</dl>'


def _link(heading: str) -> str:
    colour = "color: var(--jp-content-link-color, inherit); text-decoration: underline"
    return f'<a href="{html.escape(anchor_of(heading))}" style="{colour}">{marked(heading)}</a>'
