"""The class that the corpora are handed in to: built once, copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.sandbox import sandbox_problem
from tests.cheats.specimen import Lesson
from tests.cheats.world import World, build_class


@pytest.fixture(scope="session")
def built_trial(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Lesson]:
    """The lesson, built, and one honest submission, graded."""
    problem = sandbox_problem()
    if problem:
        pytest.skip(problem)
    root = tmp_path_factory.mktemp("trial")
    return root, build_class(root)


@pytest.fixture
def world(built_trial: tuple[Path, Lesson], tmp_path: Path) -> Iterator[World]:
    """A course folder of its own, and what must be safe around it."""
    yield from world_of(built_trial, tmp_path)


def world_of(built: tuple[Path, Lesson], folder: Path, settings: str = "") -> Iterator[World]:
    """Yield a copy of the class in ``folder``, with more ``settings`` for nbgrader, and close it."""
    root, lesson = built
    shutil.copytree(root, folder / "trial")
    with (folder / "trial" / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write(settings)
    made = World(folder / "trial", lesson, folder / "home")
    yield made
    made.close()
