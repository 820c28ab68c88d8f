"""What a learner meets in JupyterLab, from the start page to a passed exercise and Validate."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.looks import look, picture
from tests.browser.notebook import (
    SOLUTION,
    WRONG,
    answer,
    ask,
    begin,
    cell_with,
    lesson_is_open,
    open_lesson,
    panel,
    run,
    save,
    start_page,
    type_into,
)
from tests.browser.waiting import wait_until


def write(page: Page, text: str) -> None:
    written = page.locator(".jp-MarkdownCell", has_text="YOUR ANSWER HERE")
    written.locator(".jp-RenderedMarkdown").click()
    page.keyboard.press("Enter")
    type_into(page, written, text)
    page.keyboard.press("Control+Enter")


def validate(page: Page, *shows: str) -> None:
    page.get_by_role("button", name="Validate").locator("visible=true").first.click()
    dialog = page.locator(".jp-Dialog")
    for text in shows:
        expect(dialog).to_contain_text(text, timeout=60_000)
    dialog.get_by_role("button", name="OK").click()


def test_the_start_page_opens_without_pop_ups_and_is_saved_without_its_map(page: Page, course_in_browser: Path) -> None:
    start_page(page)
    on_disk = course_in_browser / "exercises" / "START_HERE.ipynb"
    before = on_disk.read_bytes()
    progress = page.get_by_role("region", name="Your progress")

    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")
    expect(progress.get_by_text("Begin here:")).to_be_visible()
    look(page, progress, "map_at_first")
    written = on_disk.stat().st_mtime_ns
    save(page)
    wait_until(lambda: on_disk.stat().st_mtime_ns != written, "the start page is saved")
    assert on_disk.read_bytes() == before

    expect(page.locator(".jp-Dialog")).to_have_count(0)  # the question about news would have come up by now
    expect(page.locator(".Toastify__toast")).to_have_count(0)
    progress.get_by_role("link", name="A1 Vectors").click()
    lesson_is_open(page)


def test_a_learner_goes_from_a_wrong_answer_to_a_passed_exercise(page: Page) -> None:
    start_page(page)
    open_lesson(page)

    page.get_by_text("Run", exact=True).first.click()
    page.get_by_text("Run All Cells", exact=True).click()
    test = cell_with(page, "Tests of dot")
    expect(test).to_contain_text("dot is not solved yet")
    expect(page.get_by_text("Traceback")).to_have_count(0)
    page.screenshot(path=picture("run_all"))

    ask(page, "%check dot")
    expect(panel(page)).to_contain_text("not solved yet")
    look(page, panel(page), "check_unsolved")

    answer(page, WRONG)
    ask(page, "%check dot")
    expect(panel(page)).to_contain_text(
        re.compile(r"dot: not right yet, 0 of 2 points.*cause\s*You multiplied and did not add.*call.*got.*expected")
    )
    expect(panel(page).get_by_role("link", name="The exercise")).to_be_visible()
    look(page, panel(page), "check_wrong")
    validate(page, "The following cell failed", "You multiplied and did not add.")

    expect(ask(page, "%hint dot")).to_contain_text("Multiply, then add.")
    second = ask(page, "%hint dot")
    expect(second).to_contain_text("Look at the @ operator.")
    expect(second.get_by_text("Multiply, then add.")).to_be_hidden()  # folded: it was read
    look(page, second, "hint")

    asked = ask(page, "%solution dot")
    expect(asked).not_to_contain_text("products")
    look(page, asked, "solution_asks")
    shown = ask(page, "%solution dot yes")
    expect(shown).to_contain_text("products = a * b")
    look(page, shown, "solution")

    answer(page, SOLUTION)
    ask(page, "%check dot")
    expect(panel(page)).to_contain_text("dot: passed, 2 of 2 points.")
    expect(panel(page)).to_contain_text("In this lesson: 1 of 1 exercise, 2 of 2 points.")
    expect(panel(page).get_by_role("link", name="Exercise: explain")).to_be_visible()
    look(page, panel(page), "check_passed")
    overview = ask(page, "%check")
    look(page, overview, "check_lesson")

    run(page, test)
    passed = test.get_by_text("1 check passed")
    red, green, blue = map(int, re.findall(r"\d+", passed.evaluate("element => getComputedStyle(element).color"))[:3])
    assert green > red and green > blue
    write(page, "A vector is an array with one axis.")
    validate(page, "Success! Your notebook passes all the tests.")

    page.get_by_role("tab", name="START_HERE.ipynb").click()
    begin(page, cell_with(page, "%progress"))
    progress = page.get_by_role("region", name="Your progress")
    expect(progress).to_contain_text("1 of 1 exercise passed. 2 of 2 points")
    expect(progress.get_by_role("img", name="Exercises passed, of 1")).to_be_visible()
    look(page, progress, "map_at_last")
