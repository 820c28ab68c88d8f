"""What a learner meets in JupyterLab, from the start page to a green test and Validate."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

SOLUTION = "def dot(a, b):\n    return float(a @ b)"
WRONG = "def dot(a, b):\n    return a * b"


def open_lesson(page: Page) -> None:
    page.locator(".jp-RenderedMarkdown a", has_text="Vectors").click()
    expect(page).to_have_url(re.compile("a1_vectors.ipynb"))
    expect(page.locator(".jp-RenderedMarkdown h2", has_text="The exercise")).to_be_visible()


def cell_with(page: Page, text: str) -> Locator:
    return page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell", has_text=text).first


def run(page: Page, cell: Locator) -> None:
    """Run a cell and wait for its end; asked again if the kernel was not connected yet."""
    prompt = cell.locator(".jp-InputPrompt")
    before = prompt.inner_text()
    for _attempt in range(6):
        prompt.click()
        page.keyboard.press("Control+Enter")
        try:
            expect(prompt).not_to_have_text(before, timeout=10_000)
        except AssertionError:
            continue
        expect(prompt).to_have_text(re.compile(r"\[\d+\]"))
        return
    raise AssertionError(f"the cell did not run; its prompt still says {before}")


def run_test_below(page: Page, exercise: Locator, shows: str) -> Locator:
    """Run an exercise and the folded test below it from the keyboard, and wait for what the test shows."""
    exercise.locator(".jp-InputPrompt").click()
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")
    test = cell_with(page, "Tests of dot")
    expect(test).to_contain_text(shows)
    return test


def answer(page: Page, cell: Locator, text: str) -> None:
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)
    run(page, cell)


def write(page: Page, text: str) -> None:
    written = page.locator(".jp-MarkdownCell", has_text="YOUR ANSWER HERE")
    written.locator(".jp-RenderedMarkdown").click()
    page.keyboard.press("Enter")
    written.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)
    page.keyboard.press("Control+Enter")


def test_the_start_page_opens_without_pop_ups_and_links_to_lessons(page: Page) -> None:
    expect(page.locator(".jp-RenderedMarkdown h1", has_text="answered by building")).to_be_visible()
    expect(page.locator(".jp-RenderedMarkdown a", has_text="Vectors")).to_be_visible()
    page.wait_for_timeout(3000)  # the question about news would come up by now
    expect(page.locator(".jp-Dialog")).to_have_count(0)
    expect(page.locator(".Toastify__toast")).to_have_count(0)


def test_a_wrong_answer_is_explained_a_right_one_turns_green_and_validates(page: Page) -> None:
    open_lesson(page)
    run(page, cell_with(page, "import numpy"))
    exercise = cell_with(page, "def dot")

    test = run_test_below(page, exercise, "dot is not solved yet")
    expect(test).not_to_contain_text("Traceback")
    expect(test).not_to_contain_text("You multiplied")  # folded: a mistake is named when it is made

    answer(page, exercise, WRONG)
    run_test_below(page, exercise, "cause     You multiplied and did not add.")

    answer(page, exercise, SOLUTION)
    passed = run_test_below(page, exercise, "1 check passed").get_by_text("1 check passed")
    expect(passed).to_be_visible()
    colour = passed.evaluate("element => getComputedStyle(element).color")
    red, green, blue = (int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(",")[:3])
    assert green > red and green > blue

    write(page, "A vector is an array with one axis.")
    page.get_by_role("button", name="Validate").first.click()
    dialog = page.locator(".jp-Dialog")
    expect(dialog).to_contain_text("Success! Your notebook passes all the tests.", timeout=60_000)


def test_validate_names_the_cell_that_fails(page: Page) -> None:
    open_lesson(page)
    run(page, cell_with(page, "import numpy"))
    answer(page, cell_with(page, "def dot"), WRONG)
    page.get_by_role("button", name="Validate").first.click()
    dialog = page.locator(".jp-Dialog")
    expect(dialog).to_contain_text("The following cell failed", timeout=60_000)
    expect(dialog).to_contain_text("You multiplied and did not add.")
