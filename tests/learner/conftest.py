"""The tiny course with its released notebook, not run, and a progress file of its own."""

from __future__ import annotations

import signal
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from autograder.build.notebooks import serialise
from autograder.repository import Repository
from tests.conftest import LESSON, SOURCE, make_course
from tests.learner.edits import released

# A second exercise with a test, and a cell that takes long and that no test needs.
TWO_EXERCISES = SOURCE.replace(
    '# %% [markdown] statement="explain"',
    '''# %%
import time

time.sleep(60)

# %%
offset = 2.0

# %% [markdown] statement="shifted"
# ### Exercise: shifted
#
# Add the offset to the dot product.

# %% [markdown] hints="shifted"
# <details><summary>Hint 1: idea</summary>Call `dot`.</details>
# <details><summary>Hint 2: function</summary>Add.</details>
# <details><summary>Hint 3: mistake</summary>Do not multiply.</details>

# %% exercise="shifted" minutes=3 difficulty=1 question="Q02"
def shifted(a: np.ndarray, b: np.ndarray) -> float:
    """Return the dot product plus the offset."""
    ### BEGIN SOLUTION
    return dot(a, b) + offset
    ### END SOLUTION


# %% test="shifted" points=1
expect(shifted, np.ones(2), np.ones(2)).returns(4.0)
### BEGIN HIDDEN TESTS
expect(shifted, np.zeros(2), np.ones(2)).returns(2.0, cause="You left out the offset.")
### END HIDDEN TESTS

# %% [markdown] statement="explain"''',
)


@pytest.fixture(autouse=True)
def progress_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of its own for what a test does."""
    path = tmp_path / "progress.sqlite3"
    monkeypatch.setenv("COURSE_PROGRESS", str(path))
    return path


@pytest.fixture
def course(tmp_path: Path) -> Repository:
    """The tiny course with one more exercise, released but not run."""
    return release(make_course(tmp_path / "course-copy", TWO_EXERCISES))


def heed_ctrl_c() -> None:
    """Undo, in a new process, what a shell does to programs that it starts in the background: Ctrl-C is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def release(repository: Repository) -> Repository:
    """Write the released notebook, over whatever is there."""
    path = repository.exercise_notebook(LESSON)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(serialise(released(repository)), encoding="utf-8")
    return repository


def opened(repository: Repository) -> NotebookNode:
    """Read the learner's notebook."""
    return nbformat.read(repository.exercise_notebook(LESSON), as_version=4)


def save(repository: Repository, notebook: NotebookNode) -> None:
    """Save the learner's notebook as JupyterLab does: a new file that takes the old one's place."""
    path = repository.exercise_notebook(LESSON)
    fresh = path.with_name(f".~{path.name}")
    nbformat.write(notebook, fresh)
    fresh.replace(path)
