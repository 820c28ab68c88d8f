"""Find out which lesson a running notebook belongs to, and where its tests are."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from autograder.repository import NotACourse, Repository

_SUFFIX = ".ipynb"


def notebook_path(lesson: str, namespace: Mapping[str, Any], folder: Path) -> Path | None:
    """Return the file of the running notebook, None if it cannot be found.

    A notebook may have been renamed while its kernel runs, so what the front end said is only the first guess.

    Args:
        lesson: the lesson that the notebook says it is; "" if it does not.
        namespace: the names of the notebook.
        folder: the kernel's working folder.
    """
    guesses = [path for path in _named_by_front_end(namespace) if path.is_file()]
    for path in guesses:
        if not lesson or _lesson_in(path) == lesson:
            return path
    if not lesson:
        return None
    beside = [folder / f"{lesson}{_SUFFIX}", *sorted(folder.glob(f"*{_SUFFIX}"))]
    return next((path for path in beside if path.is_file() and _lesson_in(path) == lesson), None)


def lesson_of(namespace: Mapping[str, Any], folder: Path) -> str:
    """Return the lesson of a notebook that does not say so itself: its file does, or the name of its folder."""
    for path in _named_by_front_end(namespace):
        if path.is_file() and (lesson := _lesson_in(path)):
            return lesson
    return folder.name


def repository_of(lesson: str, *places: Path | None) -> Repository | None:
    """Return the checkout around one of ``places`` that has the source of ``lesson``; None if there is none."""
    for place in places:
        if place is None:
            continue
        try:
            repository = Repository.find(place)
        except NotACourse:
            continue
        if (repository.course / lesson / "lesson.py").is_file():
            return repository
    return None


def _named_by_front_end(namespace: Mapping[str, Any]) -> Iterator[Path]:
    """Yield what Jupyter Server and VS Code tell a kernel about its notebook."""
    for told in (os.environ.get("JPY_SESSION_NAME"), namespace.get("__vsc_ipynb_file__")):
        if isinstance(told, str) and told.endswith(_SUFFIX):
            yield Path(told)


def _lesson_in(path: Path) -> str:
    """Return the lesson that a notebook's metadata names; "" if it names none."""
    try:
        return str(json.loads(path.read_bytes())["metadata"]["course"]["lesson"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
