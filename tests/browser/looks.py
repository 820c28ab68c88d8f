"""Look at one thing on the page as a person would: in both themes, with axe-core, and keep the picture."""

from __future__ import annotations

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.conftest import ROOT

ARTEFACTS = ROOT / "test-artefacts"
_MARK = "data-looked-at"


def look(page: Page, place: Locator, name: str) -> None:
    """Assert that axe-core finds no fault in an element, light and dark, and keep a screenshot of each.

    JupyterLab follows the theme of the system in these tests; only the element is judged, not JupyterLab.
    """
    had_focus = page.evaluate_handle("document.activeElement")
    for theme in ("dark", "light"):
        page.emulate_media(color_scheme=theme)
        expect(page.locator("body")).to_have_attribute("data-jp-theme-light", str(theme == "light").lower())
        place.scroll_into_view_if_needed()
        place.evaluate(f"element => element.setAttribute('{_MARK}', '')")
        found = Axe().run(page, context=f"[{_MARK}]").response["violations"]
        place.evaluate(f"element => element.removeAttribute('{_MARK}')")
        page.screenshot(path=picture(f"{name}_{theme}"))
        faults = {fault["id"]: [node["html"] for node in fault["nodes"]] for fault in found}
        assert faults == {}, f"{name}, {theme}: {faults}"
    had_focus.evaluate("element => element.focus()")  # a change of the theme may take it away


def picture(name: str) -> Path:
    """Return where a screenshot is kept."""
    ARTEFACTS.mkdir(exist_ok=True)
    return ARTEFACTS / f"lab_{name}.png"
