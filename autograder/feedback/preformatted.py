"""Text as it was typed, carried by a Markdown cell in which nothing of it is markup."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from autograder.feedback.outline import source_of
from autograder.feedback.outputs import plain_text

_MOST_CHARACTERS = 100_000
_MOST_LINES = 2_000
_KEY = "typed"
# Formgrader cuts off what is wider than its page.
_WRAPPER = textwrap.TextWrapper(100, drop_whitespace=False, replace_whitespace=False, break_on_hyphens=False)


def preformatted_cell(text: str, cell_id: str) -> NotebookNode:
    """Return a Markdown cell that shows ``text`` with its lines wrapped: no HTML, formula or link in it is live."""
    typed = plain_text(text, _MOST_CHARACTERS, _MOST_LINES)
    wrapped = [piece for line in typed.expandtabs(4).split("\n") for piece in _WRAPPER.wrap(line) or [""]]
    longest = max(map(len, re.findall("`+", typed)), default=0)
    fence = "`" * max(3, longest + 1)
    source = "\n".join([f"{fence}text", *wrapped, fence])
    return new_markdown_cell(source, id=cell_id, metadata=NotebookNode({_KEY: typed}))


def as_typed(cell: Mapping[str, Any]) -> str:
    """Return the text of a cell; of one that :func:`preformatted_cell` made, the text that it was made from."""
    typed = cell["metadata"].get(_KEY)
    return typed if isinstance(typed, str) else source_of(cell)
