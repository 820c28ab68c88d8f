"""Check the finished pages: links lead somewhere, and nothing is loaded from another host."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LOADING = {"audio", "embed", "iframe", "img", "link", "object", "script", "source", "video"}


@dataclass(frozen=True)
class Links:
    """What the pages link to.

    Attributes:
        broken: what leads nowhere or would be loaded from another host, each with its page and its mend.
        external: the addresses on other hosts that a reader may follow; nobody has fetched them.
    """

    broken: tuple[str, ...]
    external: tuple[str, ...]


def check_links(folder: Path) -> Links:
    """Read every page below ``folder`` and follow its links within the folder."""
    pages = {path: _read(path) for path in sorted(folder.rglob("*.html"))}
    broken: list[str] = []
    external: set[str] = set()
    for path, page in pages.items():
        for tag, address in page.addresses:
            place = f"{path.relative_to(folder).as_posix()}: <{tag}> {address}"
            parts = urlsplit(address)
            if parts.scheme in ("data", "mailto", "javascript"):
                continue
            if parts.scheme or parts.netloc:
                if tag in _LOADING:
                    broken.append(f"{place}: loaded from another host. Mend: keep it on the site.")
                external.add(address)
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not target.is_file():
                broken.append(f"{place}: leads to no file. Mend: correct the link in the lesson.")
            elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].anchors:
                broken.append(f"{place}: leads to no heading. Mend: correct what follows the #.")
    return Links(tuple(broken), tuple(sorted(external)))


class _Page(HTMLParser):
    """Collects the addresses and the anchors of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[tuple[str, str]] = []
        self.anchors = {"", "top"}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value is None:
                continue
            if name in ("href", "src", "poster"):
                self.addresses.append((tag, value))
            elif name == "id" or (tag == "a" and name == "name"):
                self.anchors.add(value)


def _read(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    page.close()
    return page
