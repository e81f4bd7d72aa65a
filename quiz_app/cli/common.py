"""What commands share: settings, the database opened and checked, the moment."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from ..config import Settings, load_settings
from ..store import db, schema

commit_option = click.option("--commit", is_flag=True, help="真正写入；不加则只显示将做什么 / really write")


def open_database() -> Settings:
    """Connects to the database of the settings; raises `SchemaWrong` where it is not of this version."""
    settings = load_settings()
    db.connect(settings.database_url)
    schema.require_current(db.session())
    return settings


def now() -> datetime:
    """The moment of this command."""
    return datetime.now(UTC)


def would(sentence: str) -> None:
    """Says what a command would do without ``--commit``."""
    click.echo(f"{sentence}\n没有写入；加 --commit 执行。 / Nothing was written; add --commit to do it.")
