"""What a failed test tells the learner."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.feedback.outputs import as_text, plain_text

_FOR_LEARNERS = {
    "Mismatch",
    "TimeLimit",
    "KernelDied",
    "OutOfMemory",
    "OutputLimit",
    "NotRun",
    "AssertionError",
    "CellTimeoutError",
}
"""Errors whose text is written for the learner. Any other says that the test itself is broken."""

_TEST_IS_BROKEN = "The test itself failed; your instructor has been told."
_FIELD = re.compile(r"  (call|got|expected|cause) +(.*)")
_LONGEST = 4_000


@dataclass(frozen=True)
class Message:
    """The text of a failed test.

    Attributes:
        headline: what is wrong, in a sentence.
        fields: pairs of name ("call", "got", "expected", "cause") and text, as far as the test says them.
        traceback: for the instructor's eyes; "" unless it was asked for.
    """

    headline: str
    fields: tuple[tuple[str, str], ...] = ()
    traceback: str = ""


def message_of(outputs: Sequence[Mapping[str, Any]], *, show_traceback: bool = False) -> Message | None:
    """Return what the outputs of a test cell tell the learner; None if they hold no error.

    What was printed during the test is left out, because it may hold the inputs of hidden tests.

    Args:
        outputs: the outputs of the test cell in the graded notebook.
        show_traceback: whether to add the traceback, which quotes the tests.
    """
    for output in outputs:
        if output.get("output_type") == "error":
            traceback = plain_text("\n".join(output.get("traceback", ())), 20_000, 300) if show_traceback else ""
            if output.get("ename") not in _FOR_LEARNERS:
                return Message(_TEST_IS_BROKEN, traceback=traceback)
            return _parse(plain_text(as_text(output.get("evalue", "")), _LONGEST), traceback)
    return None


def _parse(text: str, traceback: str) -> Message:
    """Split the message of a failed expectation into its fields; any other text is one headline."""
    headline: list[str] = []
    fields: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        found = _FIELD.fullmatch(line)
        if found:
            fields.append((found[1], [found[2]]))
        elif fields:
            fields[-1][1].append(line.removeprefix(" " * 12))
        else:
            headline.append(line)
    return Message(
        "\n".join(headline).strip() or "The test failed.",
        tuple((name, "\n".join(lines)) for name, lines in fields),
        traceback,
    )
