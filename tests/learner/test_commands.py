"""The other commands of a learner: what they say, what they keep, and how they end."""

from __future__ import annotations

import io
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from autograder.cli import app
from autograder.progress.record import Event, Kind, progress_of, record
from autograder.repository import Repository
from tests.conftest import LESSON, SOURCE
from tests.learner.conftest import opened
from tests.learner.edits import cell_of, released
from tests.learner.test_check_saved import DOT, write


@pytest.fixture(autouse=True)
def inside(course: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(course.root)


def run(*arguments: str, answer: str = "") -> Result:
    return CliRunner().invoke(app, arguments, input=answer)


def test_hints_come_one_by_one_and_are_kept() -> None:
    first, second, third = (run("hint", "dot").stdout for _ in range(3))
    assert "Multiply, then add." in first and "Look at the" not in first and "(1 of 3)" in first
    assert "Look at the" in second and "A product alone" in third and "course solution a1_vectors dot" in third
    assert progress_of(LESSON)["dot"].hints == 3
    after = run("hint", "a1", "dot").stdout
    assert all(text in after for text in ("Multiply, then add.", "Look at the", "A product alone"))
    assert progress_of(LESSON)["dot"].hints == 3 and progress_of(LESSON)["dot"].tries == 0
    assert "has no hints" in run("hint", "explain").stdout


def test_names_that_are_wrong() -> None:
    for arguments in (["hint", "dott"], ["solution", "a1", "dott"], ["reset", "a1", "dott"]):
        done = run(*arguments)
        assert done.exit_code == 2 and "Did you mean dot?" in done.stderr, arguments
    for command in ("check", "watch", "update", "reset"):
        done = run(command, "a1_vektors")
        assert done.exit_code == 2 and "Did you mean a1_vectors?" in done.stderr, command
    for command in ("hint", "solution"):
        assert run(command, "a", "b", "c").exit_code == 2
        done = run(command, "a1")
        assert done.exit_code == 2 and f"course {command} a1_vectors EXERCISE. There is: dot, shifted" in done.stderr


def test_an_exercise_may_stand_alone_and_a_lesson_may_be_its_notebook(course: Repository) -> None:
    write(course, dot=DOT)
    assert run("reset", "dot").exit_code == 0 and opened(course) == released(course)
    assert "products = a * b" in run("solution", "dot", "--yes").stdout
    assert "dot: not solved yet" in run("check", "dot").stdout
    assert run("check", "exercises/a1_vectors/a1_vectors.ipynb").stdout.startswith(LESSON)


def test_of_several_lessons_the_one_at_hand_is_meant(course: Repository) -> None:
    plan = course.course / "curriculum.toml"
    third = '[[part.lesson]]\nname = "a3_again"\ntitle = "Again"\nquestions = []\nrequires = []\n'
    plan.write_text(plan.read_text() + third)
    for name in ("a2_planned", "a3_again"):
        (course.course / name).mkdir()
        (course.course / name / "lesson.py").write_text(SOURCE.replace("dot", "sum_of"))
    done = run("hint", "sum_of")
    assert done.exit_code == 2 and "one of a2_planned, a3_again" in done.stderr
    record(Event("a3_again", "sum_of", Kind.CHECK, datetime.now(UTC)))
    assert run("hint", "sum_of").exit_code == 0 and progress_of("a3_again")["sum_of"].hints == 1
    assert run("hint", "shifted").exit_code == 0 and progress_of(LESSON)["shifted"].hints == 1


def test_a_solution_is_shown_after_a_yes() -> None:
    for answer in ("n\n", ""):
        done = run("solution", "a1", "dot", answer=answer)
        assert done.exit_code == 1 and "products = a * b" not in done.stdout
    assert progress_of(LESSON) == {}
    done = run("solution", "a1", "dot", answer="y\n")
    assert done.exit_code == 0 and "products = a * b" in done.stdout and "SOLUTION" not in done.stdout
    assert progress_of(LESSON)["dot"].saw_solution
    assert "An array with one axis." in run("solution", "a1", "explain", "--yes").stdout


def test_next_goes_on_where_the_learner_is() -> None:
    assert "dot" in run("next").stdout
    now = time.time()
    record(_passed("dot", now))
    said = run("next").stdout
    assert said.startswith("shifted, 3 minutes") and "course watch a1_vectors" in said
    record(_passed("shifted", now + 1))
    assert "You have passed every exercise" in run("next").stdout


def test_a_whole_notebook_is_put_back_after_a_yes(course: Repository) -> None:
    write(course, dot=DOT)
    for answer in ("n\n", ""):
        done = run("reset", "a1", answer=answer)
        assert done.exit_code == 1 and "Nothing was changed." in done.stderr
    assert cell_of(opened(course), "dot").source == DOT
    assert run("reset", "a1", "--yes").exit_code == 0
    assert opened(course) == released(course)


@pytest.mark.parametrize("arguments", [("solution", "dot", "--yes"), ("hint", "dot"), ("next",)])
def test_a_narrow_terminal_loses_nothing_and_breaks_no_word(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = run(*arguments).stdout.split()
    monkeypatch.setenv("COURSE_PROGRESS", os.environ["COURSE_PROGRESS"] + "2")
    shown = io.StringIO()
    narrow = Console(file=shown, width=40, force_terminal=True, color_system=None, highlight=False)
    monkeypatch.setattr(sys.modules[f"autograder.cli.{arguments[0]}"], "out", narrow)
    run(*arguments)
    assert max(len(line.rstrip()) for line in shown.getvalue().splitlines()) <= 40
    assert shown.getvalue().split() == [word.replace("`", "") for word in plain]


def _passed(exercise: str, at: float) -> Event:
    return Event(LESSON, exercise, Kind.CHECK, datetime.fromtimestamp(at, UTC), True, True, 2, 2)


def test_reset_and_update_say_where_the_old_notebook_is(course: Repository) -> None:
    write(course, dot=DOT)
    done = run("reset", "a1", "dot")
    assert done.exit_code == 0 and ".before-reset-" in done.stdout and "Reload Notebook from Disk" in done.stdout
    assert "Your progress stays" in done.stdout
    assert opened(course) == released(course)
    write(course, dot=DOT)
    path = course.course / LESSON / "lesson.py"
    path.write_text(path.read_text().replace("# Return the dot product of two vectors.", "# Return it."))
    done = run("update")
    assert done.exit_code == 0 and "your answers: dot" in done.stdout and ".before-update-" in done.stdout
    assert cell_of(opened(course), "dot").source == DOT
    assert "Every notebook is up to date." in run("update", "a1").stdout
    course.exercise_notebook(LESSON).write_text("{")
    done = run("update")
    assert done.exit_code == 1 and "not valid JSON" in done.stderr and "Mend" in done.stderr


def test_progress_that_cannot_be_kept_stops_nothing(progress_file: Path) -> None:
    progress_file.write_text("this is no database, but it is long enough to be read as one" * 20)
    done = run("hint", "dot")
    assert done.exit_code == 0 and "Multiply, then add." in done.stdout and str(progress_file) in done.stderr
    done = run("solution", "a1", "dot", "--yes")
    assert done.exit_code == 0 and "products = a * b" in done.stdout
    assert run("next").exit_code == 1
