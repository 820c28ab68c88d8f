"""A large class: submissions are run once and side by side, and each costs the writer the same."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from nbformat import NotebookNode

from autograder.grading import execute, scheduler
from autograder.grading.demo import make_class
from autograder.grading.grade import grade_assignment
from tests.grading import fake_examiner
from tests.grading.conftest import AUTO_POINTS, LESSON

HandIn = Callable[..., Path]
Solve = Callable[..., NotebookNode]
SMALL, LARGE = (50, 1000) if os.environ.get("COURSE_TEST_LARGE_CLASS") else (40, 90)


@pytest.fixture
def examined(monkeypatch: pytest.MonkeyPatch) -> list[NotebookNode]:
    """The stand-in for the examiner; what it was given. Nobody else may run a notebook."""
    given: list[NotebookNode] = []

    def examine(examination: object, notebook: NotebookNode, own_files: object = ()) -> NotebookNode:
        given.append(notebook)
        return fake_examiner.examine(examination, notebook)  # type: ignore[arg-type]

    monkeypatch.setattr(scheduler, "examine", examine)
    monkeypatch.setattr(execute, "examine", _never)
    return given


def _never(*_arguments: object) -> NotebookNode:
    raise AssertionError("nbgrader's pipeline did not find the result: it had prepared another notebook")


def test_what_is_run_beforehand_is_what_nbgrader_would_run(
    built_class: Path, tmp_path: Path, examined: list[NotebookNode]
) -> None:
    students = make_class(built_class, LESSON, tmp_path / "class")
    unreadable = {student.student for student in students if student.status == "not_graded"}
    results = grade_assignment(tmp_path / "class", LESSON)
    assert len(examined) == len(students) - len(unreadable) > 10
    for result in results:
        if result.student in unreadable:
            assert result.status == "not_graded"
        else:
            assert result.status != "not_graded", result.notes


def test_as_many_are_run_at_a_time_as_asked_for(
    course: Path, solve: Solve, hand_in: HandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        hand_in(f"s{number}", solve())
    busy, most = [0], [0]

    def examine(examination: object, notebook: NotebookNode, own_files: object) -> NotebookNode:
        busy[0] += 1
        most[0] = max(most[0], busy[0])
        time.sleep(0.5)
        busy[0] -= 1
        return fake_examiner.examine(examination, notebook)  # type: ignore[arg-type]

    monkeypatch.setattr(scheduler, "examine", examine)
    assert len(grade_assignment(course, LESSON, workers=3)) == 6
    assert most[0] == 3


@pytest.mark.slow
def test_a_submission_costs_the_same_in_a_large_class(
    course: Path, solve: Solve, hand_in: HandIn, examined: list[NotebookNode]
) -> None:
    """Processor time of this process for ten submissions at the end of a small and of a large class.

    The least of three tens, because other programs slow some of them down.
    """
    first = hand_in("s0000", solve()).parent
    for number in range(1, LARGE):
        shutil.copytree(first, course / "submitted" / f"s{number:04}" / LESSON)
    names = [f"s{number:04}" for number in range(LARGE)]
    costs: dict[int, float] = {}
    graded = 0
    for size in (SMALL, LARGE):
        grade_assignment(course, LESSON, names[graded : size - 30])
        tens = []
        for begin in range(size - 30, size, 10):
            began = time.process_time()
            results = grade_assignment(course, LESSON, names[begin : begin + 10])
            tens.append((time.process_time() - began) / 10)
            assert [result.score for result in results] == [AUTO_POINTS] * 10
        costs[size] = min(tens)
        graded = size
    print({size: f"{1000 * cost:.0f} ms" for size, cost in costs.items()})
    assert len(examined) == LARGE
    assert costs[LARGE] <= 1.2 * costs[SMALL]


def test_no_more_is_read_ahead_than_can_be_run(
    course: Path, solve: Solve, hand_in: HandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(10):
        hand_in(f"s{number}", solve())
    handed_out: list[int] = []

    class Watched(ThreadPoolExecutor):
        def submit(self, *arguments: object, **options: object) -> object:  # type: ignore[override]
            handed_out.append(1)
            return super().submit(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(scheduler, "ThreadPoolExecutor", Watched)
    monkeypatch.setattr(scheduler, "examine", fake_examiner.examine)
    ahead: list[int] = []
    grade_assignment(course, LESSON, workers=1, progress=lambda done, _all, _r: ahead.append(len(handed_out) - done))
    assert len(handed_out) == 10 and max(ahead) <= 1 * 2 - 1
