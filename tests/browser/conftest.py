"""A real JupyterLab, started as learners start it, and a headless Chromium that looks at it."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from typer.testing import CliRunner

from autograder.cli import app
from tests.browser.looks import picture

_CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
_QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if _CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium found: install chromium to run the browser tests"))


@pytest.fixture(scope="session")
def course_in_browser(built_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny course with its start page, in a folder that the browser's learner may change."""
    root = tmp_path_factory.mktemp("browser") / "course-copy"
    shutil.copytree(built_course, root)
    home = Path.cwd()
    os.chdir(root)
    try:
        assert CliRunner().invoke(app, ["build"]).exit_code == 0
    finally:
        os.chdir(home)
    return root


@pytest.fixture(scope="session")
def lab_url(course_in_browser: Path) -> Iterator[str]:
    """The address, token included, of a JupyterLab that ``course lab`` started."""
    log = course_in_browser.parent / "lab.log"
    with log.open("w") as stream:
        server = subprocess.Popen(
            [sys.executable, "-m", "autograder.cli", "lab", "--no-browser"],
            cwd=course_in_browser,
            env={**os.environ, **_own_state(course_in_browser.parent)},
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield _wait_for_url(log, server)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)


def progress_file(course: Path) -> Path:
    """Return where the learner's progress is kept."""
    return course.parent / "progress.sqlite3"


def _own_state(folder: Path) -> dict[str, str]:
    """Keep the tester's own JupyterLab, its tabs, settings and progress, out of the test."""
    names = ("JUPYTERLAB_WORKSPACES_DIR", "JUPYTERLAB_SETTINGS_DIR")
    state = {name: str(folder / name.lower()) for name in names}
    themes = (
        Path(state["JUPYTERLAB_SETTINGS_DIR"]) / "@jupyterlab" / "apputils-extension" / "themes.jupyterlab-settings"
    )
    themes.parent.mkdir(parents=True)
    themes.write_text('{"adaptive-theme": true}')  # the theme is that of the system, which Playwright chooses
    return {**state, "COURSE_PROGRESS": str(progress_file(folder / "course-copy"))}


def _wait_for_url(log: Path, server: subprocess.Popen[bytes]) -> str:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and server.poll() is None:
        found = re.search(r"http://127\.0\.0\.1:\d+/\S*token=\w+", log.read_text())
        if found:
            return found[0]
        time.sleep(0.3)
    raise AssertionError(f"JupyterLab did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium of the machine's own."""
    arguments = _QUIET + (["--no-sandbox"] if os.getuid() == 0 else [])
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=_CHROMIUM, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def page(
    browser: Browser, lab_url: str, course_in_browser: Path, pristine: Path, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """A page in JupyterLab, as a new learner meets it; its last look is kept in test-artefacts/."""
    _end_kernels(lab_url)
    shutil.copytree(pristine, course_in_browser / "exercises", dirs_exist_ok=True)
    for left in course_in_browser.parent.glob(f"{progress_file(course_in_browser).name}*"):
        left.unlink()
    expect.set_options(timeout=30_000)
    page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme="light")
    page.set_default_timeout(60_000)
    page.goto(f"{lab_url}&reset")  # without the tabs that an earlier test left open
    yield page
    page.screenshot(path=picture(f"end_of_{request.node.name}"))
    page.close()


@pytest.fixture(scope="session")
def pristine(course_in_browser: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exercises as they were before any test wrote in them."""
    folder = tmp_path_factory.mktemp("pristine") / "exercises"
    shutil.copytree(course_in_browser / "exercises", folder)
    return folder


def _end_kernels(lab_url: str) -> None:
    """End what an earlier test left running."""
    address, token = re.fullmatch(r"(http://[^/]+)/.*token=(\w+)", lab_url).groups()  # type: ignore[union-attr]

    def ask(path: str, method: str = "GET") -> bytes:
        headers = {"Authorization": f"token {token}"}
        request = urllib.request.Request(f"{address}/api/{path}", method=method, headers=headers)
        with urllib.request.urlopen(request, timeout=30) as reply:
            return bytes(reply.read())

    for session in json.loads(ask("sessions")):
        ask(f"sessions/{session['id']}", "DELETE")
