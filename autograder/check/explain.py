"""Put errors that no test has a message for into words."""

from __future__ import annotations

import re
from collections.abc import Iterable

_FIELD_ORDER = ("cause", "note", "call", "got", "expected", "printed")

_WORDS = {
    "AttributeError": "You ask an object for something that it does not have. Look at its type: `type(x)`.",
    "ImportError": "Something cannot be imported from where your code looks for it.",
    "IndexError": "An index lies beyond the end. Print the shape or length, and the index.",
    "KeyError": "A dictionary has no such key.",
    "MemoryError": "The computer's memory is not enough for an array that your code makes. Print its shape.",
    "ModuleNotFoundError": "Your code imports a module that is not installed, or whose name is spelled differently.",
    "NameError": "Your code uses a name that is not defined: a spelling mistake, or a cell that was not run.",
    "OverflowError": "A number is too large for its type.",
    "RecursionError": "Your function calls itself without end.",
    "SystemExit": "Your code ends the program. Return a value instead.",
    "UnboundLocalError": "A variable is read before your function gives it a value on this way through it.",
    "ZeroDivisionError": "Your code divides by zero. Which input makes the divisor zero?",
}
_NONE = "Something is `None` where your code expects a value: often a function without a `return`."
_SHAPES = re.compile(r"broadcast|shapes? .*(align|mismatch|must match)|mat1 and mat2|size mismatch|dimension", re.I)
_SHAPES_DIFFER = "The shapes do not fit together. Print the `shape` of each array in that line."
_NOT_CALLABLE = "Your code calls something that is no function: a variable may have taken a function's name."
_ARGUMENTS = "A function is called with other arguments than it takes. Compare the call with its `def` line."


def in_words(error: BaseException, got: str) -> str:
    """Return in a sentence what an error of the learner's code means; "" if its own text has to do.

    Args:
        error: what the test raised: the error itself, or a failed expectation that quotes it.
        got: the field "got" of its message, which begins with the name of the quoted error.
    """
    quoted = re.match(r"(\w+(?:Error|Exit))\b:? ?(.*)", got, re.DOTALL)
    kind, text = (quoted[1], quoted[2]) if quoted else (type(error).__name__, str(error))
    if "NoneType" in text:
        return _NONE
    if "not callable" in text:
        return _NOT_CALLABLE
    if "argument" in text and kind == "TypeError":
        return _ARGUMENTS
    if _SHAPES.search(text) and kind in ("ValueError", "RuntimeError", "IndexError"):
        return _SHAPES_DIFFER
    return _WORDS.get(kind, "")


def field_order(fields: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return the fields in the order in which they are read: why first, then what happened."""
    return tuple(sorted(fields, key=lambda field: _FIELD_ORDER.index(field[0])))
