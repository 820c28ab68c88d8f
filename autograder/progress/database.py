"""The file in which progress is kept: an SQLite database in the user's data folder."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from platformdirs import user_data_path

VARIABLE = "COURSE_PROGRESS"
"""Environment variable that names another file; for tests, and for two learners on one account."""

_VERSION = 1
"""Kept in the file; raised when a program of before could not read what is written now."""

_WAIT_SECONDS = 10.0
_ELSEWHERE = f"or name another file in {VARIABLE}"
_DAMAGED = f"move the file away, and a new one is begun, {_ELSEWHERE}. Nothing was changed in it."
_MENDS = {
    "SQLITE_BUSY": "end the other program that is writing to it, or try again.",
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_FULL": f"make room on the disk, {_ELSEWHERE}.",
    "SQLITE_NOTADB": _DAMAGED,
}
_OTHER_MEND = f"make the file and its folder readable and writable for you, {_ELSEWHERE}."


class ProgressUnavailable(Exception):
    """The file cannot be read or written; the text names it, the reason and the mend."""


def database_path() -> Path:
    """Return the path of the file, which need not exist.

    Raises:
        ProgressUnavailable: if the environment variable names no absolute path.
    """
    named = os.environ.get(VARIABLE)
    if not named:
        return user_data_path("cv-interview-course", appauthor=False) / "progress.sqlite3"
    path = Path(named).expanduser()
    if not path.is_absolute():  # each notebook has another working folder, and would keep a file of its own
        raise ProgressUnavailable(f"{VARIABLE}={named} is not an absolute path. Mend: begin it with / or ~.")
    return path


@contextlib.contextmanager
def transaction(schema: str) -> Iterator[sqlite3.Connection]:
    """Open the file for one transaction, which is kept as a whole or not at all.

    Several notebooks and commands may do so at once: one waits for the other. A process that is
    killed in the middle leaves what was there before.

    Args:
        schema: ``CREATE ... IF NOT EXISTS`` statements of the tables that the caller uses.

    Raises:
        ProgressUnavailable: if the file cannot be made, read or written, is damaged, or was written by a newer
            version of the course.
    """
    path = database_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unavailable(path, error) from None
    with _connection(path, "rwc") as connection:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN IMMEDIATE")
        try:
            _refuse_newer(path, connection)
            for statement in filter(str.strip, schema.split(";")):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {_VERSION}")
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # SQLite itself has rolled back after some errors, a full disk among them
                connection.execute("ROLLBACK")
            raise


@contextlib.contextmanager
def reading(table: str) -> Iterator[sqlite3.Connection | None]:
    """Open the file to read one table; yields None if nothing has been kept in it yet.

    It makes no file and no table, so it works where nothing can be written.

    Raises:
        ProgressUnavailable: if the file cannot be read, is damaged, or was written by a newer version of the course.
    """
    path = database_path()
    try:
        exists = path.exists()
    except OSError as error:
        raise _unavailable(path, error) from None
    if not exists:
        yield None
        return
    # Not read-only: what a killed process left unfinished is rolled back by the next one that opens the file.
    with _connection(path, "rw") as connection:
        _refuse_newer(path, connection)
        known = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", [table]).fetchone()
        yield connection if known else None


@contextlib.contextmanager
def _connection(path: Path, mode: str) -> Iterator[sqlite3.Connection]:
    try:
        address = f"{path.as_uri()}?mode={mode}"
        opened = sqlite3.connect(address, uri=True, timeout=_WAIT_SECONDS, isolation_level=None)
        with contextlib.closing(opened) as connection:
            connection.row_factory = sqlite3.Row
            yield connection
    except sqlite3.Error as error:
        raise _unavailable(path, error) from None


def _refuse_newer(path: Path, connection: sqlite3.Connection) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > _VERSION:
        raise ProgressUnavailable(
            f"{path}: a newer version of the course wrote this file (its format is {version}; this course knows "
            f"{_VERSION}). Mend: update the course with `git pull` and `make setup`, {_ELSEWHERE}."
        )


def _unavailable(path: Path, error: OSError | sqlite3.Error) -> ProgressUnavailable:
    code = getattr(error, "sqlite_errorname", "")
    mend = next((mend for name, mend in _MENDS.items() if code.startswith(name)), _OTHER_MEND)
    return ProgressUnavailable(f"{path}: progress is not available ({error}). Mend: {mend}")
