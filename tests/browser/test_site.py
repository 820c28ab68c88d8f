"""The static site in a browser: without a network, on a phone, in both themes, for a screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.site.the_site import build_once

LESSON = "a1_numpy_arrays/a1_numpy_arrays.html"
PHONE = {"width": 375, "height": 812}
DESKTOP = {"width": 1280, "height": 900}
# Furo's own: two <aside> without a label, and a search page whose heading comes later.
_OF_THE_THEME = {"landmark-unique", "page-has-heading-one"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the HTML."""
    return build_once(tmp_path_factory.getbasetemp()) / "html"


@pytest.fixture(params=["light", "dark"])
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A browser without a network, in one of the two themes."""
    context = browser.new_context(color_scheme=request.param, offline=True, viewport=PHONE)
    context.set_default_timeout(30_000)
    yield context
    context.close()


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")


def test_every_page_opens_from_the_disk_and_fits_a_phone(site: Path, browser: Browser) -> None:
    context = browser.new_context(offline=True, viewport=PHONE)
    page = context.new_page()
    faults: list[str] = []
    page.on("requestfailed", lambda request: faults.append(f"{request.url} failed"))
    page.on("request", lambda request: None if request.url.startswith("file:") else faults.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    pages = sorted(site.rglob("*.html"))
    for path in pages:
        page.goto(path.as_uri())
        unfold(page)
        too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert too_wide <= 0, f"{path.relative_to(site)} is {too_wide} pixels too wide"
    assert len(pages) > 8 and faults == []
    context.close()


def test_the_search_finds_a_word_without_a_server(site: Path, context: BrowserContext) -> None:
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{(site / 'search.html').as_uri()}?q=softmax")
    page.get_by_role("link", name="From one random vector to the ten nearest of 100,000").wait_for()
    assert faults == []


@pytest.mark.parametrize("name", ["index.html", LESSON])
def test_axe_finds_nothing_that_is_ours(site: Path, context: BrowserContext, name: str) -> None:
    """Of a page it looks at the frame and the first two sections, which have every kind of cell; all take 15 s."""
    page = context.new_page()
    page.goto((site / name).as_uri())
    page.evaluate("[...document.querySelectorAll('article section > section')].slice(2).forEach(part => part.remove())")
    unfold(page)
    page.wait_for_timeout(200)  # the script that makes scrollers focusable
    found = {found["id"]: found["nodes"][0]["html"] for found in Axe().run(page).response["violations"]}
    assert {rule: place for rule, place in found.items() if rule not in _OF_THE_THEME} == {}


def test_a_figure_is_readable_in_the_dark_theme(site: Path, browser: Browser) -> None:
    context = browser.new_context(color_scheme="dark", offline=True, viewport=DESKTOP)
    page = context.new_page()
    page.goto((site / LESSON).as_uri())
    figure = page.locator("article .cell_output img").first
    look = figure.evaluate("image => [getComputedStyle(image).filter, image.naturalWidth > 300, !!image.alt]")
    assert look == ["none", True, True]  # shown as it is: on the white ground that it brings with it
    context.close()
