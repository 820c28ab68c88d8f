"""Put what a student handed in into the form that nbgrader grades, without touching the original."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.utils import parse_utc

from autograder.grading.intake import UnreadableSubmission, read_submission

MOST_EXTRA_BYTES = 50_000_000
"""Size of all files together that are taken in beside the notebook."""

_IGNORED_FOLDERS = {".ipynb_checkpoints", "__pycache__", ".git"}
_SUFFIX = ".ipynb"
_TIMESTAMP = "timestamp.txt"


@dataclass(frozen=True)
class StagedSubmission:
    """A submission that can be graded.

    Attributes:
        notes: what had to be done to the folder.
        fingerprint: stands for the content of all staged files and the notes.
    """

    notes: tuple[str, ...]
    fingerprint: str


def stage_submission(
    submitted: Path, assignment: str, grade_ids: Collection[str], destination: Path
) -> StagedSubmission:
    """Copy the submission in the folder ``submitted`` to the new folder ``destination``.

    The notebook keeps its bytes, but gets the name that nbgrader expects. Links are not followed,
    and other notebooks and very large files are left behind.

    Args:
        submitted: what the student handed in; it is only read.
        assignment: name of the assignment and of its notebook.
        grade_ids: ids of the cells of the assignment.
        destination: where to put the copy; it must not exist.

    Raises:
        UnreadableSubmission: if there is no notebook of this assignment that can be read.
    """
    notes: list[str] = []
    files = _regular_files(submitted, notes)
    notebook = _find_notebook(submitted, files, assignment, grade_ids, notes)
    destination.mkdir(parents=True)
    (destination / f"{assignment}{_SUFFIX}").write_bytes(_read(notebook))
    others = [path for path in files if path != notebook and _looks_like_notebook(path)]
    if others:
        notes.append(f"Other notebooks in the folder were left out: {_names(others, submitted)}.")
    _copy_extras([path for path in files if path != notebook and path not in others], submitted, destination, notes)
    return StagedSubmission(tuple(notes), _fingerprint(destination, notes))


def fingerprint_of_files(folder: Path) -> str:
    """Return a fingerprint of the names and contents of all files below ``folder``."""
    total = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        total.update(
            f"{path.relative_to(folder).as_posix()}\0{path.stat().st_size}\0".encode("utf-8", "surrogateescape")
        )
        total.update(path.read_bytes())
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
) -> Path:
    expected = folder / f"{assignment}{_SUFFIX}"
    if expected in files:
        notebook, _ = read_submission(_read(expected))
        _check_belongs(notebook, assignment, grade_ids)
        return expected
    candidates = [path for path in files if _looks_like_notebook(path)]
    if not candidates:
        raise UnreadableSubmission(
            f"There is no notebook: {expected.name} is missing.", f"Hand in {expected.name} once more."
        )
    fitting, refused = [], []
    for path in candidates:
        try:
            notebook, _ = read_submission(_read(path))
            _check_belongs(notebook, assignment, grade_ids)
            fitting.append(path)
        except UnreadableSubmission as error:
            refused.append(f"{path.relative_to(folder).as_posix()}: {error.reason}")
    if len(fitting) == 1:
        notes.append(
            f"The notebook was called {_names(fitting, folder)} instead of {expected.name}; it was taken for it."
        )
        return fitting[0]
    if fitting:
        raise UnreadableSubmission(
            f"{expected.name} is missing, and several notebooks could be meant: {_names(fitting, folder)}.",
            f"Hand in only one of them, called {expected.name}.",
        )
    raise UnreadableSubmission(
        f"{expected.name} is missing, and no other notebook can be taken for it ({' '.join(refused)})",
        f"Hand in {expected.name} once more.",
    )


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


def _copy_extras(files: list[Path], folder: Path, destination: Path, notes: list[str]) -> None:
    left = MOST_EXTRA_BYTES
    skipped = []
    for path in files:
        size = path.stat().st_size
        if size > left:
            skipped.append(path)
            continue
        data = _read(path)
        if path == folder / _TIMESTAMP and not _is_timestamp(data):
            notes.append(f"{_TIMESTAMP} does not hold a date; the submission counts as in time.")
            continue
        left -= size
        target = destination / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    if skipped:
        notes.append(f"Files were left out, because they are too large: {_names(skipped, folder)}.")


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


def _fingerprint(folder: Path, notes: list[str]) -> str:
    return hashlib.sha256(
        "\0".join([fingerprint_of_files(folder), *notes]).encode("utf-8", "surrogateescape")
    ).hexdigest()
