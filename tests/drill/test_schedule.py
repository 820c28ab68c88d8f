"""What is due when: ratings, the order of a sitting, and a file that outlives the process."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from autograder.drill import reviews
from autograder.drill.questions import Kind, Question
from autograder.drill.schedule import Card, Rating, interval_text, intervals, reviewed, suggested_rating
from autograder.drill.selection import due_questions, mock_questions, new_questions, next_due
from autograder.drill.session import Review
from autograder.progress.database import ProgressUnavailable, transaction
from tests.conftest import ROOT
from tests.drill.conftest import FakeClock


def question(lesson: str, name: str, kind: Kind = Kind.WHAT) -> Question:
    return Question(lesson, name, kind, "Q01", "ask", "answer", ("one", "two"))


def review(key: str, clock: FakeClock, rating: Rating = Rating.Good, is_mock: bool = False) -> Review:
    return Review(key, clock(), rating, 1, 2, 30.0, is_mock)


@pytest.mark.parametrize(("had", "of", "rating"), [(3, 3, "Good"), (2, 3, "Hard"), (1, 2, "Hard"), (1, 3, "Again")])
def test_the_key_points_suggest_a_rating(had: int, of: int, rating: str) -> None:
    assert suggested_rating(had, of).name == rating


def test_what_was_known_better_comes_later(clock: FakeClock) -> None:
    card: Card | None = None
    for _ in range(6):
        lengths = list(intervals(card, clock()).values())
        assert lengths == sorted(lengths)
        assert lengths[0] < timedelta(hours=1) < timedelta(days=1) <= lengths[2]
        card = reviewed(card, Rating.Good, clock())
        clock.time = card.due


def test_no_question_stays_away_for_longer_than_a_month(clock: FakeClock) -> None:
    card: Card | None = None
    for _ in range(12):
        card = reviewed(card, Rating.Easy, clock())
        assert card.due - clock() <= timedelta(days=30)
        clock.time = card.due


@pytest.mark.parametrize(
    ("interval", "text"),
    [
        (timedelta(seconds=5), "1 min"),
        (timedelta(minutes=15), "15 min"),
        (timedelta(hours=5), "5 hours"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=30), "30 days"),
    ],
)
def test_an_interval_in_words(interval: timedelta, text: str) -> None:
    assert interval_text(interval) == text


class TestSelection:
    def test_due_first_the_longest_due_first(self, clock: FakeClock) -> None:
        questions = [question("a", name) for name in ("new", "again", "good", "later")]
        cards = {
            "a/again": reviewed(None, Rating.Again, clock()),
            "a/good": reviewed(None, Rating.Good, clock()),
            "gone/gone": reviewed(None, Rating.Again, clock()),
        }
        clock.pass_by(days=5)
        cards["a/later"] = reviewed(None, Rating.Good, clock())
        assert [q.id for q in due_questions(questions, cards, clock())] == ["again", "good"]
        assert [q.id for q in new_questions(questions, cards, 10)] == ["new"]
        assert next_due([questions[3]], cards) == cards["a/later"].due
        assert next_due([questions[0]], cards) is None

    def test_new_ones_take_turns_between_lessons_up_to_the_limit(self) -> None:
        questions = [question(lesson, str(number)) for lesson in "ab" for number in range(3)]
        assert [q.key for q in new_questions(questions, {}, 3)] == ["a/0", "b/0", "a/1"]
        assert new_questions(questions, {}, -2) == []

    def test_a_mock_interview_mixes_lessons_and_kinds(self) -> None:
        questions = [question(lesson, f"{kind.slug}-{i}", kind) for lesson in "ab" for kind in Kind for i in range(4)]
        for seed in range(5):
            drawn = mock_questions(questions, 10, Random(seed))
            assert len({q.key for q in drawn}) == 10
            assert sorted(q.lesson for q in drawn) == ["a"] * 5 + ["b"] * 5
            assert {q.kind for q in drawn} == set(Kind)
        assert len(mock_questions(questions[:3], 10, Random(0))) == 3
        assert mock_questions(questions, 10, Random(1)) != mock_questions(questions, 10, Random(2))


class TestReviews:
    def test_nothing_was_rated_at_first(self, clock: FakeClock, progress_file: Path) -> None:
        assert reviews.cards() == {}
        assert reviews.introduced_since(clock()) == 0
        assert not progress_file.exists()

    def test_a_review_sets_when_the_question_comes_back(self, clock: FakeClock) -> None:
        reviews.record(review("a/one", clock))
        reviews.record(review("a/two", clock, Rating.Again))
        cards = reviews.cards()
        assert cards["a/one"].due == reviewed(None, Rating.Good, clock()).due
        assert cards["a/two"].due < cards["a/one"].due
        clock.pass_by(days=3)
        reviews.record(review("a/one", clock))
        assert reviews.cards()["a/one"] == reviewed(cards["a/one"], Rating.Good, clock())

    def test_new_questions_of_a_day(self, clock: FakeClock) -> None:
        reviews.record(review("a/old", clock))
        reviews.record(review("a/mock", clock, is_mock=True))
        clock.pass_by(days=1)
        midnight = clock() - timedelta(hours=12)
        for key in ("a/old", "a/mock", "a/new", "a/new"):
            reviews.record(review(key, clock))
        assert reviews.introduced_since(midnight) == 1

    def test_a_card_that_cannot_be_read_is_a_new_question(self, clock: FakeClock) -> None:
        reviews.record(review("a/one", clock))
        with transaction("") as connection:
            connection.execute("UPDATE drill_card SET card = '{\"state\": 99}'")
        assert reviews.cards() == {}
        reviews.record(review("a/one", clock))
        assert set(reviews.cards()) == {"a/one"}

    def test_a_file_that_is_no_database(self, clock: FakeClock, progress_file: Path) -> None:
        progress_file.write_text("my diary, which is long enough to be read as the head of a file " * 20)
        with pytest.raises(ProgressUnavailable, match="Mend"):
            reviews.record(review("a/one", clock))
        with pytest.raises(ProgressUnavailable, match="Mend"):
            reviews.cards()

    def test_a_process_that_is_killed_leaves_every_review_before(self, progress_file: Path) -> None:
        killed = (
            "import os, signal; from datetime import datetime, UTC\n"
            "from autograder.drill import reviews\n"
            "from autograder.drill.schedule import Rating\n"
            "from autograder.drill.session import Review\n"
            "from autograder.progress import database\n"
            "def keep(key): reviews.record(Review(key, datetime.now(UTC), Rating.Good, 1, 2, 3.0, False))\n"
            "keep('a/one'); keep('a/two')\n"
            "reviews.reviewed = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
            "keep('a/three')\n"
        )
        end = subprocess.run([sys.executable, "-c", killed], cwd=ROOT, env={**os.environ}, check=False)
        assert end.returncode == -9
        assert set(reviews.cards()) == {"a/one", "a/two"}
