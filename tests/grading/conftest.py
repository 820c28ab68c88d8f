"""A class of one tiny lesson with two exercises and a written answer."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from autograder.build.publish import build_lesson
from autograder.grading.grade import grade_assignment
from autograder.repository import Repository
from autograder.sandbox import sandbox_problem
from tests.conftest import ROOT

LESSON = "n1_numbers"

SOURCE = '''# %% [markdown] minutes=5 seconds=60 megabytes=1000
# # Numbers

# %%
import numpy as np

from autograder.expect import expect

# %% [markdown] statement="double"
# ### Exercise: double
#
# Return twice `x`.

# %% [markdown] hints="double"
# <details><summary>Hint 1: idea</summary>Multiply.</details>

# %% exercise="double" minutes=1 difficulty=1 question="Q01"
def double(x: float) -> float:
    """Twice x."""
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION


# %% test="double" points=2
expect(double, 2).returns(4)
### BEGIN HIDDEN TESTS
expect(double, -3).returns(-6, mistakes={"You took the square.": 9})
### END HIDDEN TESTS

# %% [markdown] statement="total"
# ### Exercise: total
#
# Return the sum; of nothing, 0.

# %% [markdown] hints="total"
# <details><summary>Hint 1: idea</summary>Add.</details>

# %% exercise="total" minutes=1 difficulty=1 question="Q01"
def total(values: np.ndarray) -> float:
    """Sum of values of shape (n,)."""
    ### BEGIN SOLUTION
    return float(np.sum(values))
    ### END SOLUTION


# %% test="total" points=1
expect(total, np.arange(4)).returns(6.0)
### BEGIN HIDDEN TESTS
expect(total, np.array([1.5])).returns(1.5)
### END HIDDEN TESTS

# %% test="total" points=2
### BEGIN HIDDEN TESTS
expect(total, np.array([])).returns(0.0)
### END HIDDEN TESTS

# %% [markdown] statement="why"
# ### Exercise: why
#
# Say why, for four points.

# %% [markdown] written="why" points=4 minutes=3 difficulty=1 question="Q02"
# Because it is so.

# %% [markdown]
# The end.
'''
AUTO_POINTS = 5.0
ALL_POINTS = 9.0

ANSWERS = {
    "right/double.sum.py": "def double(x):\n    return x + x\n",
    "right/total.loop.py": "def total(values):\n    return float(sum(values, 0.0))\n",
    "wrong/double.blank.py": "# message: is not solved yet\ndef double(x):\n    raise NotImplementedError()\n",
    "wrong/double.square.py": "# message: You took the square.\ndef double(x):\n    return x * x\n",
    "wrong/total.first.py": "# message: is wrong\ndef total(values):\n    return float(values[0])\n",
    "wrong/total.crash.py": "# message: index\ndef total(values):\n    return values[0] + sum(values[1:])\n",
}

SECONDS_PER_CELL = 3


@pytest.fixture(scope="session")
def built_class(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lesson, built, with settings that make a hang short; copied by :func:`course`."""
    problem = sandbox_problem()
    if problem:
        pytest.skip(problem)
    root = tmp_path_factory.mktemp("class")
    folder = root / "course" / LESSON
    for name, text in {"lesson.py": SOURCE, **{f"answers/{name}": text for name, text in ANSWERS.items()}}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    settings = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
    settings += f"\nc.ExecuteSubmission.seconds_per_cell = {SECONDS_PER_CELL}\n"
    (root / "nbgrader_config.py").write_text(settings, encoding="utf-8")
    build_lesson(Repository(root), LESSON)
    shutil.copyfile(root / "exercises" / LESSON / f"{LESSON}.ipynb", root / "exercises" / "START_HERE.ipynb")
    assert grade_assignment(root, LESSON) == []  # making the gradebook takes seconds: once is enough
    return root


@pytest.fixture
def course(built_class: Path, tmp_path: Path) -> Path:
    """A course folder of its own."""
    shutil.copytree(built_class, tmp_path / "course-copy")
    return tmp_path / "course-copy"


@pytest.fixture(scope="session")
def released(built_class: Path) -> NotebookNode:
    """The notebook that students get."""
    return nbformat.read(built_class / "exercises" / LESSON / f"{LESSON}.ipynb", as_version=4)


@pytest.fixture(scope="session")
def solve(built_class: Path, released: NotebookNode) -> Callable[..., NotebookNode]:
    """Fill the released notebook in: with the reference answers, but for those given by keyword."""
    solved = nbformat.read(built_class / "solutions" / LESSON / f"{LESSON}.ipynb", as_version=4)

    def fill_in(**answers: str) -> NotebookNode:
        notebook = copy.deepcopy(released)
        for cell in notebook.cells:
            if cell.metadata.get("nbgrader", {}).get("solution"):
                name = cell.metadata.nbgrader.grade_id
                cell.source = answers.get(name, find_cell(solved, name).source)
        return notebook

    return fill_in


@pytest.fixture
def hand_in(course: Path) -> Callable[..., Path]:
    """Put a notebook, or bytes, into the folder of a student's submission."""

    def put(student: str, notebook: NotebookNode | bytes, filename: str = f"{LESSON}.ipynb") -> Path:
        path = course / "submitted" / student / LESSON / filename
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(notebook if isinstance(notebook, bytes) else text_of(notebook).encode())
        return path

    return put


def text_of(notebook: NotebookNode) -> str:
    return json.dumps(notebook, ensure_ascii=False)


def find_cell(notebook: NotebookNode, grade_id: str) -> NotebookNode:
    return next(cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id)
