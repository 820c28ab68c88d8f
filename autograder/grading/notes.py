"""What the grading has to say about one submission, carried in the notebook's metadata.

The metadata travels with the autograded notebook, so the notes reach the instructor's table,
formgrader and the feedback page, whichever command did the grading.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from nbformat import NotebookNode

_KEY = "grading"


def start_record(notebook: NotebookNode, notes: Iterable[str]) -> None:
    """Begin a new record, forgetting whatever record the notebook brought with it."""
    notebook.metadata[_KEY] = NotebookNode(notes=list(dict.fromkeys(notes)))


def add_note(notebook: NotebookNode, note: str) -> None:
    """Add a sentence to the record, once."""
    record = notebook.metadata.setdefault(_KEY, NotebookNode(notes=[]))
    if note not in record["notes"]:
        record["notes"].append(note)


def finish_record(notebook: NotebookNode, fingerprint: str) -> None:
    """Say that the notebook has been graded, and from what: see :func:`fingerprint_of`."""
    notebook.metadata.setdefault(_KEY, NotebookNode(notes=[]))["fingerprint"] = fingerprint


def notes_of(metadata: dict[str, Any]) -> tuple[str, ...]:
    """Return the notes in a notebook's metadata, in the order in which they were made."""
    return tuple(metadata.get(_KEY, {}).get("notes", ()))


def fingerprint_of(metadata: dict[str, Any]) -> str | None:
    """Return the fingerprint of what was graded; None if the grading did not come to its end."""
    fingerprint = metadata.get(_KEY, {}).get("fingerprint")
    return str(fingerprint) if fingerprint else None
