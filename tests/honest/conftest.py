"""The honest answers are submissions to the same class as the cheats, with more patience."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cheats.conftest import built_trial, world_of
from tests.cheats.specimen import Lesson
from tests.cheats.world import World

__all__ = ["built_trial"]

# Nothing here waits for a limit, so that a busy machine must not make an honest answer reach one.
_PATIENCE = """
c.ExecuteSubmission.seconds_per_cell = 60
c.ExecuteSubmission.seconds_per_call = 30
c.ExecuteSubmission.seconds_per_notebook = 300
"""


@pytest.fixture
def world(built_trial: tuple[Path, Lesson], tmp_path: Path) -> Iterator[World]:
    """A course folder of its own whose limits are far."""
    yield from world_of(built_trial, tmp_path, _PATIENCE)
