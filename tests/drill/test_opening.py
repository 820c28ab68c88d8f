"""Which questions make sense now."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from autograder.curriculum import Curriculum, load_curriculum
from autograder.drill import reviews
from autograder.drill.opening import UnknownLesson, Wish, open_session
from autograder.drill.questions import Kind
from autograder.drill.schedule import Rating
from autograder.drill.session import Review, Step
from autograder.progress.record import Event
from autograder.progress.record import Kind as EventKind
from autograder.progress.record import record as record_event
from autograder.repository import Repository
from tests.conftest import LESSON
from tests.drill.conftest import FakeClock
from tests.drill.specimen import questions_toml


@pytest.fixture
def plan(checkout: Repository) -> Curriculum:
    """Two lessons with questions."""
    path = checkout.course / "curriculum.toml"
    text = (
        path.read_text()
        .replace('Q02 = "What', 'Q03 = "More."\nQ02 = "What')
        .replace("questions = []", 'questions = ["Q03"]')
    )
    path.write_text(text)
    (checkout.course / "a2_planned").mkdir()
    (checkout.course / "a2_planned" / "questions.toml").write_text(questions_toml(15))
    return load_curriculum(checkout.course)


def asked(checkout: Repository, plan: Curriculum, wish: Wish, clock: FakeClock) -> list[str]:
    """Answer everything, badly enough in a mock interview and well enough in a drill, and return the keys."""
    session = open_session(checkout, plan, wish, clock, Random(0)).session
    if session.step is Step.READY:
        session.begin()
    keys = []
    while session.step is not Step.OVER:
        keys.append(session.question.key)
        session.reveal()
        reviews.record(session.assess({0, 1}))
    return keys


def begin(lesson: str) -> None:
    record_event(Event(lesson, "dot", EventKind.CHECK, datetime.now(UTC)))


def test_all_lessons_take_turns_when_none_is_begun(checkout: Repository, plan: Curriculum, clock: FakeClock) -> None:
    keys = asked(checkout, plan, Wish(), clock)
    assert len(keys) == 10
    assert keys[:2] == [f"{LESSON}/question-0", "a2_planned/question-0"]


def test_new_questions_come_from_the_lessons_begun(checkout: Repository, plan: Curriculum, clock: FakeClock) -> None:
    begin("a2_planned")
    assert {key.split("/")[0] for key in asked(checkout, plan, Wish(), clock)} == {"a2_planned"}


def test_what_is_due_comes_from_every_lesson(checkout: Repository, plan: Curriculum, clock: FakeClock) -> None:
    begin("a2_planned")
    reviews.record(Review(f"{LESSON}/question-3", clock(), Rating.Good, 2, 2, 9, False))
    clock.pass_by(days=4)
    assert asked(checkout, plan, Wish(new=0), clock) == [f"{LESSON}/question-3"]


def test_a_lesson_that_is_named_need_not_be_begun(checkout: Repository, plan: Curriculum, clock: FakeClock) -> None:
    begin("a2_planned")
    assert {key.split("/")[0] for key in asked(checkout, plan, Wish((LESSON,)), clock)} == {LESSON}
    with pytest.raises(UnknownLesson, match=f"no questions on a9. Mend: name one of {LESSON}, a2_planned"):
        open_session(checkout, plan, Wish(("a9",)), clock)


def test_new_questions_have_a_limit_a_day(checkout: Repository, plan: Curriculum, clock: FakeClock) -> None:
    first = open_session(checkout, plan, Wish(), clock)
    assert first.intro == "0 questions due, 10 new. 17 more new ones wait for another day; --new 27 asks them today."
    keys = asked(checkout, plan, Wish(), clock)
    later = open_session(checkout, plan, Wish(), clock)
    assert later.session.step is Step.OVER
    assert later.intro.startswith("Nothing is due. The next question comes back on ")
    assert later.intro.endswith("17 more new ones wait for another day; --new 27 asks them today.")
    assert len(asked(checkout, plan, Wish(new=12), clock)) == 2
    clock.pass_by(days=1)
    assert not set(asked(checkout, plan, Wish(), clock)) & set(keys)


def test_only_one_kind(checkout: Repository, plan: Curriculum, clock: FakeClock) -> None:
    session = open_session(checkout, plan, Wish(kinds=(Kind.PREDICT,)), clock).session
    session.begin()
    assert (session.total, session.question.kind) == (5, Kind.PREDICT)


def test_a_mock_interview_asks_from_all_lessons(checkout: Repository, plan: Curriculum, clock: FakeClock) -> None:
    begin("a2_planned")
    opening = open_session(checkout, plan, Wish(mock=6), clock, Random(0))
    assert opening.session.is_mock
    assert opening.intro == "Mock interview: 6 questions from 2 lessons."
    assert len({key.split("/")[0] for key in asked(checkout, plan, Wish(mock=6), clock)}) == 2
    known = set(reviews.cards())
    fresh = {key.split("/")[0] for key in asked(checkout, plan, Wish(), clock) if key not in known}
    assert fresh == {"a2_planned"}  # to be asked about a lesson does not begin it
    assert open_session(checkout, plan, Wish(mock=99), clock).intro == (
        "Mock interview: 27 questions from 2 lessons. There are no more than that; you asked for 99."
    )


def test_a_question_that_disappears_is_not_asked(checkout: Repository, plan: Curriculum, clock: FakeClock) -> None:
    reviews.record(Review(f"{LESSON}/gone", clock(), Rating.Again, 0, 2, 9, False))
    clock.pass_by(days=1)
    assert f"{LESSON}/gone" not in asked(checkout, plan, Wish(), clock)


def test_without_a_file_of_progress_it_still_asks(
    checkout: Repository, plan: Curriculum, clock: FakeClock, progress_file: Path
) -> None:
    progress_file.mkdir()
    opening = open_session(checkout, plan, Wish(), clock)
    assert opening.session.total == 10
    assert opening.warning.startswith("Your answers are asked and assessed, but not kept.")
    assert "Mend:" in opening.warning


def test_a_course_without_questions(checkout: Repository, clock: FakeClock) -> None:
    (checkout.course / LESSON / "questions.toml").unlink()
    opening = open_session(checkout, load_curriculum(checkout.course), Wish(), clock)
    assert (opening.session.step, opening.intro) == (Step.OVER, "No lesson here has questions yet.")
