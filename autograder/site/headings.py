"""Anchors of headings, named as JupyterLab names them, so that one link works in a notebook and on the site."""

from __future__ import annotations

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from nbformat import NotebookNode


def anchor(title: str) -> str:
    """Return the anchor of a heading with this text."""
    return title.strip().replace(" ", "-")


def anchors_of(notebook: NotebookNode) -> dict[str, str]:
    """Return the anchor of every heading of a notebook, by the heading's Markdown without its number signs.

    MyST takes the words and the code of a heading into its anchor, and leaves formulas out.
    """
    markdown = MarkdownIt("commonmark").use(dollarmath_plugin)
    anchors: dict[str, str] = {}
    for cell in notebook.cells:
        if cell.cell_type != "markdown":
            continue
        tokens = markdown.parse(cell.source)
        for opening, inline in zip(tokens, tokens[1:], strict=False):
            if opening.type == "heading_open":
                words = [child.content for child in inline.children or () if child.type in ("text", "code_inline")]
                anchors.setdefault(inline.content, anchor("".join(words)))
    return anchors
