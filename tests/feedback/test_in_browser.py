"""Chromium opens the feedback page and formgrader on everything hostile: nothing runs, nothing is asked for."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sysconfig
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from nbformat.v4 import new_markdown_cell
from nbgrader.api import Gradebook
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import ROOT
from tests.feedback import hostile
from tests.feedback.conftest import LESSON, MISMATCH, PNG, STUDENT, display, error, graded_notebook, printed
from tests.feedback.test_inert import everything_hostile

_CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(_CHROMIUM is None, reason="no Chromium found: install chromium to run the browser tests"),
]
ARTEFACTS = ROOT / "test-artefacts"
TOKEN = "a-token-for-the-test"
JUPYTER = Path(sysconfig.get_path("scripts")) / "jupyter"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    arguments = ["--disable-gpu", "--disable-background-networking", *(["--no-sandbox"] if os.getuid() == 0 else [])]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=_CHROMIUM, args=arguments)
        yield chromium
        chromium.close()


class Watch:
    """What a page said and asked for while it was open."""

    def __init__(self, page: Page):
        self.said: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("dialog", lambda dialog: (self.said.append("RAN a dialog"), dialog.dismiss()))
        page.on("request", lambda request: self.asked.append(request.url))

    @property
    def ran(self) -> list[str]:
        return [text for text in self.said if text.startswith("RAN")]


def _everything_that_can_be_clicked(page: Page) -> None:
    for handle in page.query_selector_all("summary"):
        handle.click(timeout=2_000)
    page.wait_for_timeout(300)


def test_nothing_on_the_feedback_page_runs(
    browser: Browser, write_page: Callable[..., str], grade: Callable[..., None], tmp_path: Path
) -> None:
    everywhere = "".join(text for name, text in hostile.TEXTS.items() if name not in ("long", "lines", "surrogate"))
    grade("test_area", auto_score=2)
    grade("test_area_2", auto_score=0)
    grade("test_perimeter", auto_score=0)
    grade("why", needs_manual_grade=True, comment=everywhere)
    notebook = graded_notebook(
        answers={"area": everywhere, "why": everywhere},
        outputs={
            "area": [printed(everywhere), *hostile.OUTPUTS.values(), display(image_png=PNG)],
            "test_area_2": [error("Mismatch", MISMATCH)],
            "test_perimeter": [error("AssertionError", everywhere)],
        },
        added=hostile.cells(),
        notes=[everywhere],
    )
    file = tmp_path / "page.html"
    file.write_text(write_page(notebook), encoding="utf-8")
    page = browser.new_page(viewport={"width": 390, "height": 800}, color_scheme="dark")
    watch = Watch(page)
    page.goto(file.as_uri())
    _everything_that_can_be_clicked(page)
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTEFACTS / "hostile_feedback_page.png", full_page=True)
    assert watch.said == []
    assert [url for url in watch.asked if not url.startswith("data:image/png;base64,")] == [file.as_uri()]
    assert page.evaluate("document.documentElement.dataset.ran") is None
    assert (
        page.evaluate("document.querySelectorAll('script, iframe, form, svg, object, embed, base, link').length") == 0
    )
    assert page.evaluate("getComputedStyle(document.querySelector('main')).display") == "block"
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.close()


@pytest.fixture(params=["guarded", "as nbgrader is"])
def is_guarded(request: pytest.FixtureRequest) -> bool:
    """Whether the guards are there: without them, scripts must run, or the test proves nothing."""
    return request.param == "guarded"


@pytest.fixture
def formgrader(course: Path, grade: Callable[..., None], is_guarded: bool) -> Iterator[Callable[[str], str]]:
    """A Jupyter server in the course folder with one hostile submission; call it with a path for its address."""
    grade("why", needs_manual_grade=True)
    preprocessors = ["autograder.feedback.inert.MakeInert"] if is_guarded else []
    settings = f"c.HTMLExporter.preprocessors = {preprocessors}\n"
    (course / "nbgrader_config.py").write_text(settings, encoding="utf-8")
    folder = course / "autograded" / STUDENT / LESSON
    folder.mkdir(parents=True)
    # nbconvert as it is fails on some of what is hostile, and then shows nothing at all.
    notebook = (
        everything_hostile() if is_guarded else graded_notebook(added=[new_markdown_cell(hostile.TEXTS["event"])])
    )
    (folder / f"{LESSON}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    (folder / "page.html").write_text(hostile.TEXTS["script"], encoding="utf-8")
    drawing = hostile.TEXTS["svg"].replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"').replace("xlink:", "")
    (folder / "drawing.svg").write_text(drawing, encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = [f"--ServerApp.port={port}", "--ServerApp.port_retries=0", f"--ServerApp.root_dir={course}"]
    extensions = {"autograder.feedback.formgrader_guard": is_guarded}
    options.append(f"--ServerApp.jpserver_extensions={extensions}")
    with (course / "server.log").open("w") as log:
        server = subprocess.Popen(
            [JUPYTER, "server", "--no-browser", "--allow-root", f"--IdentityProvider.token={TOKEN}", *options],
            cwd=course,
            stdout=log,
            stderr=log,
        )

    def address(path: str) -> str:
        return f"http://127.0.0.1:{port}/{path}?token={TOKEN}"

    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(address("api/status"), timeout=10).close()
                break
            except OSError:
                assert server.poll() is None and time.monotonic() < deadline, (course / "server.log").read_text()
                time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


@pytest.mark.slow
def test_formgrader_runs_nothing_of_a_submission(
    browser: Browser, formgrader: Callable[[str], str], gradebook: Gradebook, is_guarded: bool
) -> None:
    gradebook.update_or_create_student(STUDENT, first_name=hostile.TEXTS["script"], last_name="x")
    (submission,) = gradebook.find_submission(LESSON, STUDENT).notebooks
    submission_page = f"formgrader/submissions/{submission.id}/"
    quote = "%22;console.log('RAN%20reflected');%22"
    attacked = [
        submission_page,
        f"{submission_page}page.html",
        f"{submission_page}drawing.svg",
        f"formgrader/manage_submissions/{quote}",
        f"formgrader/manage_students/{quote}",
    ]
    others = [
        f"formgrader/gradebook/{LESSON}/{LESSON}",
        f"formgrader/manage_submissions/{LESSON}",
        "formgrader/manage_students",
        f"formgrader/manage_students/{STUDENT}/{LESSON}",
    ]
    for path in attacked + others:
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        watch = Watch(page)
        answer = page.goto(formgrader(path), wait_until="load")
        page.wait_for_timeout(400)
        assert answer is not None and answer.status == 200, path
        assert bool(watch.ran) == (path in attacked and not is_guarded), path
        if is_guarded:
            assert [url for url in watch.asked if hostile.ELSEWHERE in url] == [], path
            live = "#notebook :is(script, iframe, form, svg, object, [href^='javascript'], [onerror])"
            assert page.query_selector_all(live) == [], path
        if path == submission_page:
            assert page.query_selector("textarea.comment") is not None  # the page works: there is a field to grade in
            ARTEFACTS.mkdir(exist_ok=True)
            page.screenshot(path=ARTEFACTS / f"formgrader_{'' if is_guarded else 'un'}guarded.png", full_page=True)
        page.close()
