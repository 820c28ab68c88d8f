"""No cheat of the corpus earns a point that its honest code has not earned, reads a secret, or leaves a trace."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cheats.specimen import Specimen, read_specimen
from tests.cheats.world import LATER, World, hand_in, judge, solve

CORPUS = Path(__file__).parent
FAMILIES = sorted({path.parent.name for path in CORPUS.glob("*/*.py")})


@pytest.mark.slow
@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_of_cheats(family: str, world: World, subtests: pytest.Subtests) -> None:
    specimens = {
        f"{family}.{path.stem}": read_specimen(path, world.lesson, world.places)
        for path in sorted((CORPUS / family).glob("*.py"))
    }
    for student, specimen in specimens.items():
        world.hand_in(student, specimen)
    hand_in(world.root, LATER, solve(world.lesson))
    results = world.grade([*specimens, LATER])
    for student, specimen in specimens.items():
        with subtests.test(specimen.name):
            assert not judge(world, specimen, student, results[student]), specimen.what
    _try_again(specimens, world, subtests)
    with subtests.test("an honest submission after all of them"):
        assert world.scores(LATER) == world.lesson.points
    with subtests.test("everything around"):
        assert not world.harm()


def _try_again(specimens: dict[str, Specimen], world: World, subtests: pytest.Subtests) -> None:
    """Hand in the second attempts, which use what the first ones printed."""
    repeaters = {student: specimen for student, specimen in specimens.items() if specimen.second_cells}
    for student, specimen in repeaters.items():
        world.hand_in(student, specimen, world.outputs(student))
    results = world.grade(list(repeaters)) if repeaters else {}
    for student, specimen in repeaters.items():
        with subtests.test(f"{specimen.name}, once more"):
            assert not judge(world, specimen, student, results[student]), specimen.what
