"""Right answers of every kind lose nothing, whatever they print, keep, draw or look like."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cheats.specimen import read_specimen
from tests.cheats.world import World, judge

CORPUS = Path(__file__).parent
FAMILIES = sorted({path.parent.name for path in CORPUS.glob("*/*.py")})


@pytest.mark.slow
@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_of_honest_answers(family: str, world: World, subtests: pytest.Subtests) -> None:
    specimens = {
        f"{family}.{path.stem}": read_specimen(path, world.lesson, world.places)
        for path in sorted((CORPUS / family).glob("*.py"))
    }
    for student, specimen in specimens.items():
        world.hand_in(student, specimen)
    results = world.grade(list(specimens))
    for student, specimen in specimens.items():
        with subtests.test(specimen.name):
            assert not judge(world, specimen, student, results[student]), specimen.what
