"""Members, their dated places in the two trees, and the study cycle they owe."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base
from .columns import Fact, Identified, Tenant, Valid, index_of_retracts, within


class Member(Identified, Fact, Base):
    """A person of one enterprise; nothing is kept but name and staff number."""

    __tablename__ = "member"
    staff_number: Mapped[str]
    name: Mapped[str]
    __table_args__ = (
        # One person a staff number; also the order of the completion list by staff number.
        UniqueConstraint("enterprise_id", "staff_number"),
        # The order of the completion list by name.
        Index("ix_member_name", "enterprise_id", "name", "staff_number"),
    )


class Membership(Identified, Valid, Base):
    """A person's place in one tree during a span of days, with the post held there."""

    __tablename__ = "membership"
    member_id: Mapped[str]
    unit_id: Mapped[str]
    line: Mapped[str]
    post: Mapped[str]
    __table_args__ = (
        within("member_id", "member.id"),
        within("unit_id", "unit.id"),
        CheckConstraint("line IN ('administrative', 'party')", name="line"),
        # Finds a person's places, and who was in a tree on a day.
        Index("ix_membership_member", "enterprise_id", "member_id", "line"),
        index_of_retracts("ix_membership_retracts"),
        # Finds the people of a unit, for lists filtered by unit or branch.
        Index("ix_membership_unit", "enterprise_id", "unit_id"),
    )


class Cycle(Identified, Fact, Base):
    """A study task 学习任务: which modules, opens, due; whether earlier passes count."""

    __tablename__ = "cycle"
    name_zh: Mapped[str]
    name_en: Mapped[str]
    opens_on: Mapped[date]
    due_on: Mapped[date]
    earlier_passes_count: Mapped[bool]


class CycleModule(Tenant, Base):
    """A module a cycle asks for."""

    __tablename__ = "cycle_module"
    cycle_id: Mapped[str] = mapped_column(primary_key=True)
    module_id: Mapped[str] = mapped_column(primary_key=True)
    __table_args__ = (within("cycle_id", "cycle.id"),)


class CycleAudience(Identified, Base):
    """Who a cycle is for: a unit with all below it, a post, both, or (both empty) everybody."""

    __tablename__ = "cycle_audience"
    cycle_id: Mapped[str]
    unit_id: Mapped[str | None]
    post: Mapped[str | None]
    __table_args__ = (within("cycle_id", "cycle.id"), within("unit_id", "unit.id"))


class Waiver(Identified, Valid, Base):
    """That a person need not study a module of a cycle 免学(已批准), and the reason's code."""

    __tablename__ = "waiver"
    member_id: Mapped[str]
    cycle_id: Mapped[str]
    module_id: Mapped[str]
    reason: Mapped[str]
    __table_args__ = (
        within("member_id", "member.id"),
        within("cycle_id", "cycle.id"),
        Index("ix_waiver_member", "enterprise_id", "cycle_id", "member_id"),
        index_of_retracts("ix_waiver_retracts"),
    )


class Extension(Identified, Fact, Base):
    """A later due date for one person and cycle; the latest recorded one holds."""

    __tablename__ = "extension"
    member_id: Mapped[str]
    cycle_id: Mapped[str]
    due_on: Mapped[date]
    reason: Mapped[str]
    __table_args__ = (
        within("member_id", "member.id"),
        within("cycle_id", "cycle.id"),
        Index("ix_extension_member", "enterprise_id", "cycle_id", "member_id"),
    )
