"""What test cells are written with: one call, what it should do, and why it may not.

A test says which function is called with what, and chains what must hold::

    expect(cosine, a, b).close_to(0.5, atol=1e-12, mistakes={
        "You left out the square root of the norms.": np.dot(a, b) / (a @ a) / (b @ b),
    })

A failure names the call, what came back, what was expected and, where the answer is one that a
known misconception gives, the misconception. ``mistakes`` maps each message to the value that
this misconception would have returned for the very same arguments.
"""

from autograder.expect.expectation import Expectation, expect
from autograder.expect.freshness import fresh_generator
from autograder.expect.mismatch import Mismatch
from autograder.expect.speed import expect_faster
from autograder.verdict import follow_cells

__all__ = ["Expectation", "Mismatch", "expect", "expect_faster", "fresh_generator"]

follow_cells(lambda: Expectation.made)
