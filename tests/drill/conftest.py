"""The tiny course with drill questions, a clock that a test moves, and a file of progress of the test's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from autograder.curriculum import Curriculum, load_curriculum
from autograder.repository import Repository
from tests.conftest import LESSON, make_course
from tests.drill.specimen import questions_toml


class FakeClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.time = datetime(2030, 1, 7, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def pass_by(self, **span: float) -> None:
        self.time += timedelta(**span)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(autouse=True)
def progress_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "progress.sqlite3"
    monkeypatch.setenv("COURSE_PROGRESS", str(path))
    return path


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """The tiny course with twelve questions, not built; it is the working folder."""
    repository = make_course(tmp_path / "checkout")
    (repository.course / LESSON / "questions.toml").write_text(questions_toml(), encoding="utf-8")
    monkeypatch.chdir(repository.root)
    return repository


@pytest.fixture
def plan(checkout: Repository) -> Curriculum:
    return load_curriculum(checkout.course)


@pytest.fixture
def write_questions(checkout: Repository) -> Callable[[str], Path]:
    """Replace the tiny lesson's questions."""

    def write(text: str) -> Path:
        path = checkout.course / LESSON / "questions.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write
