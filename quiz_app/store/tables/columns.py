"""Columns that many tables share: the tenant key, the random id, the two times of a fact."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from ..db import new_id

__all__ = ["Fact", "Identified", "Tenant", "Valid", "index_of_retracts", "within"]


class Tenant:
    """`enterprise_id` leads the key of every table about people."""

    @declared_attr
    @classmethod
    def enterprise_id(cls) -> Mapped[str]:
        """The enterprise the row belongs to."""
        return mapped_column(ForeignKey("enterprise.id"), primary_key=True, sort_order=-3)


class Identified(Tenant):
    """A row with a random public id inside its enterprise."""

    @declared_attr
    @classmethod
    def id(cls) -> Mapped[str]:
        """A random public id."""
        return mapped_column(primary_key=True, default=new_id, sort_order=-2)


class Fact:
    """When the row was recorded; facts are inserted and never changed."""

    recorded_at: Mapped[datetime] = mapped_column(sort_order=50)


class Valid(Fact):
    """A fact that holds for a span of days ``[valid_from, valid_to)``.

    A correction or an end is a new row whose `retracts` names the row it replaces; an empty
    span only withdraws.
    """

    valid_from: Mapped[date] = mapped_column(sort_order=40)
    valid_to: Mapped[date | None] = mapped_column(sort_order=41)
    retracts: Mapped[str | None] = mapped_column(sort_order=51)


def index_of_retracts(name: str) -> Index:
    """Finds what withdrew a row.

    Only the few rows that withdraw one are in it: with all the empty ones in it, SQLite's statistics after ANALYZE
    make it look useless, and each look-up becomes a walk through the table.
    """
    held = text("retracts IS NOT NULL")
    return Index(name, "enterprise_id", "retracts", sqlite_where=held, postgresql_where=held)


def within(column: str, target: str) -> ForeignKeyConstraint:
    """A foreign key to a row of the same enterprise."""
    table, key = target.split(".")
    return ForeignKeyConstraint(["enterprise_id", column], [f"{table}.enterprise_id", f"{table}.{key}"])
