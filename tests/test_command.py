"""The program ``course``: a grading command that runs at the warm desk is like one that runs by itself."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from autograder.command import DESK
from autograder.grading.lock import LOCK_NAME
from autograder.repository import Repository
from tests.conftest import LESSON

COURSE = [sys.executable, "-c", "from autograder.command import main; main()"]
WAITS = "import time\ntime.sleep(50)"


def hand_in(repository: Repository, student: str, extra: str = "") -> None:
    """Hand in the solved notebook, with one more cell."""
    notebook = nbformat.read(repository.solution_notebook(LESSON), as_version=4)
    notebook.cells.append(new_code_cell(extra))
    path = repository.root / "submitted" / student / LESSON / f"{LESSON}.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)


def course(repository: Repository, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COURSE, *arguments],
        cwd=repository.root,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=300,
    )


def begin(repository: Repository) -> subprocess.Popen[str]:
    """Start to grade a submission that takes long, and wait until it is under way."""
    hand_in(repository, "slow", WAITS)
    process = subprocess.Popen(
        [*COURSE, "grade", LESSON], cwd=repository.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    wait_for(lambda: holder(repository) is not None)
    return process


def holder(repository: Repository) -> int | None:
    """The process that grades in the folder; None if there is none."""
    path = repository.root / LOCK_NAME
    text = path.read_text() if path.is_file() else ""
    return int(text) if text and Path("/proc", text.strip()).exists() else None


def wait_for(condition: object) -> None:
    deadline = time.monotonic() + 120
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_command_at_the_desk_ends_like_one_by_itself(repository: Repository) -> None:
    by_itself = [sys.executable, "-m", "autograder.cli", "grade", "a9_nothing"]
    alone = subprocess.run(by_itself, cwd=repository.root, capture_output=True, text=True, timeout=300)
    at_desk = course(repository, "grade", "a9_nothing")
    assert (at_desk.returncode, at_desk.stdout, at_desk.stderr) == (alone.returncode, alone.stdout, alone.stderr)
    assert at_desk.returncode == 2 and "a9_nothing" in at_desk.stderr
    DESK.connect().close()  # it is there, and takes no offence
    hand_in(repository, "ada")
    graded = course(repository, "grade", LESSON, "--json")
    assert graded.returncode == 0, graded.stderr
    assert json.loads(graded.stdout)[0]["score"] == 2.0


@pytest.mark.skipif(sys.platform != "linux", reason="looks for the process in /proc")
def test_ctrl_c_reaches_the_desk(repository: Repository) -> None:
    process = begin(repository)
    process.send_signal(signal.SIGINT)
    _out, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Stopped. 0 submissions are done and written. To go on, run the same command again." in errors
    wait_for(lambda: holder(repository) is None)


@pytest.mark.skipif(sys.platform != "linux", reason="looks for the process in /proc")
def test_nothing_goes_on_when_the_command_is_killed(repository: Repository) -> None:
    process = begin(repository)
    process.kill()
    process.communicate(timeout=60)
    wait_for(lambda: holder(repository) is None)


def test_without_a_desk_the_command_runs_by_itself(repository: Repository) -> None:
    unusable = repository.root / "not-a-folder"
    unusable.mkdir()
    (unusable / f"cv-course-{os.getuid()}").write_text("in the way")
    done = course(repository, "grade", "a9_nothing", XDG_RUNTIME_DIR=str(unusable))
    assert done.returncode == 2 and "a9_nothing" in done.stderr
