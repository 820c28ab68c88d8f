"""Exceptions of the student's code: described there in plain data, and raised here as the nearest trusted class."""

from __future__ import annotations

import builtins
import importlib
import unicodedata
from typing import Any

from autograder.expect.place import Place, place_in_cell

_LONGEST_TEXT = 2000
_LONGEST_NAME = 100
_MOST_CLASSES = 50

_LIBRARY_ERRORS = {
    "numpy.linalg.LinAlgError": ("numpy.linalg", "LinAlgError"),
    "numpy.exceptions.AxisError": ("numpy.exceptions", "AxisError"),
    "cv2.error": ("cv2", "error"),
    "json.decoder.JSONDecodeError": ("json", "JSONDecodeError"),
    "PIL.UnidentifiedImageError": ("PIL", "UnidentifiedImageError"),
    "torch.OutOfMemoryError": ("torch", "OutOfMemoryError"),
    "decimal.InvalidOperation": ("decimal", "InvalidOperation"),
}


def printable(text: str, most: int = _LONGEST_TEXT) -> str:
    """Escape what is not meant to be printed, except line ends and tabs, and cut what is too long."""
    if len(text) > most:
        text = f"{text[:most]}... ({len(text)} characters)"
    return "".join(letter if _is_harmless(letter) else ascii(letter)[1:-1] for letter in text)


def _is_harmless(letter: str) -> bool:
    return letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def describe_error(error: BaseException) -> dict[str, Any]:
    """Describe an exception in plain data; used where the student's code runs."""
    try:
        text = str(error)
    except Exception as another:
        text = f"(its text cannot be shown: {type(another).__name__})"
    place = place_in_cell(error)
    return {
        "classes": [f"{base.__module__}.{base.__qualname__}" for base in type(error).__mro__][:_MOST_CLASSES],
        "name": type(error).__name__,
        "text": text[: 2 * _LONGEST_TEXT],
        "place": None if place is None else [place.function, place.line, place.source[:_LONGEST_TEXT]],
    }


def ends_the_call(description: dict[str, Any]) -> bool:
    """Return whether it is no error but a request to end, such as SystemExit, which no test may expect."""
    return "builtins.Exception" not in description["classes"]


def rebuild_error(description: dict[str, Any]) -> Exception:
    """Make the exception that a description stands for: of the first class that is known here.

    It is marked with ``is_learners``, and carries its ``learner_place``: a :class:`Place`, or ``None`` if it came
    up outside of the cells. A class that is unknown here gives a subclass of the nearest known one, with its name.
    StopIteration becomes a RuntimeError of that name, as it would end a loop of the test.

    Raises:
        KeyError, TypeError, ValueError: if it is no description.
    """
    name = _identifier(description["name"])
    text = printable(_text(description["text"]))
    known = next(filter(None, map(_known, description["classes"][:_MOST_CLASSES])), Exception)
    if issubclass(known, (StopIteration, StopAsyncIteration)):
        known = RuntimeError
    error = _plain_instance(known, name, text) or _namesake(known, name, text)
    error.is_learners = True  # type: ignore[attr-defined]
    place = None
    if description["place"] is not None:
        function, line, source = description["place"]
        place = Place(_identifier(function), int(line), printable(_text(source), 200).replace("\n", " "))
    error.learner_place = place  # type: ignore[attr-defined]
    return error


def _known(qualified: Any) -> type[Exception] | None:
    if type(qualified) is not str:
        return None
    if qualified.startswith("builtins."):
        found = getattr(builtins, qualified.removeprefix("builtins."), None)
    elif qualified in _LIBRARY_ERRORS:
        module, name = _LIBRARY_ERRORS[qualified]
        found = getattr(importlib.import_module(module), name)
    else:
        return None
    return found if isinstance(found, type) and issubclass(found, Exception) else None


def _plain_instance(known: type[Exception], name: str, text: str) -> Exception | None:
    """Return an instance of exactly this class with this text, if there can be one."""
    try:
        error = known(text)
    except Exception:  # some classes want other arguments
        return None
    return error if known.__name__ == name and type(error) is known and str(error) == text else None


def _namesake(known: type[Exception], name: str, text: str) -> Exception:
    """Return an instance of a subclass that shows this name and text."""
    base = Exception if issubclass(known, ExceptionGroup) else known  # a group cannot be made without members
    subclass = type(name, (base,), {"__str__": lambda self: text, "__module__": "student"})
    error: Exception = subclass.__new__(subclass, text)  # type: ignore[assignment]
    return error


def _identifier(name: Any) -> str:
    return printable(_text(name), _LONGEST_NAME).replace("\n", " ") or "Exception"


def _text(value: Any) -> str:
    if type(value) is not str:
        raise TypeError("not a text")
    return value
