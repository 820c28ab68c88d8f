"""Take in what a student handed in, in the form that nbgrader grades, without touching the original."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.utils import parse_utc

from autograder.grading.intake import UnreadableSubmission, read_submission

MOST_EXTRA_BYTES = 50_000_000
"""Size of all files together that are taken in beside the notebook."""

TIMESTAMP = "timestamp.txt"
"""Where nbgrader writes when a submission was handed in."""

_IGNORED_FOLDERS = {".ipynb_checkpoints", "__pycache__", ".git"}
_SUFFIX = ".ipynb"


@dataclass(frozen=True)
class StagedSubmission:
    """A submission that can be graded, read once, so that it cannot change while it is graded.

    Attributes:
        notebook: the notebook, valid, but with the student's metadata and cells as they came.
        notes: what had to be done to the folder.
        reading_notes: what had to be done to read the notebook.
        files: relative path, with forward slashes, and content of each file; the notebook is the first,
            under the name that nbgrader expects.
    """

    notebook: NotebookNode
    notes: tuple[str, ...]
    reading_notes: tuple[str, ...]
    files: tuple[tuple[str, bytes], ...]

    @property
    def fingerprint(self) -> str:
        """Stands for the content of all files and the notes on the folder."""
        return hashlib.sha256(
            "\0".join([_fingerprint(self.files), *self.notes]).encode("utf-8", "surrogateescape")
        ).hexdigest()

    @property
    def extras(self) -> tuple[tuple[str, bytes], ...]:
        """The student's own files beside the notebook."""
        return tuple((name, content) for name, content in self.files[1:] if name != TIMESTAMP)

    def write_to(self, folder: Path) -> None:
        """Write all files into the new folder ``folder``."""
        for name, content in self.files:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def stage_submission(submitted: Path, assignment: str, grade_ids: Collection[str]) -> StagedSubmission:
    """Read the submission in the folder ``submitted``.

    The notebook keeps its bytes, but gets the name that nbgrader expects. Links are not followed,
    and other notebooks and very large files are left behind.

    Args:
        submitted: what the student handed in; it is only read.
        assignment: name of the assignment and of its notebook.
        grade_ids: ids of the cells of the assignment.

    Raises:
        UnreadableSubmission: if there is no notebook of this assignment that can be read.
    """
    notes: list[str] = []
    paths = _regular_files(submitted, notes)
    found = _find_notebook(submitted, paths, assignment, grade_ids, notes)
    others = [path for path in paths if path != found.path and _looks_like_notebook(path)]
    if others:
        notes.append(f"Other notebooks in the folder were left out: {_names(others, submitted)}.")
    extras = _read_extras([path for path in paths if path != found.path and path not in others], submitted, notes)
    files = ((f"{assignment}{_SUFFIX}", found.data), *extras)
    return StagedSubmission(found.notebook, tuple(notes), found.notes, files)


@dataclass(frozen=True)
class _Found:
    path: Path
    data: bytes
    notebook: NotebookNode
    notes: tuple[str, ...]


