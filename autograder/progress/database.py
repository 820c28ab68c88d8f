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

_WAIT_SECONDS = 5.0


class ProgressUnavailable(Exception):
    """The file cannot be read or written; the text names it, the reason and the mend."""


def database_path() -> Path:
    """Return the path of the file, which need not exist."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else user_data_path("cv-interview-course", appauthor=False) / "progress.sqlite3"


@contextlib.contextmanager
def transaction(schema: str) -> Iterator[sqlite3.Connection]:
    """Open the file for one transaction, which is kept as a whole or not at all.

    Several notebooks and commands may do so at once: one waits for the other. A process that is
    killed in the middle leaves what was there before.

    Args:
        schema: ``CREATE ... IF NOT EXISTS`` statements of the tables that the caller uses.

    Raises:
        ProgressUnavailable: if the file cannot be made, read or written, or is no database.
    """
    path = database_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.closing(sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)) as connection:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA synchronous = FULL")
            for statement in filter(str.strip, schema.split(";")):
                connection.execute(statement)
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
    except (OSError, sqlite3.Error) as error:
        raise ProgressUnavailable(
            f"{path}: progress cannot be kept there ({error}). Mend: make the file writable, move a damaged one away, "
            f"or name another in {VARIABLE}."
        ) from None
