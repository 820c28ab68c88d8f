"""A grading run that is killed at any moment goes on where it ended: no grade is lost, none is doubled."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbgrader.api import Gradebook

from autograder.grading import scheduler
from autograder.grading.grade import grade_assignment
from autograder.grading.lock import LOCK_NAME
from autograder.grading.results import GradingError
from tests.grading import fake_examiner
from tests.grading.conftest import LESSON

HandIn = Callable[..., Path]
Solve = Callable[..., NotebookNode]
KILLS = int(os.environ.get("COURSE_TEST_KILLS", "10"))
STUDENTS = ("ada", "bob", "cleo", "dan")
SQUARE = "def double(x):\n    return x * x\n"

_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload([__name__])


def run(course: Path, seconds: float) -> None:
    """Grade with the stand-in for the examiner; in a process of its own."""
    os.environ[fake_examiner.SECONDS] = str(seconds)
    scheduler.examine = fake_examiner.examine
    grade_assignment(course, LESSON, workers=2)


def start(course: Path, seconds: float = 0) -> multiprocessing.process.BaseProcess:
    process = _PROCESSES.Process(target=run, args=(course, seconds))
    process.start()
    return process


def run_to_the_end(course: Path) -> float:
    """Return the seconds that it took."""
    began = time.monotonic()
    process = start(course)
    process.join(120)
    assert process.exitcode == 0
    return time.monotonic() - began


def content(course: Path) -> dict[str, object]:
    """Everything that a run leaves behind, without the ids that every gradebook makes up anew."""
    with sqlite3.connect(course / "gradebook.db") as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found: dict[str, object] = {
            name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables
        }
        found["alembic_version"] = database.execute("SELECT version_num FROM alembic_version").fetchall()
        found["grades"] = database.execute(
            """SELECT a.student_id, c.name, g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade
               FROM grade g JOIN base_cell c ON c.id = g.cell_id JOIN submitted_notebook n ON n.id = g.notebook_id
               JOIN submitted_assignment a ON a.id = n.assignment_id ORDER BY 1, 2"""
        ).fetchall()
        found["comments"] = database.execute(
            """SELECT a.student_id, c.name, m.auto_comment, m.manual_comment
               FROM comment m JOIN base_cell c ON c.id = m.cell_id JOIN submitted_notebook n ON n.id = m.notebook_id
               JOIN submitted_assignment a ON a.id = n.assignment_id ORDER BY 1, 2"""
        ).fetchall()
    for path in sorted(course.glob("autograded/*/*/*")):
        found[str(path.relative_to(course))] = path.read_bytes()
    found["pages"] = sorted(
        (str(path.relative_to(course)), path.stat().st_size) for path in course.glob("feedback/*/*/*.html")
    )
    return found


def hand_in_again(course: Path, solve: Solve, hand_in: HandIn) -> None:
    """A person grades and comments by hand; then two students hand in something else."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        for student in ("ada", "bob"):
            written = gradebook.find_grade("why", LESSON, LESSON, student)
            written.manual_score, written.needs_manual_grade = 3.5, False
            gradebook.find_comment("why", LESSON, LESSON, student).manual_comment = "Well put."
        gradebook.db.commit()
    hand_in("ada", solve(double=SQUARE))
    hand_in("cleo", solve(double=SQUARE, why="Something else."))


