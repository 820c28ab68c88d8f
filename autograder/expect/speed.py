"""Compare the speed of an answer with that of a reference, in the same run."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Any

from autograder.expect.expectation import Mismatch, expect

_FEWEST_ROUNDS, _MOST_ROUNDS = 3, 8
_HOPELESS = 3
"""An answer that is so many times slower than it may be is not timed again: no disturbance explains that."""


def expect_faster(
    function: Callable[..., Any], than: Callable[..., Any], *args: Any, times: float, cause: str = ""
) -> None:
    """Require that ``function(*args)`` is at least ``times`` faster than ``than(*args)``.

    Both are timed in this run, in turn, and the best of several rounds is compared: a slow machine
    slows both, and a short disturbance neither makes nor breaks a verdict.

    Raises:
        Mismatch: with both times, if the ratio is smaller.
    """
    _ = expect(function, *args).value
    mine = theirs = math.inf
    for timed in range(1, _MOST_ROUNDS + 1):
        mine = min(mine, _seconds(function, args))
        theirs = min(theirs, _seconds(than, args))
        if timed >= _FEWEST_ROUNDS and theirs >= times * mine:
            return
        if timed >= _FEWEST_ROUNDS and _HOPELESS * theirs < times * mine:
            break
    raise Mismatch(
        f"{function.__name__}(...) is too slow\n"
        f"  got       {mine * 1e3:.2f} ms, {theirs / mine:.1f} times as fast as {than.__name__}\n"
        f"  expected  at least {times:g} times as fast ({theirs * 1e3:.2f} ms for {than.__name__})\n"
        f"  cause     {cause or 'There is a loop in Python that one call on the whole array can replace.'}"
    )


def _seconds(function: Callable[..., Any], args: tuple[Any, ...]) -> float:
    start = time.perf_counter()
    function(*args)
    return time.perf_counter() - start
