"""``course drill``, with lines of input as somebody would type them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from autograder.cli import app
from autograder.drill import reviews
from autograder.drill.schedule import Rating
from autograder.repository import Repository
from tests.conftest import LESSON
from tests.drill.specimen import questions_toml

pytestmark = pytest.mark.usefixtures("checkout")


def drill(*arguments: str, typed: str = "") -> Any:
    return CliRunner().invoke(app, ["drill", *arguments], input=typed)


def unwrapped(text: str) -> str:
    return " ".join(text.split())


def ratings() -> list[int]:
    with reviews.reading("drill_review") as connection:
        rows = connection.execute("SELECT rating FROM drill_review ORDER BY id").fetchall() if connection else []
    return [row["rating"] for row in rows]


def test_one_question_and_the_end() -> None:
    result = drill(typed="It is\na sum.\n\n1 2\neasy\nq\n")
    assert result.exit_code == 0, result.output
    assert "0 questions due, 10 new. 2 more new ones wait" in result.output
    assert f"Question 1 of 10 · {LESSON} · what" in result.output
    assert "Ask 0: what is a @ b?" in result.output
    assert result.output.index("> ") < result.output.index("Answer 0: a sum of products.")
    assert "3 good (2 days), 4 easy (8 days)" in unwrapped(result.output)
    assert "2 of 2 key points, 1 question," in result.output
    assert ratings() == [Rating.Easy]


def test_enter_takes_the_rating_that_the_key_points_suggest() -> None:
    assert drill(typed="\na\n\n" + "\n1\n\n" + "\n\n\n" + "q\n").exit_code == 0
    assert ratings() == [Rating.Good, Rating.Hard, Rating.Again]


def test_what_is_typed_wrong_is_asked_again() -> None:
    result = drill(typed="\n3\none\n1, 2\nbest\n5\n2\n")
    assert result.output.count("Type numbers from 1 to 2") == 2
    assert result.output.count("Type 1, 2, 3 or 4") == 2
    assert ratings() == [Rating.Hard]


def test_input_that_ends_anywhere_loses_nothing() -> None:
    for typed in ("\na\n\n", "\na\n\n\n", "\na\n\n\na\n"):
        result = drill(typed=typed)
        assert result.exit_code == 0
        assert "1 question," in result.output
    assert ratings() == [Rating.Good] * 3
    assert len(reviews.cards()) == 3


def test_the_output_to_predict_is_shown_with_the_answer() -> None:
    result = drill("--kind", "predict-the-output", typed="[300]\n\nq\n")
    before, after = result.output.split("It prints:")
    assert "print(np.uint8([200]) + np.uint8([100]))" in before
    assert "[44]" not in before
    assert after.strip().startswith("[44]")


def test_a_mock_interview_shows_ratings_only_at_the_end() -> None:
    result = drill("--mock", "2", "--seconds", "90", typed="\n1\n\n1\n")
    assert result.exit_code == 0, result.output
    assert "Mock interview: 2 questions from 1 lesson." in result.output
    assert "How well did you know it?" not in result.output
    assert unwrapped(result.output).count("You have 90 seconds.") == 2
    assert result.output.count("You took 0 seconds.") == 2
    summary = result.output.split("Summary")[1]
    headline = "2 of 4 key points, 2 questions, 0.0 minutes. 0 answers took longer than 90 seconds."
    assert headline in unwrapped(summary)
    assert f"{LESSON} 2 2 of 4 50%" in unwrapped(summary)
    assert f"exercises/{LESSON}/{LESSON}.ipynb\n    The exercise" in summary
    assert ratings() == [Rating.Hard] * 2


def test_nothing_is_due() -> None:
    result = drill("--new", "0")
    assert result.exit_code == 0
    assert result.output.startswith("Nothing is due. 12 more new ones wait for another day; --new 12 asks them today.")
    assert "Summary" not in result.output


def test_progress_that_cannot_be_kept_is_said_once(progress_file: Path) -> None:
    progress_file.mkdir()
    result = drill(typed="\na\n\n\na\n\nq\n")
    assert result.exit_code == 0
    assert result.stderr.count("not kept") == 1
    assert "4 of 4 key points" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["a9_nothing"], 2, "There are no questions on a9_nothing. Mend:"),
        (["--kind", "how"], 2, "There is no kind how. Mend: use one of what, why,"),
        (["--export", "deck.txt"], 2, "Mend: let the name end in .apkg"),
        (["a2_planned", "--export", "deck.apkg"], 2, "There are no such questions."),
        (["--export", "no/such/folder/deck.apkg"], 1, "cannot be written"),
        (["--mock", "0"], 2, ""),
    ],
)
def test_a_mistake_in_the_command(arguments: list[str], code: int, message: str) -> None:
    result = drill(*arguments)
    assert result.exit_code == code
    assert message in result.stderr


def test_a_mistake_in_the_questions(write_questions: Callable[[str], Path]) -> None:
    path = write_questions(questions_toml().replace('kind = "why"', 'kind = "how"'))
    result = drill()
    assert result.exit_code == 1
    assert f"{path}:11: question 'question-1': there is no kind 'how'. Mend:" in result.stderr


def test_outside_of_a_course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, checkout: Repository) -> None:
    monkeypatch.chdir(tmp_path)
    assert drill().exit_code == 2
