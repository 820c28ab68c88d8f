"""Checks of a saved notebook in the terminal: what runs, what is said, and what cannot stop it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell

from autograder.check.report import Report, State
from autograder.learner import check_client
from autograder.learner.check_client import CheckProblem, Outcome, Superseded, UnknownExercise, check_saved
from autograder.learner.merge import grade_id
from autograder.learner.replay import Kind, read_script
from autograder.lesson import read_lesson
from autograder.progress.record import progress_of
from autograder.repository import Repository
from tests.conftest import LESSON
from tests.learner.conftest import heed_ctrl_c, opened, save
from tests.learner.edits import solve

COURSE = [sys.executable, "-m", "autograder.cli"]
DOT = "def dot(a, b):\n    return float(a @ b)"
SHIFTED = "def shifted(a, b):\n    return dot(a, b) + offset"


def write(repository: Repository, **answers: str) -> None:
    notebook = opened(repository)
    for name, text in answers.items():
        solve(notebook, name, text)
    save(repository, notebook)


def add(repository: Repository, *cells: str) -> None:
    """Add cells below the imports."""
    notebook = opened(repository)
    place = 1 + next(place for place, cell in enumerate(notebook.cells) if cell.source.startswith("import numpy"))
    notebook.cells[place:place] = [new_code_cell(cell) for cell in cells]
    save(repository, notebook)


def check(repository: Repository, *exercises: str, seconds: float = 30.0) -> Outcome:
    data = repository.exercise_notebook(LESSON).read_bytes()
    outcome = check_saved(repository, LESSON, data, exercises, seconds=seconds)
    assert repository.exercise_notebook(LESSON).read_bytes() == data
    return outcome


def states(outcome: Outcome) -> dict[str, State]:
    return {report.exercise: report.state for report in outcome.reports}


def only(outcome: Outcome) -> Report:
    assert len(outcome.reports) == 1
    return outcome.reports[0]


def command(repository: Repository, *arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COURSE, *arguments], cwd=repository.root, capture_output=True, text=True, timeout=120, **options
    )  # type: ignore[call-overload, no-any-return]


def test_only_what_tests_need_is_run(course: Repository) -> None:
    add(course, "mine = 1")
    steps = read_script(course, read_lesson(course.course, LESSON)).steps(opened(course))
    assert [(step.kind, step.name) for step in steps] == [
        (Kind.GIVEN, "import numpy as np"),
        (Kind.OWN, "mine = 1"),
        (Kind.ANSWER, "dot"),
        (Kind.GIVEN, "offset = 2.0"),
        (Kind.ANSWER, "shifted"),
    ]


def test_states_and_messages(course: Repository) -> None:
    assert states(check(course)) == {"dot": "unsolved", "shifted": "unsolved", "explain": "written"}
    write(course, dot=DOT, shifted=SHIFTED)
    outcome = check(course)
    assert states(outcome) == {"dot": "passed", "shifted": "passed", "explain": "written"}
    assert outcome.reports[0].complete and outcome.reports[0].points == 2
    write(course, dot="def dot(a, b):\n    return a * b", shifted="def shifted(a, b):\n    return 4.0")
    dot, shifted, _explain = check(course).reports
    assert dict(dot.fields)["cause"] == "You multiplied and did not add."
    assert dict(shifted.fields)["cause"] == "You left out the offset."  # a hidden test says so
    assert only(check(course, "shifted")).points == 0


def test_an_answer_that_stops_with_an_error_says_where(course: Repository) -> None:
    write(course, dot="x = 1\ny = x / 0\ndef dot(a, b):\n    return 1.0")
    report = only(check(course, "dot"))
    assert report.state is State.FAILED
    assert dict(report.fields)["got"] == "ZeroDivisionError: division by zero\n(line 2 of the cell)"
    write(course, dot="def dot(a, b):\n    return float(a @ b")
    got = dict(only(check(course, "dot")).fields)["got"]
    assert got.startswith("line 2 of the cell:\n") and "SyntaxError" in got


def test_words_are_those_of_a_terminal(course: Repository) -> None:
    assert only(check(course, "dot")).headline == "Write its body in the notebook, and save."
    write(course, dot="def dott(a, b):\n    return 1.0")
    assert only(check(course, "dot")).headline == "Its cell defines no `dot`. Mend: give the function that name."


def test_a_deleted_answer_cell_is_missing(course: Repository) -> None:
    notebook = opened(course)
    notebook.cells = [cell for cell in notebook.cells if grade_id(cell) != "dot"]
    save(course, notebook)
    report = only(check(course, "dot"))
    assert report.state is State.NOT_RUN
    assert "Mend: `course reset a1_vectors dot` puts it back." in report.headline


def test_own_cells_run_and_their_errors_stop_nothing(course: Repository) -> None:
    add(course, "import math\nhelper = math.fsum", "1 / 0", "%check dot\n%no_such_magic")
    write(course, dot="def dot(a, b):\n    return helper(a * b)")
    outcome = check(course, "dot")
    assert only(outcome).passed
    assert any("`1 / 0` stopped: ZeroDivisionError" in remark for remark in outcome.remarks)
    assert progress_of(LESSON) == {}  # neither this nor the %check in the notebook was asked for by the learner


def test_what_does_not_end_is_stopped_and_the_rest_is_checked(course: Repository) -> None:
    add(course, "print('endless')\nwhile True: pass", "import os; os._exit(3)")
    write(course, dot="def dot(a, b):\n    while True: pass", shifted="def shifted(a, b):\n    return a @ b + offset")
    began = time.monotonic()
    outcome = check(course, seconds=1.0)
    assert time.monotonic() - began < 60
    assert states(outcome) == {"dot": "failed", "shifted": "passed", "explain": "written"}
    assert "did not end within 1 seconds" in outcome.reports[0].headline and outcome.reports[0].best == 2
    assert "endless" in outcome.remarks[0] and "ended Python itself" in outcome.remarks[1]


def test_the_folder_of_the_notebook_is_the_working_folder(course: Repository) -> None:
    folder = course.exercise_notebook(LESSON).parent
    (folder / "beside.py").write_text("total = sum")
    (folder / "data.txt").write_text("1")
    write(course, dot="import beside\nopen('data.txt').close()\ndef dot(a, b):\n    return float(beside.total(a * b))")
    assert only(check(course, "dot")).passed


def test_old_releases_are_checked_with_the_tests_of_now(course: Repository) -> None:
    write(course, dot=DOT)
    notebook = opened(course)
    notebook.cells = [c for c in notebook.cells if not c.source.startswith(("# Tests of dot", "import numpy"))]
    save(course, notebook)
    assert only(check(course, "dot")).passed


def test_wrong_names_and_broken_files(course: Repository) -> None:
    with pytest.raises(UnknownExercise) as raised:
        check(course, "dott")
    assert raised.value.exercises == ("dot", "shifted", "explain")
    with pytest.raises(CheckProblem, match="not valid JSON.* Mend: undo your last change"):
        check_saved(course, LESSON, b'{"cells": [', ("dot",))


def test_a_check_can_be_given_up(course: Repository) -> None:
    write(course, dot="def dot(a, b):\n    while True: pass")
    began = time.monotonic()
    with pytest.raises(Superseded):
        check_saved(
            course,
            LESSON,
            course.exercise_notebook(LESSON).read_bytes(),
            ("dot",),
            is_superseded=lambda: time.monotonic() > began + 0.5,
        )
    assert time.monotonic() - began < check_client.SECONDS / 2


def test_without_a_warm_process_a_plain_one_checks(course: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_client.sys, "platform", "darwin")
    write(course, dot=DOT)
    assert only(check(course, "dot")).passed


def test_the_command(course: Repository) -> None:
    write(course, dot=DOT, shifted="def shifted(a, b):\n    return 4.0")
    done = command(course, "check", "a1", "dot")
    assert done.returncode == 0 and "dot: passed, 2 of 2 points." in done.stdout
    done = command(course, "check")
    assert done.returncode == 1 and "You left out the offset." in done.stdout and "1 exercise to go" in done.stdout
    done = command(course, "check", "a1", "dott")
    assert done.returncode == 2 and "Did you mean dot?" in done.stderr
    done = command(course, "check", "a1_vector5")
    assert done.returncode == 2 and "Did you mean a1_vectors?" in done.stderr
    kept = progress_of(LESSON)
    assert kept["dot"].complete and not kept["shifted"].passed and kept["shifted"].tries == 1


@pytest.mark.skipif(sys.platform != "linux", reason="looks for the process in /proc")
def test_ctrl_c_stops_the_code(course: Repository, tmp_path: Path) -> None:
    mark = tmp_path / "process"
    write(course, dot=f"import os\nopen({str(mark)!r}, 'w').write(str(os.getpid()))\nwhile True: pass")
    process = subprocess.Popen(
        [*COURSE, "check", LESSON],
        cwd=course.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heed_ctrl_c,
    )
    deadline = time.monotonic() + 60
    while not (mark.is_file() and mark.read_text()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _out, errors = process.communicate(timeout=30)
    assert process.returncode == 130 and "Stopped." in errors
    while os.path.exists(f"/proc/{mark.read_text()}"):
        assert time.monotonic() < deadline
        time.sleep(0.05)
