"""A handful of answers of every lesson's bank, typed into a live shell. All answers go through the same
:func:`autograder.check.runner.check_exercise` in the gate ``bank-is-judged-rightly``."""

from __future__ import annotations

from itertools import groupby, islice

import pytest

from autograder.answers.bank import Answer, read_bank
from autograder.build.notebooks import solution_notebook
from autograder.curriculum import load_curriculum
from autograder.examiner.set_up import read_set_up
from autograder.lesson import Lesson, read_lesson, written_lessons
from autograder.repository import Repository
from tests.check.conftest import Notebook
from tests.conftest import ROOT

REPOSITORY = Repository(ROOT)
LESSONS = written_lessons(REPOSITORY.course, load_curriculum(REPOSITORY.course))


def cells_before(lesson: Lesson, exercise: str) -> list[str]:
    """Return the cells that a learner must have run before the exercise's tests mean something."""
    set_up = read_set_up(solution_notebook(lesson, REPOSITORY.nbgrader_config))
    last = max(cell.position for cell in set_up.tests.values() if cell.grade_id.startswith(f"test_{exercise}"))
    needed = [cell for cell in set_up.cells_to_run if cell.position < last]
    return [cell.source for cell in needed if not cell.is_test and not cell.is_exercise]


def handful(lesson: Lesson, exercise: str) -> list[Answer]:
    mine = [answer for answer in read_bank(lesson) if answer.exercise == exercise]
    return [answer for _, kind in groupby(mine, lambda answer: answer.is_right) for answer in islice(kind, 4)]


@pytest.mark.parametrize("name", LESSONS)
def test_answers_typed_into_a_shell_show_their_own_message(
    name: str, shell: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson = read_lesson(REPOSITORY.course, name)
    exercise = next(each.name for each in lesson.exercises if not each.is_written)
    monkeypatch.chdir(REPOSITORY.exercises / name)
    shell.run(f"%load_ext autograder\n%lesson {name}", *cells_before(lesson, exercise))
    for answer in handful(lesson, exercise):
        shell.run(answer.source)
        text = shell.ask(f"%check {exercise}")
        assert text.startswith(f"✓ {exercise}: passed") if answer.is_right else answer.message in text, answer.label
