"""The notebook file that a learner works in: read it in any state, back it up, replace it without loss."""

from __future__ import annotations

import itertools
import os
import time
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.grading.intake import UnreadableSubmission, read_submission


class NotebookProblem(Exception):
    """A notebook cannot be read or replaced; the text names it and the mend."""


@dataclass(frozen=True)
class SavedNotebook:
    """A notebook as it was on disk at one moment.

    Attributes:
        path: the file.
        data: its bytes.
        notebook: what they hold, as a valid notebook with ids.
    """

    path: Path
    data: bytes
    notebook: NotebookNode

    @property
    def release(self) -> str:
        """Digest of the release that it was made from; "" if it does not say."""
        release = self.notebook.metadata.get("course", {}).get("release")
        return release if isinstance(release, str) else ""


def read_saved(path: Path) -> SavedNotebook:
    """Read a learner's notebook, whatever tool saved it last.

    Raises:
        NotebookProblem: if there is no such file or it is no notebook. The file is left as it is.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise NotebookProblem(
            f"{path}: the notebook cannot be read ({error.strerror}). Mend: run `course reset LESSON`, which writes it "
            "anew, or put your copy there."
        ) from None
    try:
        notebook, _notes = read_submission(data)
    except UnreadableSubmission as error:
        raise NotebookProblem(
            f"{path}: {error.reason} It was left as it is. Mend: open it in JupyterLab and save it, or put an "
            "older copy of yours in its place."
        ) from None
    return SavedNotebook(path, data, notebook)


def back_up(path: Path, why: str, of: Path | None = None) -> Path:
    """Copy a file byte for byte to a new one, and return that; an existing file is never written to.

    Args:
        path: the new file lies beside it and has its name, ``why`` and the time in its own.
        why: see there.
        of: the file to copy; ``path`` unless it is given.
    """
    data = (of or path).read_bytes()
    stamp = time.strftime("%Y%m%d-%H%M%S")
    for number in itertools.count(1):
        kept = path.with_name(f"{path.stem}.{why}-{stamp}{f'-{number}' if number > 1 else ''}{path.suffix}")
        try:
            with kept.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except FileExistsError:
            continue
        return kept
    raise AssertionError("counting has no end")


def replace(saved: SavedNotebook, notebook: NotebookNode, why: str) -> Path:
    """Write ``notebook`` over a notebook that was read before; return the backup of what was there.

    A crash leaves either the old file or the new one.

    Raises:
        NotebookProblem: if somebody has written the file since it was read; nothing is replaced then.
    """
    from autograder.build.notebooks import serialise
    from autograder.build.publish import write_atomically

    kept = back_up(saved.path, why)
    if kept.read_bytes() != saved.data or saved.path.read_bytes() != saved.data:
        kept.unlink()
        raise NotebookProblem(
            f"{saved.path}: it was saved a moment ago by another program, so it was left as it is. Mend: close it in "
            "JupyterLab, then run the command again."
        )
    text = serialise(notebook)
    nbformat.validate(nbformat.reads(text, as_version=nbformat.NO_CONVERT))
    write_atomically(saved.path, text)
    return kept
