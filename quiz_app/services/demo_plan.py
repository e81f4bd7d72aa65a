"""What an invented enterprise is like, and the rows that are made of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ..store.db import Base

Rows = dict[type[Base], list[dict[str, Any]]]


@dataclass(frozen=True)
class Names:
    """A name in both languages."""

    zh: str
    en: str


@dataclass(frozen=True)
class EnterprisePlan:
    """What an invented enterprise is like."""

    code: str
    names: Names
    people: int
    opens_on: date
    due_on: date
    today: date
    recorded_at: datetime
    password_hash: str
