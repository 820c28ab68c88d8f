"""``course site``: build the static site for those who read without installing anything."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from autograder.cli.console import err, fail, open_repository, out

if TYPE_CHECKING:
    from autograder.site.build import OnPage

_FOLDER = Path("build", "site")
_EXTERNAL = "external_links.txt"


def site(
    folder: Annotated[
        Path | None, typer.Option("--folder", help="Where to build it; build/site in the checkout unless named.")
    ] = None,
) -> None:
    """Build the static site: every lesson with its outputs, unsolved, the solutions folded.

    Nothing is executed: the pages are made from course/ and solutions/. The site needs no network and no server. Links
    between its pages are checked; those to other hosts are listed in a file beside it.

    Example:

        course site

    Ends with 0 if the site is built, with 1 if a page or a link has a fault.
    """
    try:
        from autograder.site.build import SiteError, build_site
    except ModuleNotFoundError as error:
        fail(f"The package {error.name} is missing. Mend: run `make site`, or `pip install -e '.[site]'`.")
    from autograder.lesson import SourceError
    from autograder.site.pages import NoSolution

    repository, curriculum = open_repository()
    target = (folder or repository.root / _FOLDER).resolve()
    try:
        with _progress() as on_page:
            built = build_site(repository, curriculum, target, on_page)
    except (SiteError, SourceError, NoSolution) as error:
        fail(str(error))
    external = target / _EXTERNAL
    external.write_text("".join(f"{link}\n" for link in built.links.external), encoding="utf-8")
    out.print(f"[green]built[/] {built.pages} pages; no link between them is broken")
    out.print(f"Links to other hosts, not followed: {len(built.links.external)}, listed in {external}", markup=False)
    out.print(f"Open {built.index.as_uri()}", markup=False)


@contextmanager
def _progress() -> Iterator[OnPage]:
    """Show a bar on stderr, if it is a terminal; yields what to call after each page."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:.0f}/{task.total:.0f} pages"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, disable=not err.is_terminal) as progress:
        bars = {what: progress.add_task(what, total=1, start=False) for what in ("reading", "writing")}

        def advance(what: str, done: int, total: int) -> None:
            progress.start_task(bars[what])
            progress.update(bars[what], completed=done, total=total)

        yield advance
