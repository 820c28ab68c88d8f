"""Finding a submission's notebook and copying it, without touching the original."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path

import pytest
from nbformat import NotebookNode

from autograder.grading import staging
from autograder.grading.intake import UnreadableSubmission
from autograder.grading.staging import StagedSubmission, fingerprint_of_files, stage_submission
from tests.grading.conftest import LESSON, text_of

IDS = {"double", "total"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "submitted" / "ada" / LESSON
    made.mkdir(parents=True)
    return made


@pytest.fixture
def stage(folder: Path, tmp_path: Path) -> Callable[[], tuple[StagedSubmission, dict[str, bytes]]]:
    """Stage the folder; return the outcome and the staged files, having checked that the original is as it was."""

    def run() -> tuple[StagedSubmission, dict[str, bytes]]:
        before = fingerprint_of_files(folder)
        target = tmp_path / "staged" / str(len(list(tmp_path.glob("staged/*"))))
        try:
            staged = stage_submission(folder, LESSON, IDS)
            staged.write_to(target)
        finally:
            assert fingerprint_of_files(folder) == before
        files = {path.relative_to(target).as_posix(): path.read_bytes() for path in target.rglob("*") if path.is_file()}
        return staged, files

    return run


Stage = Callable[[], tuple[StagedSubmission, dict[str, bytes]]]


def write(path: Path, notebook: NotebookNode) -> bytes:
    data = text_of(notebook).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return data


def test_the_notebook_keeps_its_bytes_and_extras_come_along(folder: Path, stage: Stage, released: NotebookNode) -> None:
    data = write(folder / f"{LESSON}.ipynb", released)
    write(folder / ".ipynb_checkpoints" / f"{LESSON}-checkpoint.ipynb", released)
    (folder / "data").mkdir()
    (folder / "data" / "helper.py").write_bytes(b"x = 1")
    (folder / "timestamp.txt").write_bytes(b"2026-01-02 03:04:05 UTC")
    staged, files = stage()
    assert files == {
        f"{LESSON}.ipynb": data,
        "data/helper.py": b"x = 1",
        "timestamp.txt": b"2026-01-02 03:04:05 UTC",
    }
    assert staged.notes == ()


@pytest.mark.parametrize("name", ["mine.ipynb", f"{LESSON}.ipynb.txt", f"{LESSON} (1).IPYNB", "deep/er/x.ipynb"])
def test_a_renamed_notebook_is_found(folder: Path, stage: Stage, released: NotebookNode, name: str) -> None:
    data = write(folder / name, released)
    staged, files = stage()
    assert files == {f"{LESSON}.ipynb": data}
    assert name in staged.notes[0]


def test_of_several_notebooks_the_one_of_this_lesson_is_taken(
    folder: Path, stage: Stage, released: NotebookNode
) -> None:
    other = copy.deepcopy(released)
    other.metadata["course"] = {"lesson": "z9_other"}
    write(folder / "other.ipynb", other)
    (folder / "scratch.ipynb").write_bytes(b"")
    data = write(folder / "mine.ipynb", released)
    staged, files = stage()
    assert files == {f"{LESSON}.ipynb": data}
    assert "mine.ipynb" in staged.notes[0] and "other.ipynb, scratch.ipynb" in staged.notes[1]


def test_which_of_two_fitting_notebooks_is_meant_is_not_guessed(
    folder: Path, stage: Stage, released: NotebookNode
) -> None:
    write(folder / "one.ipynb", released)
    write(folder / "two.ipynb", released)
    with pytest.raises(UnreadableSubmission, match=r"one\.ipynb, two\.ipynb"):
        stage()


def test_missing_and_useless_notebooks_are_refused(folder: Path, stage: Stage, released: NotebookNode) -> None:
    with pytest.raises(UnreadableSubmission, match=f"{LESSON}.ipynb is missing"):
        stage()
    (folder / "mine.ipynb").write_bytes(b"{")
    with pytest.raises(UnreadableSubmission, match=r"mine\.ipynb: The file is not valid JSON: line 1, column 2"):
        stage()


def test_a_notebook_of_another_lesson_is_refused_not_given_zero(
    folder: Path, stage: Stage, released: NotebookNode
) -> None:
    other = copy.deepcopy(released)
    other.metadata["course"] = {"lesson": "z9_other"}
    write(folder / f"{LESSON}.ipynb", other)
    with pytest.raises(UnreadableSubmission, match="of the lesson z9_other"):
        stage()
    bare = copy.deepcopy(released)
    for cell in bare.cells:
        cell["metadata"] = {}
    write(folder / f"{LESSON}.ipynb", bare)
    with pytest.raises(UnreadableSubmission, match="none of the exercises"):
        stage()


def test_links_are_not_followed(folder: Path, stage: Stage, released: NotebookNode, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "key").write_text("secret")
    write(folder / f"{LESSON}.ipynb", released)
    (folder / "key").symlink_to(secret / "key")
    (folder / "all").symlink_to(secret)
    staged, files = stage()
    assert set(files) == {f"{LESSON}.ipynb"}
    assert "2 links" in staged.notes[0]


def test_a_link_is_not_a_notebook(folder: Path, stage: Stage, released: NotebookNode, tmp_path: Path) -> None:
    write(tmp_path / "elsewhere.ipynb", released)
    (folder / f"{LESSON}.ipynb").symlink_to(tmp_path / "elsewhere.ipynb")
    with pytest.raises(UnreadableSubmission, match="is missing"):
        stage()


def test_very_large_extras_and_bad_timestamps_are_left_out(
    folder: Path, stage: Stage, released: NotebookNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "MOST_EXTRA_BYTES", 100)
    write(folder / f"{LESSON}.ipynb", released)
    (folder / "large.bin").write_bytes(b"0" * 101)
    (folder / "timestamp.txt").write_bytes(b"yesterday evening")
    staged, files = stage()
    assert set(files) == {f"{LESSON}.ipynb"}
    assert "large.bin" in " ".join(staged.notes) and "does not hold a date" in " ".join(staged.notes)


def test_the_fingerprint_follows_every_file(folder: Path, stage: Stage, released: NotebookNode) -> None:
    write(folder / f"{LESSON}.ipynb", released)
    first, _files = stage()
    again, _files = stage()
    (folder / "helper.py").write_bytes(b"x = 1")
    other, _files = stage()
    assert first.fingerprint == again.fingerprint != other.fingerprint
