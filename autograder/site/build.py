"""Build the site: write the pages, let Sphinx make HTML of them, check the links."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.console import strip_colors
from sphinx.util.docutils import docutils_namespace, patch_docutils

from autograder.curriculum import Curriculum
from autograder.repository import Repository
from autograder.site.links import Links, check_links
from autograder.site.pages import write_pages

OnPage = Callable[[str, int, int], None]
"""Is called with what is done ("reading" or "writing"), how many pages of it are done, and how many there are."""


class SiteError(Exception):
    """The site could not be built as it should be; the text lists what Sphinx or the links complain about."""


@dataclass(frozen=True)
class Site:
    """A site that was built.

    Attributes:
        index: its first page.
        pages: how many pages it has.
        links: where they lead; none is broken.
    """

    index: Path
    pages: int
    links: Links


def build_site(repository: Repository, curriculum: Curriculum, folder: Path, on_page: OnPage | None = None) -> Site:
    """Build the site from course/ and solutions/; nothing is executed.

    Args:
        repository: the course.
        curriculum: its plan.
        folder: gets ``html/``, the site, and beside it what makes the next build quick.
        on_page: told of the progress.

    Raises:
        SiteError: if Sphinx warns, or a link is broken.
        autograder.lesson.SourceError: if a lesson or its questions have mistakes.
        autograder.site.pages.NoSolution: if a lesson was not built.
    """
    html, doctrees, sources = folder / "html", folder / "doctrees", folder / "pages"
    before = {path.relative_to(sources) for path in sources.rglob("*") if path.is_file()}
    written = write_pages(repository, curriculum, sources)
    if before - set(map(Path, written)):
        shutil.rmtree(html, ignore_errors=True)  # Sphinx leaves the HTML of pages that are gone
    try:
        pages = _make_html(sources, html, doctrees, on_page)
    except BaseException:
        shutil.rmtree(doctrees, ignore_errors=True)  # or the next build would take these pages for good ones
        raise
    links = check_links(html)
    if links.broken:
        raise SiteError("\n".join(links.broken))
    return Site(html / "index.html", pages, links)


def _make_html(sources: Path, html: Path, doctrees: Path, on_page: OnPage | None) -> int:
    """Let Sphinx make what is not up to date, and return how many pages there are."""
    settings = Path(__file__).parent
    warnings = io.StringIO()
    with patch_docutils(settings), docutils_namespace():
        app = Sphinx(sources, settings, html, doctrees, "html", status=None, warning=warnings)
        if on_page:
            _report(app, on_page)
        app.build()
    problems = strip_colors(warnings.getvalue()).strip().replace(f"{sources}/", "")
    if problems:
        raise SiteError(problems)
    return len(app.env.found_docs)


def _report(app: Sphinx, on_page: OnPage) -> None:
    """Call ``on_page`` whenever Sphinx has read or written a page."""
    counts = {"reading": [0, 0], "writing": [0, 0]}

    def step(what: str) -> None:
        counts[what][0] += 1
        on_page(what, counts[what][0], max(counts[what]))

    def plan_reading(_app: Sphinx, _env: object, added: set[str], changed: set[str], _removed: set[str]) -> list[str]:
        counts["reading"][1] = len(added) + len(changed)
        return []

    def plan_writing(app: Sphinx, _env: object) -> list[str]:
        counts["writing"][1] = len(app.env.found_docs)
        return []

    def has_read(_app: Sphinx, _doctree: nodes.document) -> None:
        step("reading")

    def has_written(_app: Sphinx, _page: str, _template: str, _context: object, doctree: object) -> None:
        if doctree is not None:
            step("writing")

    app.connect("env-get-outdated", plan_reading)
    app.connect("doctree-read", has_read)
    app.connect("env-updated", plan_writing)
    app.connect("html-page-context", has_written)
