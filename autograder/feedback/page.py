"""Write a report as one HTML page: no scripts, nothing from outside, readable on a phone, on paper and aloud."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from autograder.feedback.report import Report

_LONGEST_HIGHLIGHTED = 10_000
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n){3,}")
_LEXER = PythonLexer(ensurenl=False, stripnl=False)
_FORMATTER = HtmlFormatter(nowrap=True)


def render_report(report: Report) -> str:
    """Return the page of a graded submission."""
    return _template("report").render(report=report, **_frame())


def render_refusal(*, assignment: str, student: str, reason: str, advice: str, standing: str) -> str:
    """Return the page of a submission that could not be graded.

    Args:
        assignment: name of the assignment.
        student: id of the student.
        reason: what is wrong with the submission.
        advice: what the student should do.
        standing: a sentence about the grade of an earlier submission, or "".
    """
    return _template("refusal").render(
        assignment=assignment, student=student, reason=reason, advice=advice, standing=standing, **_frame()
    )


def points(number: float) -> str:
    """Return a number of points with at most two decimals: 2, 2.5, 0.33."""
    return f"{round(number, 2) + 0.0:.12g}"


def highlighted(source: str) -> str:
    """Return Python code as HTML with its keywords, strings and comments marked; plain text if it is very long."""
    if len(source) > _LONGEST_HIGHLIGHTED:
        return Markup.escape(source)
    # Pygments takes minutes for thousands of blank lines; it escapes what it writes.
    return Markup(highlight(_BLANK_LINES.sub("\n\n\n", source), _LEXER, _FORMATTER).rstrip("\n"))


@cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=PackageLoader("autograder.feedback", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(points=points, highlighted=highlighted)
    return environment.get_template(f"{name}.html.j2")


@cache
def _frame() -> dict[str, str]:
    """Return the style sheet, and its fingerprint for the page's security policy."""
    style = files("autograder.feedback").joinpath("page.css").read_text(encoding="utf-8")
    fingerprint = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    return {"style": Markup(style), "style_hash": fingerprint}
