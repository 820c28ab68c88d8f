"""What a learner does in JupyterLab: open, run, type, save; with waits that a busy machine needs."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

SOLUTION = "def dot(a, b):\n    return float(a @ b)"
WRONG = "def dot(a, b):\n    return a * b"


def start_page(page: Page) -> None:
    """Wait for the start page to be there, its kernel included."""
    expect(page.locator(".jp-RenderedMarkdown h1", has_text="answered by building")).to_be_visible()
    expect(page.get_by_text("| Idle")).to_be_visible()


def open_lesson(page: Page) -> None:
    """Open the lesson by its link in the start page's table."""
    page.locator(".jp-RenderedMarkdown a", has_text="Vectors").click()
    lesson_is_open(page)


def lesson_is_open(page: Page) -> None:
    """Wait for the lesson to be there, its kernel included."""
    expect(page).to_have_url(re.compile("a1_vectors.ipynb"))
    expect(page.locator(".jp-RenderedMarkdown h2", has_text="The exercise")).to_be_visible()
    expect(page.get_by_text("| Idle")).to_be_visible()


def cell_with(page: Page, text: str) -> Locator:
    """Return the first code cell with a text in the notebook in front."""
    return page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell", has_text=text).first


def begin(page: Page, cell: Locator) -> None:
    """Start a cell; asked again if the kernel was not connected yet."""
    prompt = cell.locator(".jp-InputPrompt")
    before = prompt.inner_text()
    for _attempt in range(6):
        prompt.click()
        page.keyboard.press("Control+Enter")
        try:
            expect(prompt).not_to_have_text(before, timeout=10_000)
        except AssertionError:
            continue
        return
    raise AssertionError(f"the cell did not run; its prompt still says {before}")


def run(page: Page, cell: Locator) -> None:
    """Run a cell and wait for its end."""
    begin(page, cell)
    expect(cell.locator(".jp-InputPrompt")).to_have_text(re.compile(r"\[\d+\]"))


def set_up(page: Page) -> None:
    """Run the lesson's first two code cells."""
    run(page, cell_with(page, "%load_ext autograder"))
    run(page, cell_with(page, "import numpy"))


def type_into(page: Page, cell: Locator, text: str) -> None:
    """Replace what a cell holds."""
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def answer(page: Page, text: str) -> None:
    """Type an answer to the exercise, and run it."""
    cell = cell_with(page, "def dot")
    type_into(page, cell, text)
    run(page, cell)


def ask(page: Page, line: str) -> Locator:
    """Put a magic in the cell below the exercise, and run it; returns what the cell shows."""
    text = page.locator(".cm-content").filter(has_text=re.compile("^%(check|hint|solution)"))
    cell = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell").filter(has=text)
    type_into(page, cell, line)
    run(page, cell)
    return cell.locator(".jp-OutputArea-output")


def panel(page: Page) -> Locator:
    """Return what a check shows."""
    return page.get_by_role("group", name="Check of dot")


def save(page: Page) -> None:
    """Save the notebook in front, and wait until it is saved."""
    page.keyboard.press("Control+s")
    in_front = page.locator("#jp-main-dock-panel .lm-TabBar-tab.lm-mod-current")
    expect(in_front).not_to_have_class(re.compile("jp-mod-dirty"))
