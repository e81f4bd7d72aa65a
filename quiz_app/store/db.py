"""The database: connection rules of both engines, column types, ids, and the one way to save."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Date, DateTime, Engine, MetaData, String, create_engine, event
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError, PendingRollbackError
from sqlalchemy.orm import DeclarativeBase, Session, scoped_session, sessionmaker
from sqlalchemy.types import TypeDecorator

__all__ = ["CONFLICT", "Base", "BinaryText", "Session", "UtcDateTime", "connect", "disconnect", "end_request", "new_id"]
__all__ += ["drop_log", "engine_options", "is_unavailable", "saving", "session"]

BUSY_SECONDS = 15
UNAVAILABLE = (OperationalError, InterfaceError)
"""What is raised when the database is full, locked or gone; pages answer 503."""

CONFLICT = IntegrityError
"""What is raised when a unique key already holds the row; the first row stands."""

_ID_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
_ID_LENGTH = 20


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware in Python, UTC in the database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuses a naive moment and stores any other as UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Gives the moment back as aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


BinaryText = String().with_variant(String(collation="C"), "postgresql")
"""Text that both engines compare byte by byte."""


class Base(DeclarativeBase):
    """Base of all tables; constraints have names so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {str: BinaryText, datetime: UtcDateTime, date: Date}  # noqa: RUF012 - SQLAlchemy's own form


_sessions = scoped_session(sessionmaker(autoflush=False, expire_on_commit=False))

# What a request reads outside its save runs in a transaction that PostgreSQL lets write nothing.
_READING: dict[str, dict[str, Any]] = {"postgresql": {"postgresql_readonly": True}}
_SAVING: dict[str, dict[str, Any]] = {
    "postgresql": {"postgresql_readonly": False},
    "sqlite": {"begin_immediate": True},
}


def connect(database_url: str) -> Engine:
    """Sets the database that this process speaks to, and returns its engine."""
    disconnect()
    engine = create_engine(database_url, **engine_options(database_url))
    _sessions.configure(bind=engine.execution_options(**_READING.get(engine.dialect.name, {})))
    return engine


def disconnect() -> None:
    """Gives the connections of this process back."""
    bind = _sessions.session_factory.kw.get("bind")
    end_request()
    _sessions.configure(bind=None)
    if bind is not None:
        bind.dispose()


def session() -> Session:
    """The session of this thread."""
    return _sessions()


def end_request() -> None:
    """Ends whatever this thread still reads, at the end of a request or command."""
    try:
        if _sessions.registry.has():
            _end_read(session())
        _sessions.remove()
    except UNAVAILABLE:
        # The connection died after its last query: what was read stands, and there is nothing left to end.
        _sessions.registry.clear()


def new_id() -> str:
    """A random public id: 20 characters of a 32-letter alphabet, 100 bits."""
    return "".join(secrets.choice(_ID_ALPHABET) for _ in range(_ID_LENGTH))


@contextmanager
def saving() -> Iterator[Session]:
    """The one save of a service call: ends the read before it, takes the write lock, commits or rolls back.

    SQLite begins with IMMEDIATE, because a read that later turns into a write fails at once there.
    """
    current = session()
    _end_read(current)
    current.connection(execution_options=_SAVING[current.get_bind().dialect.name])
    try:
        yield current
        current.commit()
    except BaseException:
        current.rollback()
        raise


def drop_log() -> None:
    """Moves SQLite's log into the database file and empties it, after a save that erased something.

    Where somebody else reads for longer than a second, it is emptied later, as it is anyhow.
    """
    engine = session().get_bind()
    if not isinstance(engine, Engine) or engine.dialect.name != "sqlite":
        return
    pooled = engine.raw_connection()
    try:
        connection: Any = pooled.driver_connection
        # Writers wait meanwhile, so the wait for readers is a short one.
        for pragma in ("busy_timeout=1000", "wal_checkpoint(TRUNCATE)", f"busy_timeout={BUSY_SECONDS * 1000}"):
            connection.execute(f"PRAGMA {pragma}").close()
    finally:
        pooled.close()


def _end_read(current: Session) -> None:
    if current.get_bind().dialect.name != "postgresql":
        current.rollback()
        return
    try:
        # A rollback would make the driver forget its prepared statements, and PostgreSQL plan each query anew.
        current.commit()
    except PendingRollbackError:
        # The connection was lost within the read, so there is nothing that a commit could end.
        current.rollback()


@event.listens_for(Engine, "connect")
def _prepare_connection(connection: Any, _record: object) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    # The driver must not begin transactions itself: `_begin` decides which kind.
    connection.isolation_level = None
    # With `secure_delete` SQLite writes zeros over what it takes out, also where it only moves it to another page.
    pragmas = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
    for pragma in (*pragmas, f"busy_timeout={BUSY_SECONDS * 1000}"):
        connection.execute(f"PRAGMA {pragma}").close()


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        immediate = connection.get_execution_options().get("begin_immediate", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def engine_options(database_url: str) -> dict[str, Any]:
    """Pool and connection options for an address, the same in the service, commands and tests."""
    # An error that is logged names the statement, never what somebody wrote or answered.
    if database_url.startswith("sqlite"):
        return {"hide_parameters": True, "connect_args": {"timeout": BUSY_SECONDS}}
    return {
        "hide_parameters": True,
        "pool_pre_ping": True,
        "pool_size": 4,
        "max_overflow": 4,
        "pool_timeout": 10,
        # What a connection asks again and again, and only that, is prepared; its plan is made once.
        "connect_args": {
            "connect_timeout": 5,
            "options": "-c synchronous_commit=on -c lock_timeout=15s -c plan_cache_mode=force_generic_plan",
        },
    }


def is_unavailable(error: BaseException) -> bool:
    """Whether an error means that the database cannot be written or reached just now."""
    return isinstance(error, UNAVAILABLE) or (isinstance(error, DBAPIError) and error.connection_invalidated)
