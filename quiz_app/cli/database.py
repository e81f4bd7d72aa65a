"""`rongcuo db upgrade`: brings the schema to this version."""

from __future__ import annotations

import click

from ..config import load_settings
from ..services.instance import create_instance
from ..services.libraries import read_library, store_release
from ..store import db, schema
from .common import now


@click.group("db")
def database() -> None:
    """数据库 / The database."""


@database.command()
def upgrade() -> None:
    """升级数据库结构，可重复执行 / Migrate the schema; safe to run again."""
    settings = load_settings()
    engine = db.connect(settings.database_url)
    schema.upgrade(engine)
    create_instance(settings.timezone, now(), demo=False)
    store_release(read_library(settings), now())
    click.echo("数据库结构已是最新。 / The schema is up to date.")
