"""Every lesson through the examiner: the grades are right, and a warm kernel is like a cold one."""

from __future__ import annotations

import dataclasses
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbgrader.utils import determine_grade, is_grade, is_solution

from autograder.curriculum import load_curriculum
from autograder.examiner.examination import Examination
from autograder.examiner.examine import examine
from autograder.examiner.set_up import read_set_up
from autograder.grading.execute import read_files
from autograder.lesson import written_lessons
from autograder.repository import Repository
from autograder.sandbox import sandbox_problem
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(sandbox_problem() is not None, reason=str(sandbox_problem()))

REPOSITORY = Repository(ROOT)
LESSONS = written_lessons(REPOSITORY.course, load_curriculum(REPOSITORY.course))


def examination_of(lesson: str) -> Examination:
    solved = REPOSITORY.solution_notebook(lesson)
    return Examination(lesson, solved.read_bytes(), read_files(solved.parent))


def points_of(notebook: NotebookNode) -> dict[str, tuple[float, float]]:
    """Return the points of each test, got and possible."""
    tests = [cell for cell in notebook.cells if is_grade(cell) and not is_solution(cell)]
    return {cell.metadata.nbgrader.grade_id: determine_grade(cell) for cell in tests}


def outputs_of(cell: NotebookNode) -> list[Any]:
    outputs = [{**output, "execution_count": None} for output in cell.get("outputs", [])]
    # C libraries write to stderr behind Python's back, and it may arrive with the next cell.
    return [output for output in outputs if output.get("name") != "stderr"]


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("lesson", LESSONS)
def test_the_solutions_get_every_point_and_a_warm_kernel_is_like_a_cold_one(lesson: str) -> None:
    examination = examination_of(lesson)
    cold_settings = dataclasses.replace(examination.settings, warm=False)
    solved = nbformat.read(REPOSITORY.solution_notebook(lesson), as_version=4)
    warm = examine(examination, solved)
    cold = examine(dataclasses.replace(examination, settings=cold_settings), solved)
    assert all(got == most for got, most in points_of(warm).values())
    assert points_of(warm) == points_of(cold)
    compared = 0
    for built, like_new, once in zip(solved.cells, cold.cells, warm.cells, strict=True):
        if outputs_of(built) == outputs_of(like_new):  # others show times, or unseeded random numbers
            compared += bool(outputs_of(built))
            assert outputs_of(once) == outputs_of(like_new), once.source
    assert compared >= 10


@pytest.mark.parametrize("lesson", LESSONS)
def test_an_unsolved_notebook_gets_no_point_and_is_told_so(lesson: str) -> None:
    unsolved = nbformat.read(REPOSITORY.exercises / lesson / f"{lesson}.ipynb", as_version=4)
    solved = nbformat.read(REPOSITORY.solution_notebook(lesson), as_version=4)
    needed = {solved.cells[cell.position].source for cell in read_set_up(solved).cells_to_run}
    unsolved.cells = [cell for cell in unsolved.cells if "nbgrader" in cell.metadata or cell.source in needed]
    examined = examine(examination_of(lesson), unsolved)
    assert {got for got, _most in points_of(examined).values()} == {0}
    tests = [cell for cell in examined.cells if is_grade(cell) and not is_solution(cell) and cell.cell_type == "code"]
    assert all("is not solved yet" in cell.outputs[-1].evalue for cell in tests)
