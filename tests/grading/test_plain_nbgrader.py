"""nbgrader's own commands, its formgrader and its Validate button on a course folder."""

from __future__ import annotations

import copy
import csv
import json
import os
import socket
import subprocess
import sysconfig
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from nbformat import NotebookNode
from traitlets.config import PyFileConfigLoader

from autograder.grading.staging import fingerprint_of_files
from tests.conftest import ROOT
from tests.grading.conftest import AUTO_POINTS, LESSON, find_cell, text_of

Solve = Callable[..., NotebookNode]
HandIn = Callable[..., Path]
SCRIPTS = Path(sysconfig.get_path("scripts"))
TOKEN = "a-token-for-the-test"
STDERR = """import sys, warnings
def double(x):
    warnings.warn("careful")
    print("oh", file=sys.stderr)
    return 2 * x
"""


def nbgrader(course: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run nbgrader as it runs in an environment that was not activated."""
    without_scripts = os.pathsep.join(
        folder for folder in os.environ["PATH"].split(os.pathsep) if Path(folder).resolve() != SCRIPTS.resolve()
    )
    return subprocess.run(
        [SCRIPTS / "nbgrader", *arguments],
        cwd=course,
        env={**os.environ, "PATH": without_scripts},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_settings_that_are_read_again_leave_the_path_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/usr/bin")
    for _ in range(2):
        PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
    assert os.environ["PATH"] == os.pathsep.join([str(SCRIPTS), "/usr/bin"])


def scores(course: Path) -> dict[str, float]:
    exported = nbgrader(course, "export")
    assert exported.returncode == 0, exported.stderr
    with (course / "grades.csv").open(encoding="utf-8") as file:
        return {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}


def test_the_release_is_the_one_that_the_build_made(course: Path) -> None:
    (course / "gradebook.db").unlink()
    before = fingerprint_of_files(course / "exercises")
    done = nbgrader(course, "generate_assignment", LESSON, "--force")
    assert done.returncode == 0, done.stderr
    assert fingerprint_of_files(course / "exercises") == before
    assert "SAWarning" not in done.stderr


def test_a_class_goes_through_the_plain_commands(
    course: Path, hand_in: HandIn, solve: Solve, released: NotebookNode
) -> None:
    hand_in("ada", solve(double=STDERR))
    hand_in("bob", b"")
    twice = solve()
    twice.cells.insert(3, {**copy.deepcopy(find_cell(twice, "double")), "id": "again"})
    twice.metadata["kernelspec"] = {"name": "ir", "display_name": "R", "language": "R"}
    hand_in("cleo", text_of(twice).encode("utf-16"))
    deleted = solve(double="def double(x):\n    print('x' * 30_000_000)\n    return x * x")
    deleted.cells.remove(find_cell(deleted, "test_double"))
    hand_in("dan", deleted)
    hand_in("eve", solve(double="def double(x):\n    while True:\n        pass"))
    hand_in("gus", released)

    graded = nbgrader(course, "autograde", LESSON)
    assert graded.returncode == 1  # nbgrader's way of saying that one of them, bob's, could not be graded
    assert "The file is empty (0 bytes)" in graded.stderr
    assert scores(course) == {
        "ada": AUTO_POINTS,
        "bob": 0.0,
        "cleo": AUTO_POINTS,
        "dan": AUTO_POINTS - 2,
        "eve": AUTO_POINTS - 2,
        "gus": 0.0,
    }

    assert nbgrader(course, "generate_feedback", LESSON).returncode == 0
    pages = {path.parts[-3]: path for path in (course / "feedback").rglob("*.html")}
    assert set(pages) == {"ada", "cleo", "dan", "eve", "gus"}
    assert all(page.stat().st_size < 1_000_000 for page in pages.values())
    for student, note in {
        "cleo": "UTF-16",
        "dan": "test_double was missing",
        "eve": "did not finish within",
    }.items():
        assert note in pages[student].read_text(encoding="utf-8")


@pytest.fixture
def server(course: Path) -> Iterator[Callable[[str, dict[str, str] | None], dict[str, object]]]:
    """Jupyter in the course folder; call it with a path, and with fields for a POST."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [SCRIPTS / "jupyter", "server", "--no-browser", f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    options = ["--allow-root", f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={course}"]
    with (course / "server.log").open("w") as log:
        process = subprocess.Popen([*command, *options], cwd=course, stdout=log, stderr=log)

    def ask(path: str, fields: dict[str, str] | None = None) -> dict[str, object]:
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/{path}",
            data=None if fields is None else json.dumps(fields).encode(),
            headers={"Authorization": f"token {TOKEN}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                ask("api/status")
                break
            except OSError:
                assert process.poll() is None and time.monotonic() < deadline, (course / "server.log").read_text()
                time.sleep(0.2)
        yield ask
    finally:
        process.terminate()
        process.wait(timeout=30)


def test_formgrader_and_validate_in_a_running_server(
    server: Callable[..., dict[str, object]], course: Path, hand_in: HandIn, solve: Solve, released: NotebookNode
) -> None:
    hand_in("ada", solve(double=STDERR))
    (listed,) = server("formgrader/api/assignments")
    assert listed["name"] == LESSON and listed["max_score"] == 9.0
    graded = server(f"formgrader/api/submission/{LESSON}/ada/autograde", {})
    assert graded["success"], graded
    submission = server(f"formgrader/api/submission/{LESSON}/ada")
    assert submission["score"] == AUTO_POINTS and submission["needs_manual_grade"]
    assert server(f"formgrader/api/assignment/{LESSON}/ada/generate_feedback", {})["success"]
    assert (course / "feedback" / "ada" / LESSON / f"{LESSON}.html").is_file()

    own = course / "exercises" / LESSON / f"{LESSON}.ipynb"
    failed = server("assignments/validate", {"path": f"exercises/{LESSON}/{LESSON}.ipynb"})
    assert failed["success"]
    assert "double is not solved yet" in json.dumps(failed["value"]["failed"])
    own.write_text(text_of(solve(double=STDERR)), encoding="utf-8")
    assert server("assignments/validate", {"path": f"exercises/{LESSON}/{LESSON}.ipynb"}) == {
        "success": True,
        "value": {},
    }


def test_validate_on_the_command_line(course: Path, solve: Solve) -> None:
    own = course / "exercises" / LESSON / f"{LESSON}.ipynb"
    own.write_text(text_of(solve(double="def double(x):\n    return x + 1")), encoding="utf-8")
    done = nbgrader(course, "validate", str(own.relative_to(course)))
    assert "VALIDATION FAILED ON 1 CELL" in done.stdout and "expected  4" in done.stdout
