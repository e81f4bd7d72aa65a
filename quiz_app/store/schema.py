"""The state of the schema: migrating it, once however many start together, and refusing a wrong one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, inspect, text
from sqlalchemy.orm import Session

from ..content.text import Text
from ..domain.errors import AppError

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0001"
"""The revision this version works with; a test holds it against the migrations."""

_MIGRATIONS = Path(__file__).resolve().parent / "migrations"
_LOCK = 7_230_118
"""Any number, the same for every process that migrates this product."""


class SchemaWrong(AppError):
    """The database was made by another version of the product."""

    sentence = Text(
        zh="数据库结构与程序版本不一致，服务没有启动。请先运行 rongcuo db upgrade；数据没有改动。",
        en="The database schema does not match this version; the service did not start. "
        "Run rongcuo db upgrade first; no data was changed.",
    )


def upgrade(engine: Engine) -> None:
    """Brings the schema to the newest revision in one transaction, under a lock."""
    # Alembic is loaded only here, so that the workers, which never migrate, do not carry it.
    from alembic import command

    database = engine.url.database
    if engine.dialect.name == "sqlite" and database and database != ":memory:":
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    with engine.connect().execution_options(begin_immediate=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def require_current(current: Session) -> None:
    """Raises `SchemaWrong` unless the database has the schema of this version."""
    if not is_current(current):
        raise SchemaWrong


def is_current(current: Session) -> bool:
    """Whether the database has the schema of this version; an empty database has none."""
    if not inspect(current.connection()).has_table("alembic_version"):
        return False
    return list(current.execute(text("SELECT version_num FROM alembic_version")).scalars()) == [HEAD]


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config
