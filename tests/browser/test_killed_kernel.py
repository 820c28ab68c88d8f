"""A kernel that is killed takes neither what was written nor what was achieved with it."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from autograder.progress.record import events
from tests.browser.conftest import progress_file
from tests.browser.looks import picture
from tests.browser.notebook import (
    SOLUTION,
    WRONG,
    answer,
    ask,
    begin,
    cell_with,
    open_lesson,
    panel,
    save,
    set_up,
    start_page,
)
from tests.browser.waiting import wait_until

ENDLESS = """import os, pathlib, time

def dot(a, b):
    pathlib.Path("pid").write_text(str(os.getpid()))
    time.sleep(600)"""
WITH_PID = f"import os, pathlib\npathlib.Path('pid').write_text(str(os.getpid()))\n\n{SOLUTION}"


def test_a_killed_kernel_loses_nothing(page: Page, course_in_browser: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_PROGRESS", str(progress_file(course_in_browser)))
    notebook = course_in_browser / "exercises" / "a1_vectors" / "a1_vectors.ipynb"
    pid = notebook.with_name("pid")
    start_page(page)
    open_lesson(page)
    set_up(page)
    answer(page, WRONG)
    ask(page, "%check dot")
    expect(panel(page)).to_contain_text("not right yet")

    # In the middle of a check.
    answer(page, ENDLESS)
    begin(page, cell_with(page, "%check dot"))
    wait_until(pid.exists, "the check runs")
    kill(pid)
    survive(page)
    expect(cell_with(page, "def dot")).to_contain_text("time.sleep(600)")
    save(page)
    assert "time.sleep(600)" in on_disk(notebook)
    assert [(event.passed, event.note) for event in events("a1_vectors")] == [
        (False, "You multiplied and did not add.")
    ]

    # Right after one.
    set_up(page)
    answer(page, WITH_PID)
    ask(page, "%check dot")
    expect(panel(page)).to_contain_text("passed, 2 of 2 points")
    kill(pid)
    survive(page)
    save(page)
    assert SOLUTION in on_disk(notebook)
    assert [event.passed for event in events("a1_vectors")] == [False, True]

    # The new kernel knows it.
    page.get_by_role("tab", name="START_HERE.ipynb").click()
    begin(page, cell_with(page, "%progress"))
    expect(page.get_by_role("region", name="Your progress")).to_contain_text("1 of 1 exercise passed.")


def kill(pid: Path) -> None:
    os.kill(int(pid.read_text()), signal.SIGKILL)
    pid.unlink()


def survive(page: Page) -> None:
    """Read JupyterLab's message and go on with the kernel that it starts."""
    dialog = page.locator(".jp-Dialog", has_text="Kernel Restarting")
    expect(dialog).to_be_visible()
    page.screenshot(path=picture("killed_kernel"))
    dialog.get_by_role("button", name="Ok").click()
    expect(page.get_by_text("| Idle")).to_be_visible()


def on_disk(notebook: Path) -> str:
    return "\n".join("".join(cell["source"]) for cell in json.loads(notebook.read_text())["cells"])
