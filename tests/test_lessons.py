"""Every lesson that is written goes through every gate."""

from __future__ import annotations

import pytest

from autograder.build.notebooks import serialise
from autograder.build.start_page import start_page
from autograder.curriculum import load_curriculum
from autograder.gates.registry import examine
from autograder.gates.subject import Subject
from autograder.lesson import read_lesson, written_lessons
from autograder.repository import Repository
from tests.conftest import ROOT

REPOSITORY = Repository(ROOT)
CURRICULUM = load_curriculum(REPOSITORY.course)
LESSONS = written_lessons(REPOSITORY.course, CURRICULUM)


@pytest.mark.slow
@pytest.mark.parametrize("name", LESSONS)
def test_every_gate_is_green(name: str) -> None:
    red = {result.gate: list(map(str, result.findings)) for result in examine(Subject(REPOSITORY, CURRICULUM, name))}
    assert {gate: findings for gate, findings in red.items() if findings} == {}


def test_the_start_page_is_fresh() -> None:
    lessons = {name: read_lesson(REPOSITORY.course, name) for name in LESSONS}
    page = serialise(start_page(CURRICULUM, lessons))
    assert REPOSITORY.start_page.read_text(encoding="utf-8") == page


def test_nothing_else_is_in_the_derived_folders() -> None:
    expected = set(LESSONS)
    assert {p.name for p in REPOSITORY.exercises.iterdir() if p.is_dir() and p.name[0] != "."} == expected
    assert {p.name for p in REPOSITORY.solutions.iterdir() if p.is_dir() and p.name[0] != "."} == expected
