"""A course of one tiny lesson, so that the machinery is tested apart from the real lessons."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

import pytest

from autograder.build.publish import build_lesson
from autograder.curriculum import Curriculum, load_curriculum
from autograder.repository import Repository
from tests.drill.specimen import questions_toml

ROOT = Path(__file__).parents[1]
LESSON = "a1_vectors"

CURRICULUM = """
[questions]
Q01 = "Make a vector."
Q02 = "What is a dot product?"

[[part]]
id = "A"
title = "Arrays"

[[part.lesson]]
name = "a1_vectors"
title = "Vectors"
questions = ["Q01", "Q02"]
requires = []

[[part.lesson]]
name = "a2_planned"
title = "Not written yet"
questions = []
requires = ["a1_vectors"]
"""

SOURCE = '''# %% [markdown] minutes=5 seconds=60 megabytes=1000
# # Vectors
#
# See [the exercise](#The-exercise) and ![a dot](images/dot.txt).

# %%
import numpy as np

from autograder.expect import expect

# %% [markdown]
# ## The exercise

# %% [markdown] statement="dot"
# ### Exercise: dot
#
# Return the dot product of two vectors.

# %% [markdown] hints="dot"
# <details><summary>Hint 1: idea</summary>Multiply, then add.</details>
# <details><summary>Hint 2: function</summary>Look at the `@` operator.</details>
# <details><summary>Hint 3: mistake</summary>A product alone is not a sum.</details>

# %% exercise="dot" minutes=3 difficulty=1 question="Q02"
def dot(a: np.ndarray, b: np.ndarray) -> float:
    """Return the dot product of two vectors of shape (n,)."""
    ### BEGIN SOLUTION
    products = a * b
    return float(products.sum())
    ### END SOLUTION


# %% test="dot" points=2
expect(dot, np.array([1.0, 2.0]), np.array([3.0, 4.0])).returns(
    11.0, mistakes={"You multiplied and did not add.": np.array([3.0, 8.0])}
)
### BEGIN HIDDEN TESTS
empty_vector = np.zeros(0)
expect(dot, empty_vector, empty_vector).returns(0.0, cause="An empty sum is zero.")
expect(dot, np.array([1.0, -2.0]), np.array([3.0, 4.0])).returns(-5.0, cause="You lost a sign.")
### END HIDDEN TESTS

# %% [markdown] statement="explain"
# ### Exercise: explain
#
# Say what a vector is. One point for the shape, one for the dtype.

# %% [markdown] written="explain" points=2 minutes=3 difficulty=1 question="Q01"
# An array with one axis.
'''

ANSWERS = {
    "right/dot.operator.py": "def dot(a, b):\n    return float(a @ b)\n",
    "wrong/dot.product.py": "# message: You multiplied and did not add.\ndef dot(a, b):\n    return a * b\n",
    "wrong/dot.constant.py": "# message: An empty sum is zero.\ndef dot(a, b):\n    return 11.0\n",
    "wrong/dot.positive.py": "# message: You lost a sign.\ndef dot(a, b):\n    return float(abs(a @ b))\n",
}

SOURCES = """[[file]]
name = "dot.txt"
title = "A dot"
author = "The course authors"
licence = "CC0"
source = "made for the tests"
changes = "none"
sha256 = "cdb4ee2aea69cc6a83331bbe96dc2caa9a299d21329efb0336fc02a82e1839a8"
"""


def make_course(root: Path, source: str = SOURCE) -> Repository:
    """Write the tiny course below ``root``."""
    folder = root / "course" / LESSON
    (folder / "images").mkdir(parents=True)
    (root / "course" / "curriculum.toml").write_text(CURRICULUM, encoding="utf-8")
    (folder / "lesson.py").write_text(source, encoding="utf-8")
    (folder / "questions.toml").write_text(questions_toml(), encoding="utf-8")
    (folder / "images" / "dot.txt").write_text(".", encoding="utf-8")
    (folder / "images" / "SOURCES.toml").write_text(SOURCES, encoding="utf-8")
    for name, text in ANSWERS.items():
        path = folder / "answers" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    shutil.copyfile(ROOT / "nbgrader_config.py", root / "nbgrader_config.py")
    return Repository(root)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the slow tests, so that no process is left with one at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(autouse=True)
def _environment_as_before() -> Iterator[None]:
    """Undo what a test does to the environment. Dask, for one, sets there how malloc works, and keeps it so."""
    with mock.patch.dict(os.environ):
        yield


@pytest.fixture(scope="session")
def built_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny course, built once; copied by :func:`repository`."""
    root = tmp_path_factory.mktemp("built")
    build_lesson(make_course(root), LESSON)
    return root


@pytest.fixture
def repository(built_course: Path, tmp_path: Path) -> Repository:
    """The tiny course, built, in a folder of its own."""
    shutil.copytree(built_course, tmp_path / "course-copy")
    return Repository(tmp_path / "course-copy")


@pytest.fixture
def curriculum(repository: Repository) -> Curriculum:
    """The tiny course's curriculum."""
    return load_curriculum(repository.course)


@pytest.fixture
def edit_lesson(repository: Repository) -> Callable[[str, str], None]:
    """Replace one piece of the tiny lesson's source by another."""

    def edit(old: str, new: str) -> None:
        path = repository.course / LESSON / "lesson.py"
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return edit
