"""Real databases for tests: an own SQLite file or an own PostgreSQL database each, copied from a migrated one."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from quiz_app.store import schema
from quiz_app.store.db import connect, disconnect

USUAL_ADDRESS = "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"


def postgres_address() -> str | None:
    """Where PostgreSQL answers: the address given, or the usual local one; nothing where none does."""
    address = os.environ.get("RONGCUO_TEST_POSTGRES_URL", USUAL_ADDRESS)
    address = address.replace("postgresql://", "postgresql+psycopg://", 1)
    engine = create_engine(address, connect_args={"connect_timeout": 3})
    try:
        engine.connect().close()
    except OperationalError:
        return None
    finally:
        engine.dispose()
    return address


def _administer(address: str, *statements: str) -> None:
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def migrated_sqlite(folder: Path) -> Path:
    """A migrated, empty SQLite file to copy from."""
    path = folder / "template.sqlite3"
    schema.upgrade(connect(f"sqlite:///{path}"))
    disconnect()
    return path


def sqlite_copy(template: Path, folder: Path) -> str:
    """The address of an own copy of a migrated SQLite file."""
    path = folder / "test.sqlite3"
    shutil.copy(template, path)
    return f"sqlite:///{path}"


@contextmanager
def migrated_postgres(address: str) -> Iterator[str]:
    """The name of a migrated, empty PostgreSQL database to copy from, dropped at the end."""
    name = f"rongcuo_template_{uuid.uuid4().hex[:12]}"
    _administer(address, f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'")
    schema.upgrade(connect(_in(address, name)))
    disconnect()
    try:
        yield name
    finally:
        _administer(address, f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def postgres_copy(address: str, template: str) -> Iterator[str]:
    """The address of an own copy of a migrated PostgreSQL database, dropped at the end."""
    name = f"rongcuo_test_{uuid.uuid4().hex[:12]}"
    _administer(address, f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield _in(address, name)
    finally:
        disconnect()
        _administer(address, f"DROP DATABASE {name} WITH (FORCE)")


def _in(address: str, database: str) -> str:
    return f"{address.rsplit('/', 1)[0]}/{database}"
