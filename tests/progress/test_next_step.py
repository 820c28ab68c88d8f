"""What comes next, and why."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from autograder.progress.next_step import NextStep, next_exercise
from autograder.progress.record import Kind
from autograder.repository import Repository
from tests.progress.conftest import Did

Next = Callable[[], tuple[str, str]]


@pytest.fixture
def upcoming(course: Repository) -> Next:
    def name_it() -> tuple[str, str]:
        step = next_exercise(course)
        assert step is not None
        return step.lesson, step.exercise

    return name_it


def test_it_begins_with_the_first_lesson(course: Repository) -> None:
    assert next_exercise(course) == NextStep(
        "a1_first",
        "First & foremost",
        "a1_one",
        "the a1_one",
        "Exercise: the `a1_one`",
        7,
        "It needs no other lesson before it.",
        False,
    )


def test_an_open_exercise_is_gone_on_with(did: Did, upcoming: Next, course: Repository) -> None:
    did("a1_first", "a1_one")
    did("a1_first", "a1_two", passed=False)
    assert upcoming() == ("a1_first", "a1_two")
    assert next_exercise(course).reason == "You have begun it, and it is still open."  # type: ignore[union-attr]


def test_after_a_pass_comes_the_next_open_one_and_skipped_ones_come_last(did: Did, upcoming: Next) -> None:
    did("a1_first", "a1_one")
    assert upcoming() == ("a1_first", "a1_two")
    did("b1_second", "b1_two")
    assert upcoming() == ("b1_second", "b1_one")


def test_the_lesson_worked_on_last_comes_first_then_another_that_is_begun(did: Did, upcoming: Next) -> None:
    did("a1_first", "a1_one")
    did("b3_free", "b3_one", "b3_two")
    assert upcoming() == ("a1_first", "a1_two")


def test_reading_a_hint_begins_an_exercise(did: Did, upcoming: Next) -> None:
    did("b3_free", "b3_two", kind=Kind.HINT)
    assert upcoming() == ("b3_free", "b3_two")


def test_a_finished_lesson_leads_to_the_one_that_builds_on_it(did: Did, course: Repository) -> None:
    did("a1_first", "a1_one", "a1_two")
    step = next_exercise(course)
    assert step is not None
    assert (step.lesson, step.reason) == ("b1_second", "You have finished “First & foremost”, which it builds on.")


def test_a_lesson_waits_for_what_it_needs(did: Did, upcoming: Next) -> None:
    did("b3_free", "b3_one", "b3_two")
    assert upcoming() == ("a1_first", "a1_one")


def test_an_exercise_that_passed_the_visible_tests_only_is_done(did: Did, upcoming: Next) -> None:
    did("a1_first", "a1_one", complete=False)
    assert upcoming() == ("a1_first", "a1_two")


def test_a_written_answer_is_never_asked_for(did: Did, upcoming: Next) -> None:
    did("a1_first", "a1_one", "a1_two")
    did("a1_first", "words", passed=False)
    assert upcoming() == ("b1_second", "b1_one")


def test_lessons_and_exercises_that_are_gone_do_no_harm(did: Did, upcoming: Next) -> None:
    did("a1_first", "gone")
    did("z9_gone", "x")
    assert upcoming() == ("a1_first", "a1_one")


def test_when_all_is_done_there_is_nothing(did: Did, course: Repository) -> None:
    for lesson in ("a1_first", "b1_second", "b2_third", "b3_free"):
        did(lesson, f"{lesson[:2]}_one", f"{lesson[:2]}_two")
    assert next_exercise(course) is None


def test_it_is_quick_once_the_lessons_were_read(course: Repository, did: Did) -> None:
    did("a1_first", "a1_one")
    next_exercise(course)
    began = time.perf_counter()
    next_exercise(course)
    assert time.perf_counter() - began < 0.1
