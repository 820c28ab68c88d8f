"""Drill questions for the tiny course."""

from __future__ import annotations

from autograder.drill.questions import Kind

PREDICTION = """
code = '''
import numpy as np

print(np.uint8([200]) + np.uint8([100]))
'''
output = '''
[44]
'''
"""


def entry(number: int, kind: Kind, extra: str = "") -> str:
    """Return one well-formed question with two key points."""
    prediction = PREDICTION if kind is Kind.PREDICT else ""
    return f"""
[[question]]
id = "question-{number}"
kind = "{kind}"
question = "Q02"
ask = "Ask {number}: what is `a @ b`?"
answer = "Answer {number}: a **sum** of products."
points = ["Point {number} multiplies.", "Point {number} adds `a * b`."]
section = "The exercise"
{extra}{prediction}"""


def questions_toml(number: int = 12) -> str:
    """Return so many questions, of every kind in turn."""
    kinds = list(Kind)
    return "".join(entry(each, kinds[each % len(kinds)]) for each in range(number))
