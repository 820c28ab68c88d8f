"""Every lesson's report is of its present code, and its tests are strong enough."""

from __future__ import annotations

import pytest

from autograder.lesson import read_lesson
from autograder.mutation.standing import recorded_problems
from tests.conftest import ROOT
from tests.test_lessons import LESSONS


@pytest.mark.parametrize("name", LESSONS)
def test_the_report_is_fresh_and_good(name: str) -> None:
    assert recorded_problems(read_lesson(ROOT / "course", name)) == []