def fingerprint_of_files(folder: Path) -> str:
    """Return a fingerprint of the names and contents of all files below ``folder``."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return _fingerprint((path.relative_to(folder).as_posix(), path.read_bytes()) for path in paths)


def _fingerprint(files: Iterable[tuple[str, bytes]]) -> str:
    total = hashlib.sha256()
    for name, content in sorted(files):
        total.update(f"{name}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
        total.update(content)
    return total.hexdigest()


def _regular_files(folder: Path, notes: list[str]) -> list[Path]:
    """Return the files of a folder tree, hidden helpers of Jupyter and links left out."""
    if folder.is_symlink():
        raise UnreadableSubmission("The folder of the submission is a link.", "Hand in the files themselves.")
    found: list[Path] = []
    links = 0
    for where, folders, names in os.walk(folder):
        links += sum(Path(where, name).is_symlink() for name in folders)
        folders[:] = sorted(name for name in folders if name not in _IGNORED_FOLDERS)
        for name in sorted(names):
            path = Path(where, name)
            if path.is_symlink() or not path.is_file():
                links += 1
            else:
                found.append(path)
    if links:
        notes.append(f"{links} links or special files in the folder were not followed.")
    return found


def _find_notebook(
    folder: Path, files: list[Path], assignment: str, grade_ids: Collection[str], notes: list[str]
) -> _Found:
    expected = folder / f"{assignment}{_SUFFIX}"
    if expected in files:
        return _open(expected, assignment, grade_ids)
    candidates = [path for path in files if _looks_like_notebook(path)]
    if not candidates:
        raise UnreadableSubmission(
            f"There is no notebook: {expected.name} is missing.", f"Hand in {expected.name} once more."
        )
    fitting, refused = [], []
    for path in candidates:
        try:
            fitting.append(_open(path, assignment, grade_ids))
        except UnreadableSubmission as error:
            refused.append(f"{path.relative_to(folder).as_posix()}: {error.reason}")
    names = _names([found.path for found in fitting], folder)
    if len(fitting) == 1:
        notes.append(f"The notebook was called {names} instead of {expected.name}; it was taken for it.")
        return fitting[0]
    if fitting:
        raise UnreadableSubmission(
            f"{expected.name} is missing, and several notebooks could be meant: {names}.",
            f"Hand in only one of them, called {expected.name}.",
        )
    raise UnreadableSubmission(
        f"{expected.name} is missing, and no other notebook can be taken for it ({' '.join(refused)})",
        f"Hand in {expected.name} once more.",
    )


def _open(path: Path, assignment: str, grade_ids: Collection[str]) -> _Found:
    data = _read(path)
    notebook, notes = read_submission(data)
    _check_belongs(notebook, assignment, grade_ids)
    return _Found(path, data, notebook, notes)


def _check_belongs(notebook: NotebookNode, assignment: str, grade_ids: Collection[str]) -> None:
    """Refuse a notebook of another lesson: graded, it would only look like one that was left blank."""
    lesson = notebook.metadata.get("course", {}).get("lesson", assignment)
    carried = {cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells}
    if lesson != assignment:
        reason = f"The notebook is that of the lesson {str(lesson)[:80]}, not of {assignment}."
    elif carried.isdisjoint(grade_ids):
        reason = (
            f"The notebook has none of the exercises of {assignment}, or lost the hidden marks (cell metadata) of them."
        )
    else:
        return
    raise UnreadableSubmission(
        reason, f"Open the released notebook of {assignment}, copy your answers into it, and hand that in."
    )


def _read_extras(paths: list[Path], folder: Path, notes: list[str]) -> list[tuple[str, bytes]]:
    left = MOST_EXTRA_BYTES
    taken, skipped = [], []
    for path in paths:
        if path.stat().st_size > left:
            skipped.append(path)
            continue
        data = _read(path)
        if path == folder / TIMESTAMP and not _is_timestamp(data):
            notes.append(f"{TIMESTAMP} does not hold a date; the submission counts as in time.")
            continue
        left -= len(data)
        taken.append((path.relative_to(folder).as_posix(), data))
    if skipped:
        notes.append(f"Files were left out, because they are too large: {_names(skipped, folder)}.")
    return taken


def _is_timestamp(data: bytes) -> bool:
    try:
        parse_utc(data.decode("ascii").strip())
    except (ValueError, OverflowError):
        return False
    return True


def _looks_like_notebook(path: Path) -> bool:
    """Browsers and mail programs make lesson.ipynb.txt, lesson.ipynb.json or lesson (1).ipynb of it."""
    return _SUFFIX in path.name.lower()


def _names(paths: list[Path], folder: Path) -> str:
    return ", ".join(path.relative_to(folder).as_posix() for path in paths)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableSubmission(f"{path.name} cannot be read: {error.strerror}.") from None