@pytest.mark.slow
def test_killed_at_random_moments_a_class_is_graded_as_if_nothing_had_happened(
    course: Path, tmp_path: Path, solve: Solve, hand_in: HandIn
) -> None:
    run_to_the_end(course)  # of nothing: from now on, processes start at once
    for student in STUDENTS:
        hand_in(student, solve(double=SQUARE) if student == "dan" else solve())
    (course / "gradebook.db").unlink()
    fresh = tmp_path / "fresh"
    shutil.copytree(course, fresh)
    seconds = {fresh: run_to_the_end(course)}
    wanted = {fresh: content(course)}
    hand_in_again(course, solve, hand_in)
    again = tmp_path / "again"
    shutil.copytree(course, again)
    seconds[again] = run_to_the_end(course)
    wanted[again] = content(course)
    assert wanted[fresh]["grades"] != wanted[again]["grades"]

    seed = random.randrange(2**32)
    draw = random.Random(seed)
    kills = 0
    while kills < KILLS:
        state = (fresh, again)[kills % 2]
        shutil.rmtree(course)
        shutil.copytree(state, course)
        while kills < KILLS:
            process = start(course)
            process.join(draw.uniform(0, seconds[state]))
            if process.exitcode is not None:
                assert process.exitcode == 0, f"seed {seed}"
                break  # it was faster
            os.kill(process.pid or 0, signal.SIGKILL)
            process.join()
            kills += 1
        seconds[state] = min(seconds[state], run_to_the_end(course))
        assert content(course) == wanted[state], f"seed {seed}, {kills} kills"


def test_what_is_done_is_not_examined_again(
    course: Path, solve: Solve, hand_in: HandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "examine", fake_examiner.examine)
    monkeypatch.setenv(fake_examiner.LOG, str(tmp_path / "log"))
    for student in STUDENTS:
        hand_in(student, solve())
    grade_assignment(course, LESSON, ["ada", "bob"])
    grade_assignment(course, LESSON)
    assert len((tmp_path / "log").read_text().splitlines()) == len(STUDENTS)
    page = course / "feedback" / "ada" / LESSON / f"{LESSON}.html"
    written = page.stat().st_mtime_ns
    (course / "feedback" / "bob" / LESSON / f"{LESSON}.html").unlink()
    grade_assignment(course, LESSON)
    assert len((tmp_path / "log").read_text().splitlines()) == len(STUDENTS)
    assert page.stat().st_mtime_ns == written
    assert (course / "feedback" / "bob" / LESSON / f"{LESSON}.html").is_file()
    (course / "gradebook.db").unlink()
    assert [result.score for result in grade_assignment(course, LESSON)] == [5.0] * len(STUDENTS)


def test_an_interrupt_ends_the_run_and_loses_nothing(
    course: Path, solve: Solve, hand_in: HandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "examine", fake_examiner.examine)
    for student in STUDENTS:
        hand_in(student, solve())

    def interrupt(done: int, _total: int, _result: object) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        grade_assignment(course, LESSON, progress=interrupt)
    assert [result.score for result in grade_assignment(course, LESSON)] == [5.0] * len(STUDENTS)


def test_two_runs_in_one_folder_do_not_meet(
    course: Path, solve: Solve, hand_in: HandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in("ada", solve())
    (course / LOCK_NAME).unlink()
    process = start(course, seconds=60)
    try:
        while not (course / LOCK_NAME).is_file() or not (course / LOCK_NAME).read_text():
            time.sleep(0.01)
        with pytest.raises(GradingError, match=rf"Another run is grading in .* \(process {process.pid}\)"):
            grade_assignment(course, LESSON)
    finally:
        process.kill()
        process.join()
    monkeypatch.setattr(scheduler, "examine", fake_examiner.examine)
    (result,) = grade_assignment(course, LESSON)  # the lock of a killed run keeps nobody out
    assert result.score == 5.0


def test_results_do_not_wait_for_the_slowest(
    course: Path, solve: Solve, hand_in: HandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = solve(why="slow")
    hand_in("ada", slow)
    hand_in("bob", solve())

    def examine(examination: object, notebook: NotebookNode, files: object) -> NotebookNode:
        time.sleep(3 if "slow" in json.dumps(notebook) else 0)
        return fake_examiner.examine(examination, notebook)  # type: ignore[arg-type]

    monkeypatch.setattr(scheduler, "examine", examine)
    done: list[str] = []
    results = grade_assignment(course, LESSON, progress=lambda _n, _all, r: done.append(r.student), workers=2)
    assert done == ["bob", "ada"]
    assert [result.student for result in results] == ["ada", "bob"]
