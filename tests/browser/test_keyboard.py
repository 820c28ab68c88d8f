"""The core path without a mouse: from the start page to a passed exercise."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.notebook import SOLUTION, lesson_is_open, panel, start_page


def test_an_exercise_is_passed_without_a_mouse(page: Page) -> None:
    start_page(page)
    press = page.keyboard.press
    press("Shift+Enter")  # the welcome
    press("Control+Enter")  # the map; the cell stays the active one
    begin_here = page.get_by_role("region", name="Your progress").get_by_role("link").first
    expect(begin_here).to_be_visible()
    for _ in range(4):  # past JupyterLab's own button on the cell
        press("Tab")
        if begin_here.evaluate("link => link === document.activeElement"):
            break
    expect(begin_here).to_be_focused()
    press("Enter")
    lesson_is_open(page)

    active = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell.jp-mod-active")
    for index in range(1, 7):
        press("Shift+Enter")
        expect(active).to_have_attribute("data-windowed-list-index", str(index))
    expect(active).to_contain_text("def dot")
    press("Enter")
    expect(active.locator(".cm-content")).to_be_focused()
    press("Control+a")
    page.keyboard.insert_text(SOLUTION)
    for _ in ("the answer", "its tests", "the check"):
        press("Shift+Enter")
    expect(panel(page)).to_contain_text("dot: passed, 2 of 2 points.")
    expect(panel(page)).to_be_in_viewport()
