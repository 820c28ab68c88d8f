"""One sitting, step by step."""

from __future__ import annotations

import pytest

from autograder.drill.questions import Kind, Question
from autograder.drill.schedule import Rating, reviewed
from autograder.drill.session import Session, Step
from tests.drill.conftest import FakeClock


def question(lesson: str, name: str, points: int = 2) -> Question:
    texts = tuple(f"point {number}" for number in range(points))
    return Question(lesson, name, Kind.WHY, "Q01", "ask", "answer", texts, section=f"On {name}")


QUESTIONS = [question("a", "one"), question("b", "two", 4), question("a", "three")]


def answer(session: Session, ticked: set[int], rating: Rating | None = None) -> None:
    session.reveal()
    session.assess(ticked, rating)


def test_a_drill_from_the_first_question_to_the_last(clock: FakeClock) -> None:
    session = Session(QUESTIONS, {}, clock=clock)
    assert session.step is Step.READY
    clock.pass_by(minutes=5)  # reading the intro is not thinking
    session.begin()
    assert (session.step, session.question, session.number, session.total) == (Step.ASKED, QUESTIONS[0], 1, 3)
    clock.pass_by(seconds=40)
    session.reveal()
    clock.pass_by(seconds=100)
    assert (session.step, session.thinking_seconds) == (Step.REVEALED, 40)
    assert session.suggested({0}) is Rating.Hard
    review = session.assess({0}, Rating.Easy)
    assert (review.key, review.at, review.rating) == ("a/one", clock(), Rating.Easy)
    assert (review.had, review.of, review.seconds, review.is_mock) == (1, 2, 40, False)
    answer(session, {0, 1, 2, 3})
    answer(session, {0, 1})
    assert session.step is Step.OVER
    assert [review.rating for review in session.reviews] == [Rating.Easy, Rating.Good, Rating.Good]


def test_what_was_not_known_comes_again_and_counts_once(clock: FakeClock) -> None:
    session = Session(QUESTIONS[:2], {}, clock=clock)
    session.begin()
    answer(session, set())
    assert session.total == 3
    answer(session, {0, 1, 2, 3})
    assert (session.number, session.question) == (3, QUESTIONS[0])
    answer(session, {0, 1})
    assert session.step is Step.OVER
    assert (session.summary().had, session.summary().of, session.summary().asked) == (4, 6, 2)


def test_the_buttons_name_the_intervals_that_they_set(clock: FakeClock) -> None:
    card = reviewed(None, Rating.Good, clock())
    clock.time = card.due
    session = Session(QUESTIONS[:1], {"a/one": card}, clock=clock)
    session.begin()
    session.reveal()
    offered = session.intervals()[Rating.Hard]
    assert offered == reviewed(card, Rating.Hard, clock()).due - clock()


def test_a_mock_interview_asks_once_and_rates_by_key_points(clock: FakeClock) -> None:
    session = Session(QUESTIONS, {}, is_mock=True, seconds=60, clock=clock)
    session.begin()
    for ticked, seconds in ((set(), 10), ({0, 1, 2}, 61), ({1}, 60)):
        clock.pass_by(seconds=seconds)
        answer(session, ticked)
    assert session.step is Step.OVER
    assert [review.rating for review in session.reviews] == [Rating.Again, Rating.Hard, Rating.Hard]
    assert all(review.is_mock for review in session.reviews)
    summary = session.summary()
    assert [(result.lesson, result.asked, result.had, result.of) for result in summary.lessons] == [
        ("a", 2, 1, 4),
        ("b", 1, 3, 4),
    ]
    assert summary.lessons[0].sections == ("On one", "On three")
    assert (summary.over_time, summary.seconds) == (1, 131)


def test_the_time_of_a_sitting(clock: FakeClock) -> None:
    session = Session(QUESTIONS, {}, minutes=2, clock=clock)
    session.begin()
    clock.pass_by(seconds=119)
    answer(session, set())
    assert session.step is Step.ASKED
    clock.pass_by(seconds=1)
    answer(session, {0, 1, 2, 3})
    assert session.step is Step.OVER
    assert session.summary().asked == 2


def test_steps_out_of_order_are_refused(clock: FakeClock) -> None:
    session = Session(QUESTIONS, {}, clock=clock)
    with pytest.raises(RuntimeError, match="READY"):
        session.reveal()
    with pytest.raises(RuntimeError, match="no question"):
        _ = session.question
    session.begin()
    with pytest.raises(RuntimeError, match="ASKED"):
        session.assess(set())
    session.end()
    with pytest.raises(RuntimeError, match="OVER"):
        session.reveal()
    assert Session([], {}, clock=clock).step is Step.OVER
