"""Notice when a notebook is saved, whichever way an editor does it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from pathlib import Path

from watchfiles import watch

_SECONDS_FOR_THE_REST = 0.2
_SECONDS_BEFORE_A_WORD = 2.0


class Saves:
    """Calls back, from a thread of its own, when a notebook has new content.

    JupyterLab writes a new file and renames it over the old one, so the folder is watched, not the file. A file that
    is missing or no whole JSON text is waited for; if that takes long, ``on_trouble`` is called with the reason.
    """

    def __init__(self, path: Path, on_save: Callable[[bytes], None], on_trouble: Callable[[str], None]):
        self._path = path
        self._on_save = on_save
        self._on_trouble = on_trouble
        self._stop = threading.Event()
        self._last: bytes | None = None
        self._thread = threading.Thread(target=self._follow, daemon=True)

    def start(self) -> bytes | None:
        """Begin; return what the file holds now, None if it is no whole notebook."""
        self._last = whole(self._path)
        self._thread.start()
        return self._last

    def stop(self) -> None:
        """End the thread."""
        self._stop.set()

    def _follow(self) -> None:
        changes = watch(
            self._path.parent,
            watch_filter=None,
            recursive=False,
            rust_timeout=1000,
            yield_on_timeout=True,  # a look once a second finds what the system did not tell, as on a network drive
            stop_event=self._stop,
            raise_interrupt=False,
        )
        broken_since: float | None = None
        is_said = False
        for _changes in changes:
            data = whole(self._path)
            if data is None:
                self._stop.wait(_SECONDS_FOR_THE_REST)
                data = whole(self._path)
            if data is None:
                broken_since = broken_since or time.monotonic()
                if not is_said and time.monotonic() - broken_since >= _SECONDS_BEFORE_A_WORD:
                    is_said = True
                    self._on_trouble(trouble_with(self._path))
                continue
            if data != self._last or is_said:  # after a word of trouble, that it is over is news
                self._last = data
                self._on_save(data)
            broken_since, is_said = None, False


def whole(path: Path) -> bytes | None:
    """Return the content of a notebook; None while it is missing or half written."""
    try:
        data = path.read_bytes()
        cells = json.loads(data)["cells"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return data if isinstance(cells, list) else None


def trouble_with(path: Path) -> str:
    """Return what keeps a notebook from being read, in words."""
    try:
        json.loads(path.read_bytes())
    except OSError as error:
        return f"{path.name} cannot be read ({error.strerror})."
    except json.JSONDecodeError as error:
        return f"{path.name} is not valid JSON: line {error.lineno}, column {error.colno}: {error.msg}."
    except ValueError:
        return f"{path.name} is not UTF-8."
    return f"{path.name} is not a notebook: it has no list of cells."


def answers_in(data: bytes) -> dict[str, str]:
    """Return the texts of the cells that nbgrader knows, by its ids; of repeated cells all texts."""
    found: dict[str, str] = {}
    for cell in json.loads(data)["cells"]:
        if not isinstance(cell, dict) or not isinstance(cell.get("metadata"), dict):
            continue
        marks = cell["metadata"].get("nbgrader")
        name = marks.get("grade_id") if isinstance(marks, dict) else None
        if isinstance(name, str):
            source = cell.get("source", "")
            text = "".join(map(str, source)) if isinstance(source, list) else str(source)
            found[name] = found.get(name, "") + "\0" + text
    return found
