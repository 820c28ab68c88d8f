"""Every mistake in questions.toml is named with its line and its mend; what the questions say is true."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.curriculum import Curriculum, load_curriculum
from autograder.drill.check import question_problems
from autograder.drill.prediction import outputs_of, printed_by
from autograder.drill.questions import Kind, read_all_questions, read_questions
from autograder.gates.drill import drill_is_there
from autograder.gates.subject import Subject
from autograder.lesson import SourceError, read_lesson
from autograder.repository import Repository
from tests.conftest import LESSON, ROOT
from tests.drill.specimen import entry, questions_toml

Write = Callable[[str], Path]
GOOD = entry(0, Kind.WHAT)


def test_a_question_is_read(checkout: Repository, write_questions: Write) -> None:
    write_questions(questions_toml(5))
    questions = read_questions(checkout.course, LESSON)
    assert [question.kind for question in questions] == list(Kind)
    first, *_, last = questions
    assert (first.key, first.question, first.section) == (f"{LESSON}/question-0", "Q02", "The exercise")
    assert first.points == ("Point 0 multiplies.", "Point 0 adds `a * b`.")
    assert (last.code.splitlines()[0], last.output) == ("import numpy as np", "[44]")


def test_a_lesson_without_the_file_has_no_questions(checkout: Repository, plan: Curriculum) -> None:
    (checkout.course / LESSON / "questions.toml").unlink()
    assert read_all_questions(checkout.course, plan) == ()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('id = "question-0"', "", "id is missing"),
        ('id = "question-0"', 'id = "Question 0"', "no slug"),
        ('kind = "what"', 'kind = "how"', "no kind 'how'"),
        ('question = "Q02"', "question = 2", "question is missing or no text"),
        ('ask = "Ask 0: what is `a @ b`?"', 'ask = " "', "ask is missing"),
        ('points = ["Point 0 multiplies.", ', "points = [", "2 to 4"),
        ('"Point 0 multiplies."', '"Point 0 adds `a * b`."', "twice"),
        ('section = "The exercise"', 'section = ""', "section is no text"),
        ('section = "The exercise"', 'sektion = "The exercise"', "unknown key 'sektion'"),
        ('section = "The exercise"', 'code = "print(1)"', "code belongs to"),
        ('kind = "what"', 'kind = "predict the output"', "output is missing"),
        ('kind = "what"', 'kind = "predict the output"\ncode = "print("\noutput = "1"', "not valid Python"),
    ],
)
def test_a_mistake_has_its_line_and_its_mend(
    checkout: Repository, write_questions: Write, old: str, new: str, message: str
) -> None:
    assert GOOD.count(old) == 1
    path = write_questions(entry(1, Kind.WHY) + GOOD.replace(old, new))
    line = entry(1, Kind.WHY).count("\n") + 2
    with pytest.raises(SourceError) as error:
        read_questions(checkout.course, LESSON)
    assert any(str(p).startswith(f"{path}:{line}: ") and message in p.what and p.mend for p in error.value.problems)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (GOOD + GOOD, 11, "'question-0' is that of line 2"),
        (GOOD + "ask = 1\n", 10, "Not valid TOML"),
        ('title = "Drill"\n' + GOOD, 1, "at the top level"),
    ],
)
def test_a_broken_file_has_its_line(
    checkout: Repository, write_questions: Write, text: str, line: int, message: str
) -> None:
    write_questions(text)
    with pytest.raises(SourceError) as error:
        read_questions(checkout.course, LESSON)
    (problem,) = error.value.problems
    assert (problem.line, message in problem.what) == (line, True), problem


class TestCheck:
    def problems(self, checkout: Repository) -> list[str]:
        lesson = read_lesson(checkout.course, LESSON)
        return list(map(str, question_problems(checkout.course, load_curriculum(checkout.course), lesson)))

    def test_good_questions_have_none(self, checkout: Repository) -> None:
        assert self.problems(checkout) == []

    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            ("[44]", "[300]", "does not print the output given, but '[44]'"),
            ('question = "Q02"', 'question = "Q99"', "Q99 is not one of the lesson's"),
            ('section = "The exercise"', 'section = "The exercises"', "0 headings 'The exercises'"),
            ('kind = "follow-up"', 'kind = "why"', "of the kind 'follow-up'"),
            ("what is `a @ b`?", "what is $a b$?", "it holds LaTeX"),
            ("what is `a @ b`?", "what is <b>this</b>?", "it holds raw HTML"),
            ("what is `a @ b`?", "what is ![this](a.png)?", "it holds an image"),
        ],
    )
    def test_a_mistake_is_found(
        self, checkout: Repository, write_questions: Write, old: str, new: str, message: str
    ) -> None:
        write_questions(questions_toml().replace(old, new))
        assert any(message in problem and "Mend: " in problem for problem in self.problems(checkout))

    def test_too_few(self, checkout: Repository, write_questions: Write) -> None:
        path = write_questions(questions_toml(11))
        assert self.problems(checkout) == [
            f"{path}:1: There are 11 questions. Mend: write at least 12 [[question]] entries."
        ]


def test_the_gate_is_green_and_red(checkout: Repository, plan: Curriculum, write_questions: Write) -> None:
    assert list(drill_is_there(Subject(checkout, plan, LESSON))) == []
    path = write_questions(questions_toml().replace("[44]", "[300]"))
    findings = list(map(str, drill_is_there(Subject(checkout, plan, LESSON))))
    assert len(findings) == 2
    assert all(finding.startswith(f"{path}:") and "Mend: correct the output" in finding for finding in findings)


def test_code_that_fails_is_reported_not_raised() -> None:
    assert outputs_of(["print(1)\nprint(2)", "1 / 0", "import sys; sys.exit(3)", ""]) == [
        "1\n2",
        "ZeroDivisionError: division by zero",
        "SystemExit: 3",
        "",
    ]


def test_every_output_of_the_course_is_what_its_code_prints() -> None:
    predictions = [q for q in read_all_questions(ROOT / "course", load_curriculum(ROOT / "course")) if q.code]
    assert predictions
    assert {q.key: printed_by(q.code) for q in predictions} == {q.key: q.output for q in predictions}
