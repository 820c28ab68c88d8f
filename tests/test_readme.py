"""The README's figures are those of the lessons."""

from __future__ import annotations

import re

import pytest

from autograder.answers.bank import read_bank
from autograder.lesson import read_lesson
from autograder.mutation.standing import read_standing
from tests.conftest import ROOT
from tests.test_lessons import CURRICULUM, LESSONS

README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LESSONS)
def test_the_row_of_a_lesson(name: str) -> None:
    lesson, planned = read_lesson(ROOT / "course", name), CURRICULUM.lesson(name)
    bank = read_bank(lesson)
    right = sum(answer.is_right for answer in bank)
    mutants = read_standing(lesson).total
    row = (
        f"| [{planned.title}](solutions/{name}/{name}.ipynb) | {', '.join(planned.questions)} | {lesson.minutes} | "
        f"{len(lesson.exercises)} | {lesson.points} | {right} | {len(bank) - right} | {len(bank)} of {len(bank)} | "
        f"{mutants.killed} of {mutants.mutants - mutants.equivalent} |"
    )
    assert row in README


def test_every_file_that_it_names_is_there() -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", README)
    missing = [target for target in targets if "://" not in target and not (ROOT / target).exists()]
    assert missing == []


@pytest.mark.parametrize(("corpus", "what"), [("cheats", "cheats"), ("honest", "honest answers")])
def test_the_size_of_a_corpus(corpus: str, what: str) -> None:
    assert f"{len(list((ROOT / 'tests' / corpus).glob('*/*.py')))} {what}" in README
