"""A large class: submissions are run once and side by side, and each costs the writer the same."""

from __future__ import annotations

import itertools
import os
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

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
    """Calls of functions for ten submissions at the end of a small and of a large class: no clock is that steady."""
    first = hand_in("s0000", solve()).parent
    for number in range(1, LARGE):
        shutil.copytree(first, course / "submitted" / f"s{number:04}" / LESSON)
    names = [f"s{number:04}" for number in range(LARGE)]
    calls: dict[int, int] = {}
    graded = 0
    for size in (SMALL, LARGE):
        grade_assignment(course, LESSON, names[graded : size - 10])
        with _counted_calls() as count:
            results = grade_assignment(course, LESSON, names[size - 10 : size])
        assert [result.score for result in results] == [AUTO_POINTS] * 10
        calls[size] = count()
        graded = size
    print(calls)
    assert len(examined) == LARGE
    assert calls[LARGE] <= 1.05 * calls[SMALL]


@contextmanager
def _counted_calls() -> Iterator[Callable[[], int]]:
    """Count what this thread and those that it starts call, in Python or C."""
    counter = itertools.count()
    made = 0

    def on_event(_frame: FrameType, event: str, _argument: object) -> None:
        if event in ("call", "c_call"):
            next(counter)  # of one step, whichever thread takes it

    threading.setprofile(on_event)
    sys.setprofile(on_event)
    try:
        yield lambda: made
    finally:
        sys.setprofile(None)
        threading.setprofile(None)  # type: ignore[arg-type]
        made = next(counter)


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
