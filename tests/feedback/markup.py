"""Read a page as a browser would, and say what in it could act."""

from __future__ import annotations

from html.parser import HTMLParser

_ATTRIBUTES: dict[str, set[str]] = {
    "html": {"lang"},
    "head": set(),
    "meta": {"charset", "http-equiv", "content", "name"},
    "title": set(),
    "style": set(),
    "body": set(),
    "header": set(),
    "main": set(),
    "section": {"id", "aria-labelledby"},
    "h1": set(),
    "h2": {"id"},
    "h3": set(),
    "p": {"class"},
    "strong": set(),
    "ul": set(),
    "li": set(),
    "table": set(),
    "caption": set(),
    "thead": set(),
    "tbody": set(),
    "tfoot": set(),
    "tr": set(),
    "th": {"scope", "class", "colspan"},
    "td": {"class"},
    "a": {"href"},
    "span": {"class", "aria-hidden"},
    "div": {"class"},
    "dl": set(),
    "dt": set(),
    "dd": {"class"},
    "pre": {"class", "tabindex"},
    "blockquote": set(),
    "details": {"open"},
    "summary": set(),
    "figure": set(),
    "img": {"src", "alt"},
}
"""All that a feedback page may be made of: tag -> attributes."""

_VOID = {"meta", "img"}


class Page(HTMLParser):
    """A parsed page.

    Attributes:
        texts: tag -> the texts directly inside such tags, in order.
        strange: tags and attributes that a feedback page has no use for, and addresses that lead out of it.
        images: the addresses of its images.
        ids: the ids of its elements.
        links: the addresses of its links.
    """

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.texts: dict[str, list[str]] = {}
        self.strange: list[str] = []
        self.images: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.metas: list[dict[str, str | None]] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        if self._open:
            self.strange.append(f"not closed: {self._open}")

    @property
    def text(self) -> str:
        """All that a reader sees, without the style sheet."""
        return " ".join(text for tag, texts in self.texts.items() if tag != "style" for text in texts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.strange += [f"<{tag} {name}>" for name in attributes if name not in _ATTRIBUTES.get(tag, set())]
        if tag not in _ATTRIBUTES:
            self.strange.append(f"<{tag}>")
        if tag == "a":
            self.links.append(attributes.get("href") or "")
        if tag == "img":
            self.images.append(attributes.get("src") or "")
        if tag == "meta":
            self.metas.append(attributes)
        if attributes.get("id"):
            self.ids.append(attributes["id"] or "")
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.strange.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._open and data.strip():
            self.texts.setdefault(self._open[-1], []).append(data)

    def handle_comment(self, data: str) -> None:
        self.strange.append(f"<!--{data}-->")

    def unknown_decl(self, data: str) -> None:
        self.strange.append(f"<![{data}]>")
