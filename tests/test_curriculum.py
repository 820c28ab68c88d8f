"""The curriculum file is checked for contradictions."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.curriculum import CurriculumError, load_curriculum
from tests.conftest import CURRICULUM, ROOT


def test_the_real_curriculum_holds_every_planned_lesson() -> None:
    curriculum = load_curriculum(ROOT / "course")
    assert len(curriculum.lessons) == 33
    assert sum(len(lesson.questions) for lesson in curriculum.lessons) == len(curriculum.questions) == 45


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('questions = ["Q01", "Q02"]', 'questions = ["Q01", "Q02", "Q99"]', "unknown question Q99"),
        ("questions = []", 'questions = ["Q01"]', "question Q01 is claimed 2 times"),
        ('questions = ["Q01", "Q02"]', 'questions = ["Q01"]', "question Q02 is claimed by no lesson"),
        ('requires = ["a1_vectors"]', 'requires = ["z9_later"]', "requires z9_later, which does not come before"),
        ('name = "a2_planned"', 'name = "a1_vectors"', "stands there 2 times"),
        ('title = "Vectors"', "", "an entry lacks 'title'"),
        ("[questions]", "[questions", "not valid TOML"),
    ],
)
def test_a_contradiction_is_named(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert CURRICULUM.count(old) == 1
    (tmp_path / "curriculum.toml").write_text(CURRICULUM.replace(old, new), encoding="utf-8")
    with pytest.raises(CurriculumError, match=says):
        load_curriculum(tmp_path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CurriculumError, match="not found"):
        load_curriculum(tmp_path)
