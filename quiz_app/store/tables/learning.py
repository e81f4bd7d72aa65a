"""Sittings, answers and passes: facts that are inserted once and never changed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base
from .columns import Fact, Identified, Tenant, within


class Sitting(Identified, Fact, Base):
    """One beginning of a module's quiz or make-up 一次作答; whether it is closed follows from its answers.

    `number` counts a person's sittings of a module, so that a double tap cannot begin two.
    """

    __tablename__ = "sitting"
    member_id: Mapped[str]
    module_id: Mapped[str]
    kind: Mapped[str]
    number: Mapped[int]
    started_on: Mapped[date]
    release_digest: Mapped[str] = mapped_column(ForeignKey("library_release.digest"))
    __table_args__ = (
        within("member_id", "member.id"),
        # Keeps a double tap from beginning two sittings, and finds a person's sittings of a module.
        UniqueConstraint("enterprise_id", "member_id", "module_id", "number"),
        CheckConstraint("kind IN ('quiz', 'make_up')", name="kind"),
    )


class SittingItem(Tenant, Base):
    """The item at a position of a sitting, with the order its options are shown in."""

    __tablename__ = "sitting_item"
    sitting_id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    concept_id: Mapped[str]
    item_id: Mapped[str]
    try_number: Mapped[int]
    option_order: Mapped[str]
    __table_args__ = (within("sitting_id", "sitting.id"),)


class Answer(Tenant, Base):
    """The one answer to the item at a position; a second one meets the key and changes nothing."""

    __tablename__ = "answer"
    sitting_id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    option_id: Mapped[str]
    right: Mapped[bool]
    confidence: Mapped[int | None]
    recorded_at: Mapped[datetime]
    __table_args__ = (
        ForeignKeyConstraint(
            ["enterprise_id", "sitting_id", "position"],
            ["sitting_item.enterprise_id", "sitting_item.sitting_id", "sitting_item.position"],
        ),
        CheckConstraint("confidence BETWEEN 1 AND 3", name="confidence"),
    )


class ModulePass(Identified, Fact, Base):
    """A completion record 完成记录 of one sitting; it stays readable whatever changes later."""

    __tablename__ = "module_pass"
    sitting_id: Mapped[str]
    member_id: Mapped[str]
    module_id: Mapped[str]
    kind: Mapped[str]
    passed_on: Mapped[date]
    release_digest: Mapped[str] = mapped_column(ForeignKey("library_release.digest"))
    __table_args__ = (
        within("sitting_id", "sitting.id"),
        within("member_id", "member.id"),
        # One pass a sitting, whatever is sent twice.
        UniqueConstraint("enterprise_id", "sitting_id"),
        # Finds a person's passes, and the passes a report counts.
        Index("ix_module_pass_member", "enterprise_id", "member_id", "module_id"),
        CheckConstraint("kind IN ('quiz', 'make_up')", name="kind"),
    )


class PassPin(Tenant, Base):
    """The revision of a clause that a concept of a pass rests on."""

    __tablename__ = "pass_pin"
    pass_id: Mapped[str] = mapped_column(primary_key=True)
    concept_id: Mapped[str] = mapped_column(primary_key=True)
    clause_ref: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int]
    __table_args__ = (
        within("pass_id", "module_pass.id"),
        # Finds the passes that a changed clause re-opens.
        Index("ix_pass_pin_clause", "enterprise_id", "clause_ref"),
    )


class Standing(Tenant, Base):
    """Dates kept for speed, computed from the facts and never a word; no row means no fact yet."""

    __tablename__ = "standing"
    cycle_id: Mapped[str] = mapped_column(primary_key=True)
    member_id: Mapped[str] = mapped_column(primary_key=True)
    module_id: Mapped[str] = mapped_column(primary_key=True)
    due_on: Mapped[date]
    started_on: Mapped[date | None]
    passed_on: Mapped[date | None]
    reopened_on: Mapped[date | None]
    make_up_due_on: Mapped[date | None]
    waived_from: Mapped[date | None]
    waived_to: Mapped[date | None]
    __table_args__ = (within("member_id", "member.id"), within("cycle_id", "cycle.id"))
