"""Many rows at once, for the demo data and for imports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import insert, select, update

from .db import Base, Session, session
from .tables.access import Account
from .tables.units import Enterprise

Rows = Mapping[type[Base], list[dict[str, Any]]]

_PIECE = 5000


def add_all(current: Session, rows: Rows) -> None:
    """Inserts the rows table by table in the order of their foreign keys, some thousand at a time."""
    for table in Base.metadata.sorted_tables:
        for kind, found in rows.items():
            if kind.__table__ is table:
                for piece in _pieces(found):
                    current.execute(insert(kind), piece)


def has_enterprises() -> bool:
    """Whether any enterprise is in the database."""
    return session().scalar(select(Enterprise.id).limit(1)) is not None


def set_all_passwords(current: Session, password_hash: str) -> None:
    """Gives every account of a demo database the same password."""
    current.execute(update(Account).values(password_hash=password_hash))


def _pieces(rows: list[dict[str, Any]]) -> Iterable[list[dict[str, Any]]]:
    for start in range(0, len(rows), _PIECE):
        yield rows[start : start + _PIECE]
