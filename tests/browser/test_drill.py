"""The drill in JupyterLab: answered and rated from the keyboard; a mock interview with its summary."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from autograder.drill.reviews import cards
from tests.browser.conftest import progress_file
from tests.browser.looks import look
from tests.browser.notebook import begin, cell_with, lesson_is_open, start_page, type_into


def drill(page: Page) -> Locator:
    return page.locator(".course-drill:visible")


def press_button(page: Page, name: str) -> None:
    """Go to a button with the Tab key, and press it with the space bar."""
    button = drill(page).get_by_role("button", name=name)
    expect(button).to_be_visible()
    for _ in range(12):
        if button.evaluate("button => button === document.activeElement"):
            page.keyboard.press("Space")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key does not reach {name!r}")


def test_questions_are_answered_from_the_keyboard(
    page: Page, course_in_browser: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COURSE_PROGRESS", str(progress_file(course_in_browser)))
    start_page(page)
    begin(page, cell_with(page, "%drill"))
    expect(drill(page)).to_contain_text("0 questions due, 10 new.")
    look(page, drill(page), "drill_ready")

    press_button(page, "Begin")
    own = drill(page).get_by_role("textbox", name="Your answer")
    expect(own).to_be_focused()
    expect(drill(page)).to_contain_text("Question 1 of 10")
    page.keyboard.type("A sum of products.")
    look(page, drill(page), "drill_question")

    press_button(page, "Show answer")
    expect(drill(page)).to_contain_text("a sum of products.")
    first_point = drill(page).get_by_role("checkbox").first
    expect(first_point).to_be_focused()
    expect(own).to_have_value("A sum of products.")
    page.keyboard.press("Space")
    expect(first_point).to_be_checked()
    look(page, drill(page), "drill_answer")
    press_button(page, "Good")
    expect(drill(page)).to_contain_text("Question 2 of 10")
    assert len(cards()) == 1

    cell = cell_with(page, "%drill")
    page.keyboard.press("Escape")
    press_button(page, "End")
    expect(drill(page)).to_contain_text("1 of 2 key points, 1 question")
    expect(cell).to_contain_text("The sitting is over")


def test_a_mock_interview_ends_with_what_to_read_again(page: Page) -> None:
    start_page(page)
    page.locator(".jp-RenderedMarkdown a", has_text="Vectors").click()
    lesson_is_open(page)
    begin(page, cell_with(page, "%load_ext autograder"))
    cell = cell_with(page, "%check dot")
    type_into(page, cell, "%drill --mock 2 --seconds 60")
    begin(page, cell_with(page, "%drill"))
    drill(page).get_by_role("button", name="Begin").click()
    for number in (1, 2):
        expect(drill(page)).to_contain_text(f"Question {number} of 2")
        expect(drill(page).get_by_text("Time", exact=True)).to_be_visible()
        drill(page).get_by_role("button", name="Show answer").click()
        expect(drill(page)).to_contain_text("You took")
        drill(page).get_by_role("button", name="Next question").click()
    expect(drill(page)).to_contain_text("0 of 4 key points, 2 questions")
    expect(drill(page).get_by_role("link", name="The exercise")).to_be_visible()
    look(page, drill(page), "mock_summary")
