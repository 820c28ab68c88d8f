"""Random inputs for hidden tests that no answer can know beforehand."""

from __future__ import annotations

import numpy as np

_run_seed: int | None = None


def use_run_seed(value: int | None) -> None:
    """Let :func:`fresh_generator` depend on ``value``, a natural number; called once per grading run by the examiner.

    ``None`` makes it what it is in a learner's own kernel.
    """
    global _run_seed
    _run_seed = value


def fresh_generator(seed: int) -> np.random.Generator:
    """Return a generator of random numbers for the inputs of a test.

    In a learner's own kernel it gives the same numbers each time, so that a failure can be repeated. In a
    grading run its numbers are new, and the same for the whole class: answers that were taken down in an
    earlier run are of no use.

    Args:
        seed: tells the generators of one notebook apart.
    """
    return np.random.default_rng(seed if _run_seed is None else [seed, _run_seed])
