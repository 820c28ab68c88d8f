"""A Sphinx extension that gives the captions of the navigation the level that a screen reader needs."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

_CAPTION = 'class="caption" role="heading"'
_AFTER_FURO = 900
"""Furo makes its tree at Sphinx's usual priority, 500."""


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect to the making of each page."""
    app.connect("html-page-context", _name_the_level, priority=_AFTER_FURO)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _name_the_level(_app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
    context["furo_navigation_tree"] = context["furo_navigation_tree"].replace(_CAPTION, f'{_CAPTION} aria-level="2"')
