"""A Sphinx extension that writes formulas as MathML, which browsers show without a script or a font from elsewhere."""

from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree

from docutils import nodes
from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator

_LOGGER = logging.getLogger(__name__)
_NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
ElementTree.register_namespace("", _NAMESPACE.strip("{}"))
# Entities that HTML knows and XML does not.
_ENTITY = re.compile(r"&(?!amp;|lt;|gt;|quot;)\w+;")
# What MathJax in JupyterLab knows, and docutils does not.
_OTHER_NAMES = {r"\dots": r"\ldots", "°": r"^\circ"}


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the renderer ``mathml``."""
    app.add_html_math_renderer("mathml", (_visit_inline, None), (_visit_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _visit_inline(translator: HTML5Translator, node: nodes.math) -> None:
    translator.body.append(_mathml(node, as_block=False))
    raise nodes.SkipNode


def _visit_block(translator: HTML5Translator, node: nodes.math_block) -> None:
    translator.body.append(f'<div class="math">{_mathml(node, as_block=True)}</div>')
    raise nodes.SkipNode


def _mathml(node: nodes.math | nodes.math_block, *, as_block: bool) -> str:
    latex = node.astext()
    for name, other in _OTHER_NAMES.items():
        latex = latex.replace(name, other)
    try:
        text = tex2mathml(latex, as_block=as_block)
    except MathError as error:
        _LOGGER.warning("%s in the formula %r. Mend: write it with other commands.", error, latex, location=node)
        return ""
    formula = ElementTree.fromstring(_ENTITY.sub(lambda entity: unescape(entity[0]), text))
    for script in formula.iter(f"{_NAMESPACE}msub"):
        if script[0].tag == f"{_NAMESPACE}munder":  # what stands below a brace: docutils puts it beside
            script.tag = f"{_NAMESPACE}munder"
    return ElementTree.tostring(formula, encoding="unicode")
