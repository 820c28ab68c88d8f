"""Export questions to Anki, so that a later import updates the same cards and keeps their schedule."""

from __future__ import annotations

import hashlib
import html
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from autograder.curriculum import Curriculum
from autograder.drill.questions import Question

if TYPE_CHECKING:
    import genanki

# Anki knows the note type, the decks and the notes by these for ever: a change makes second copies of them all.
_MODEL_ID = 1_763_857_001
_NAMESPACE = "cv-interview-course"
_ROOT_DECK = "Computer vision interviews"
_FIELDS = ("Key", "Question", "Answer", "Points", "Lesson", "Section")

_FRONT = """<div class="lesson">{{Lesson}}</div>
{{Question}}"""
_BACK = """{{FrontSide}}
<hr id="answer">
{{Answer}}
<h4>Did you have these?</h4>
{{Points}}
{{#Section}}<div class="lesson">Reread: {{Section}}</div>{{/Section}}"""
_CSS = """.card { font-family: sans-serif; font-size: 18px; line-height: 1.4; text-align: left; }
.card { max-width: 42em; margin: 0 auto; }
.lesson { opacity: 0.75; font-size: 0.8em; }
pre { padding: 0.6em; overflow-x: auto; border: 1px solid #888; }
code, pre { font-family: monospace; font-size: 0.95em; }
table { border-collapse: collapse; }
th, td { border: 1px solid #888; padding: 0.2em 0.5em; }
"""


def write_package(questions: Sequence[Question], curriculum: Curriculum, path: Path) -> None:
    """Write ``questions`` as an Anki package: a deck for each lesson; tags for lesson, part, question, kind.

    A package that is there already is replaced as a whole, or stays as it is.

    Raises:
        OSError: if the file cannot be written.
    """
    import genanki

    model = _model()
    decks: dict[str, genanki.Deck] = {}
    for question in questions:
        if question.lesson not in decks:
            title = curriculum.lesson(question.lesson).title.replace("::", ":")
            decks[question.lesson] = genanki.Deck(_stable_id(question.lesson), f"{_ROOT_DECK}::{title}")
        decks[question.lesson].add_note(_note(question, curriculum, model))
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(descriptor)
    try:
        genanki.Package(list(decks.values())).write_to_file(name)
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def as_html(markdown: str) -> str:
    """Return Markdown as HTML; raw HTML in it is shown, not obeyed."""
    return str(_MARKDOWN.render(markdown))


def _model() -> genanki.Model:
    import genanki

    light = HtmlFormatter(style="default").get_style_defs(".code")
    dark = HtmlFormatter(style="github-dark").get_style_defs(".nightMode .code")
    return genanki.Model(
        _MODEL_ID,
        "Computer vision interview question",
        fields=[{"name": field} for field in _FIELDS],
        templates=[{"name": "Question", "qfmt": _FRONT, "afmt": _BACK}],
        css="\n".join([_CSS, light, dark]),
    )


def _note(question: Question, curriculum: Curriculum, model: genanki.Model) -> genanki.Note:
    import genanki

    part = next(part for part in curriculum.parts if question.lesson in {lesson.name for lesson in part.lessons})
    ask, answer = as_html(question.ask), as_html(question.answer)
    if question.code:
        ask += as_html(f"```python\n{question.code}\n```")
        answer = as_html(f"It prints:\n\n```text\n{question.output}\n```") + answer
    return genanki.Note(
        model,
        fields=[
            question.key,
            ask,
            answer,
            as_html("\n".join(f"- {point}" for point in question.points)),
            html.escape(curriculum.lesson(question.lesson).title),
            html.escape(question.section),
        ],
        tags=[
            f"lesson::{question.lesson}",
            f"part::{part.id}",
            f"question::{question.question}",
            f"kind::{question.kind.slug}",
        ],
        guid=genanki.guid_for(_NAMESPACE, question.key),
    )


def _stable_id(lesson: str) -> int:
    """Return the lesson's deck id, in the range that genanki advises."""
    digest = hashlib.sha256(f"{_NAMESPACE}/{lesson}".encode()).digest()
    return (1 << 30) + int.from_bytes(digest[:4], "big") % (1 << 30)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _highlighted(code: str, language: str, _attributes: str) -> str:
    try:
        lexer = get_lexer_by_name(language or "text")
    except ClassNotFound:
        lexer = get_lexer_by_name("text")
    return f'<pre class="code">{highlight(code, lexer, HtmlFormatter(nowrap=True))}</pre>'


_MARKDOWN = MarkdownIt("commonmark", {"html": False, "highlight": _highlighted}).enable("table")
