"""Enterprises and their two trees of units, administrative and party, with dated edges."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base
from .columns import Fact, Identified, Valid, index_of_retracts, within


class Enterprise(Base):
    """A tenant; the supervisor and the administrator have tenants of their own."""

    __tablename__ = "enterprise"
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    created_at: Mapped[datetime]
    __table_args__ = (CheckConstraint("kind IN ('enterprise', 'supervisor', 'system')", name="kind"),)


class EnterpriseSetting(Identified, Valid, Base):
    """A value an enterprise sets, such as the days allowed for a make-up."""

    __tablename__ = "enterprise_setting"
    key: Mapped[str]
    value: Mapped[str]
    __table_args__ = (
        # Finds the value of a setting.
        Index("ix_enterprise_setting_key", "enterprise_id", "key"),
        index_of_retracts("ix_enterprise_setting_retracts"),
    )


class Unit(Identified, Fact, Base):
    """A unit of one of the two trees; `kind` is for example department or party_branch."""

    __tablename__ = "unit"
    line: Mapped[str]
    kind: Mapped[str]
    __table_args__ = (CheckConstraint("line IN ('administrative', 'party')", name="line"),)


class UnitName(Identified, Valid, Base):
    """What a unit is called during a span of days."""

    __tablename__ = "unit_name"
    unit_id: Mapped[str]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    __table_args__ = (
        within("unit_id", "unit.id"),
        # Finds the name of a unit, for the trees.
        Index("ix_unit_name_unit", "enterprise_id", "unit_id"),
        index_of_retracts("ix_unit_name_retracts"),
    )


class UnitEdge(Identified, Valid, Base):
    """That a unit lies under another during a span of days; the root has no edge."""

    __tablename__ = "unit_edge"
    child_id: Mapped[str]
    parent_id: Mapped[str]
    __table_args__ = (
        within("child_id", "unit.id"),
        within("parent_id", "unit.id"),
        # Finds the parent of a unit, for the trees.
        Index("ix_unit_edge_child", "enterprise_id", "child_id"),
        index_of_retracts("ix_unit_edge_retracts"),
    )


class UnitLineage(Identified, Fact, Base):
    """That a unit came out of another by renaming, merging or splitting on a day."""

    __tablename__ = "unit_lineage"
    kind: Mapped[str]
    from_unit_id: Mapped[str]
    to_unit_id: Mapped[str]
    happened_on: Mapped[date]
    __table_args__ = (
        within("from_unit_id", "unit.id"),
        within("to_unit_id", "unit.id"),
        CheckConstraint("kind IN ('renamed', 'merged', 'split')", name="kind"),
    )
