"""Open nbgrader's gradebook: made as a whole, and without paying for the same statements again and again."""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from sqlalchemy import Engine, make_url, text
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

_SHARED = "sqlite+shared"


class SharedSQLite(SQLiteDialect_pysqlite):
    """SQLAlchemy's SQLite with one memory of compiled statements for all engines.

    For one submission nbgrader opens the gradebook about eight times, each time with an engine of its
    own, and would compile the same thirty statements for each. SQLAlchemy keeps a compiled statement
    by dialect object and engine, so there is one dialect object, and each engine is given one cache.
    """

    supports_statement_cache = True
    _only: SharedSQLite | None = None
    _compiled: MutableMapping[Any, Any] = {}

    def __new__(cls, **_options: Any) -> SharedSQLite:
        """Return the only one."""
        if cls._only is None:
            cls._only = super().__new__(cls)
        return cls._only

    def __init__(self, **options: Any):
        if not vars(self):
            super().__init__(**options)

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        """Called by SQLAlchemy for each engine that it has made."""
        engine.update_execution_options(compiled_cache=cls._compiled)


registry.register(_SHARED.replace("+", "."), __name__, SharedSQLite.__name__)


def shared_url(db_url: str) -> str:
    """Return a URL of the same gradebook whose engines share what they have compiled; only SQLite has one."""
    scheme, separator, rest = db_url.partition("://")
    return f"{_SHARED}{separator}{rest}" if scheme in ("sqlite", "sqlite+pysqlite") else db_url


def open_gradebook(db_url: str, course_id: str) -> Gradebook:
    """Open the gradebook; a new one appears as a whole.

    nbgrader makes the tables first and records their version a second later. Cut short in between, it
    would leave a gradebook that `nbgrader db upgrade` cannot read.
    """
    url = make_url(db_url)
    if url.get_backend_name() == "sqlite" and url.database and not Path(url.database).exists():
        path = Path(url.database)
        new = path.with_name(f".{path.name}.new")
        new.unlink(missing_ok=True)
        Gradebook(f"sqlite:///{new.absolute()}", course_id).close()
        new.replace(path)
    gradebook = Gradebook(db_url, course_id)
    _add_indexes(gradebook)
    return gradebook


def _add_indexes(gradebook: Gradebook) -> None:
    """Let the rows of one submission be found without reading those of the whole class."""
    for table, column in (
        ("grade", "notebook_id"),
        ("comment", "notebook_id"),
        ("submitted_notebook", "assignment_id"),
    ):
        gradebook.db.execute(text(f"CREATE INDEX IF NOT EXISTS course_{table}_{column} ON {table} ({column})"))
    gradebook.db.commit()
