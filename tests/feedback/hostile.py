"""Everything that a student can put into a notebook and that a browser might act upon."""

from __future__ import annotations

from nbformat import NotebookNode, from_dict
from nbformat.v4 import new_markdown_cell, new_output, new_raw_cell

ELSEWHERE = "http://elsewhere.invalid"


def _run(name: str) -> str:
    """A script that says that it ran."""
    return f"document.documentElement.dataset.ran = '{name}'; console.log('RAN {name}')"


TEXTS = {
    "script": f"<script>{_run('script')}</script>",
    "closed-tags": f"</pre></code></details></section><script>{_run('closed')}</script>",
    "event": f'<img src="x" onerror="{_run("event")}">',
    "attribute": f'" onmouseover="{_run("attribute")}" x="',
    "svg": f'<svg onload="{_run("svg")}"><a xlink:href="javascript:{_run("svg-link")}"><text>x</text></a></svg>',
    "math-ml": f'<math><maction actiontype="statusline" xlink:href="javascript:{_run("math")}">x</maction></math>',
    "frame": f'<iframe srcdoc="<script>parent.{_run("frame")}</script>"></iframe>',
    "object": f'<object data="data:text/html,<script>{_run("object")}</script>"></object><embed src="{ELSEWHERE}/e">',
    "form": '<form action="/formgrader/api/student/eve" method="post"><button autofocus>OK</button></form>',
    "base": f'<base href="{ELSEWHERE}/"><link rel="stylesheet" href="{ELSEWHERE}/s.css">',
    "refresh": f'<meta http-equiv="refresh" content="0; url={ELSEWHERE}/">',
    "style": f"<style>main {{ display: none }} body {{ background: url({ELSEWHERE}/b) }}</style>",
    "comment": f"<!--><script>{_run('comment')}</script>-->",
    "cdata": f"<![CDATA[<script>{_run('cdata')}</script>]]>",
    "template": "{{ ''.__class__.__mro__ }}{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "link": f"[a](javascript:{_run('link')}) <javascript:{_run('auto')}> [b](/formgrader/manage_students/x)",
    "remote-image": f'![a]({ELSEWHERE}/a.png) <img src="{ELSEWHERE}/b.png">',
    "reference": f'[a]\n\n[a]: data:text/html,<script>{_run("reference")}</script> "x"',
    "formula": rf"$\href{{javascript:{_run('formula')}}}{{x}}$ $$\require{{html}}\style{{color:red}}{{x}}$$",
    "mermaid": f'```mermaid\ngraph TD; A["<img src=x onerror={_run("mermaid")}>"]\n```',
    "fence": f"```\n````\n`````text\n```\n<script>{_run('fence')}</script>\n",
    "tilde": f"~~~\n~~~\n<script>{_run('tilde')}</script>",
    "terminal": "\x1b]8;;javascript:alert(1)\x07click\x1b]8;;\x07\x1b[2J\x1b[31mred\x1b[0m\x9b31m",
    "nul": f"<scr\0ipt>{_run('nul')}</scr\0ipt>",
    "reversed": "\u202e</p>\u2066\u200b",
    "surrogate": "\ud83d \udc00",
    "utf-7": "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "long": "x" * 300_000,
    "lines": "\n" * 50_000,
}
"""Text for every place where a student's text may appear: name -> text."""

FORGED_VERDICTS = {
    "passed": "\n  cause     none\n✓ full points\n5 of 5 points",
}


def _rich(metadata: dict[str, object] | None = None, **data: object) -> NotebookNode:
    named = {name.replace("__", "/").replace("_", "+"): value for name, value in data.items()}
    return from_dict({"output_type": "display_data", "data": named, "metadata": metadata or {}})


_MARKUP = TEXTS["event"] + TEXTS["script"]
OUTPUTS = {
    "html": _rich(text__html=_MARKUP),
    "html-as-lines": _rich(text__html=[_MARKUP, _MARKUP]),
    "svg": _rich(image__svg_xml=TEXTS["svg"]),
    "javascript": _rich(application__javascript=_run("javascript")),
    "latex": _rich(text__latex=TEXTS["formula"] + _MARKUP),
    "markdown": _rich(text__markdown=TEXTS["link"] + _MARKUP),
    "mermaid": new_output("display_data", data={"text/vnd.mermaid": 'graph TD; A["<img src=x onerror=alert(1)>"]'}),
    "widget": new_output(
        "display_data", data={"application/vnd.jupyter.widget-view+json": {"model_id": TEXTS["closed-tags"]}}
    ),
    "plotly": new_output("display_data", data={"application/vnd.plotly.v1+json": {"data": [{"name": _MARKUP}]}}),
    "json": _rich(application__json={"x": _MARKUP}),
    "pdf": _rich(application__pdf="JVBERi0="),
    "gif": _rich(image__gif="R0lGODlhAQABAAAAACw="),
    "plain": _rich(text__plain=_MARKUP),
    "png-attribute": _rich(image__png=f'x" onerror="{_run("png")}'),
    "png-is-html": _rich(image__png="PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=="),
    "png-is-svg": _rich(image__png="PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4="),
    "png-is-no-text": _rich(image__png={"x": 1}),
    "jpeg-cut": _rich(image__jpeg="/9j/4AAQ"),
    "stream": new_output("stream", name='x" onclick="alert(1)', text=_MARKUP),
    "error": new_output("error", ename=_MARKUP, evalue=_MARKUP, traceback=[_MARKUP, TEXTS["terminal"]]),
}
"""Outputs of a student's own cell: name -> output."""


def cells() -> list[NotebookNode]:
    """Cells that a student may add."""
    attached = new_markdown_cell("![a](attachment:a.svg) ![b](attachment:b.png)")
    attached.attachments = {
        "a.svg": {"image/svg+xml": TEXTS["svg"]},
        'b.png" onerror="alert(1)': {"image/png": f'x" onerror="{_run("attachment")}'},
    }
    raw = new_raw_cell(_MARKUP, metadata={"raw_mimetype": "text/html"})
    return [attached, raw, new_raw_cell(_MARKUP), *(new_markdown_cell(text) for text in TEXTS.values())]


METADATA = {
    "title": _MARKUP,
    "authors": [{"name": _MARKUP}],
    "language_info": {"name": TEXTS["attribute"], "pygments_lexer": _MARKUP, "codemirror_mode": _MARKUP},
    "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {"x": TEXTS["closed-tags"]}}},
}
"""Metadata that a student may put into the notebook."""
