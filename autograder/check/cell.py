"""Run the text of one test cell and say what came of it: the same for a learner's check and for the examiner."""

from __future__ import annotations

import ast
from typing import Any

import numpy as np

from autograder.expect.describe import show, where_raised
from autograder.expect.expectation import Expectation, Mismatch


def run_source(source: str, filename: str, namespace: dict[str, Any]) -> Any:
    """Execute a cell and return the value of its last expression, as a notebook shows it."""
    tree = ast.parse(source, filename=filename)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, filename, "exec"), namespace)
    if not isinstance(last, ast.Expr):
        return None
    return eval(compile(ast.Expression(last.value), filename, "eval"), namespace)


def points_given(result: Any, most: float) -> float | None:
    """Return the points that the value of a test's last expression gives; None if it says nothing of points.

    Raises:
        Mismatch: if it is something else, or a number that cannot be points: the learner's code may have made it.
    """
    kind = type(result)
    if result is None or kind is Expectation or result is True:
        return None
    if kind in (int, float) or (issubclass(kind, np.generic) and np.isreal(result)):
        points = float(result)
        if 0 <= points <= most:
            return points
    raise Mismatch(
        f"The test gave no points\n  got       {show(result)}\n  expected  a number of points from 0 to {most:g}"
    )


def explain_error(error: Exception) -> str:
    """Say for the learner which error of their own code a test met that did not expect any."""
    if isinstance(error, NotImplementedError):
        return "This exercise is not solved yet: write its body, then run this cell again."
    text = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return f"Your code raised an error\n  got       {text}{where_raised(error)}"
