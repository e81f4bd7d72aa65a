"""This database: whether it holds demo data, and its first row."""

from __future__ import annotations

from datetime import datetime

from ..store import library
from ..store.db import saving
from ..store.tables.library import Instance


def is_demo() -> bool:
    """Whether this database holds invented people only; every page then says so."""
    row = library.instance()
    return row is not None and row.demo


def create_instance(time_zone: str, now: datetime, *, demo: bool) -> None:
    """Freezes the time zone into a new database, once; an existing row stands."""
    with saving() as current:
        if library.instance() is None:
            current.add(Instance(id=1, time_zone=time_zone, demo=demo, created_at=now))
