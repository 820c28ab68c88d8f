"""A progress file of the test's own, and a course of a few lessons that is quick to read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from autograder.progress.database import VARIABLE
from autograder.progress.record import Event, Kind, record
from autograder.repository import Repository

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

CURRICULUM = """
[questions]
Q01 = "One?"

[[part]]
id = "A"
title = "Basics <1>"

[[part.lesson]]
name = "a1_first"
title = "First & foremost"
questions = ["Q01"]
requires = []

[[part.lesson]]
name = "a2_planned"
title = "Only planned"
questions = []
requires = ["a1_first"]

[[part]]
id = "B"
title = "More"

[[part.lesson]]
name = "b1_second"
title = "Second"
questions = []
requires = ["a1_first", "a2_planned"]

[[part.lesson]]
name = "b2_third"
title = "Third"
questions = []
requires = ["b1_second"]

[[part.lesson]]
name = "b3_free"
title = "Free"
questions = []
requires = []
"""

_TITLE = """# %% [markdown] minutes=90 seconds=10 megabytes=100
# # A lesson
"""

_EXERCISE = '''
# %% [markdown] statement="{name}"
# ### Exercise: the `{name}`
#
# Do it.

# %% [markdown] hints="{name}"
# <details><summary>Hint</summary>Think.</details>

# %% exercise="{name}" minutes=7 difficulty=1 question="Q01"
def {name}():
    """Do it."""
    ### BEGIN SOLUTION
    return 1
    ### END SOLUTION


# %% test="{name}" points=2
assert {name}
### BEGIN HIDDEN TESTS
assert {name}() == 1
### END HIDDEN TESTS
'''

_WRITTEN = """
# %% [markdown] statement="words"
# ### Exercise: your answer
#
# Say it.

# %% [markdown] written="words" points=4 minutes=5 difficulty=1 question="Q01"
# One.
"""


@pytest.fixture(autouse=True)
def progress_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file in which the test's progress is kept; it does not exist yet."""
    path = tmp_path / "data" / "progress.sqlite3"
    monkeypatch.setenv(VARIABLE, str(path))
    return path


@pytest.fixture
def course(tmp_path: Path) -> Repository:
    """Four written lessons of two exercises and a written answer each, and one that is planned."""
    root = tmp_path / "course-copy"
    (root / "course").mkdir(parents=True)
    (root / "course" / "curriculum.toml").write_text(CURRICULUM, encoding="utf-8")
    for name in ("a1_first", "b1_second", "b2_third", "b3_free"):
        source = root / "course" / name / "lesson.py"
        source.parent.mkdir()
        letter = name[:2]
        text = _TITLE + "".join(_EXERCISE.format(name=f"{letter}_{each}") for each in ("one", "two")) + _WRITTEN
        source.write_text(text, encoding="utf-8")
    return Repository(root)


Did = Callable[..., None]


@pytest.fixture
def did() -> Did:
    """Record events, a minute after one another."""
    minutes = iter(range(10_000))

    def keep(
        lesson: str,
        *exercises: str,
        kind: Kind = Kind.CHECK,
        passed: bool = True,
        complete: bool = True,
        points: float = 2,
        day: int = 0,
    ) -> None:
        for exercise in exercises:
            at = MORNING + timedelta(days=day, minutes=next(minutes))
            record(Event(lesson, exercise, kind, at, passed, complete, points if passed else 0, 2))

    return keep
