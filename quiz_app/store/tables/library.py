"""The stored library releases, and what the rules need of them as rows. No row is about a person."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base


class Instance(Base):
    """The one row about this database: its frozen time zone and whether it holds demo data."""

    __tablename__ = "instance"
    id: Mapped[int] = mapped_column(primary_key=True)
    time_zone: Mapped[str]
    demo: Mapped[bool]
    created_at: Mapped[datetime]
    __table_args__ = (CheckConstraint("id = 1", name="single"),)


class LibraryRelease(Base):
    """The whole library under its digest; sittings, passes and reports name it."""

    __tablename__ = "library_release"
    digest: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    recorded_at: Mapped[datetime]
    # Finds the newest release without reading the stored libraries.
    __table_args__ = (Index("ix_library_release_recorded", "recorded_at"),)


class ReleaseCitation(Base):
    """A clause that a concept cites in a release, at its revision: what a pass then rests on."""

    __tablename__ = "release_citation"
    digest: Mapped[str] = mapped_column(ForeignKey("library_release.digest"), primary_key=True)
    module_id: Mapped[str] = mapped_column(primary_key=True)
    concept_id: Mapped[str] = mapped_column(primary_key=True)
    clause_ref: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int]


class ClauseChange(Base):
    """A change of meaning of a clause; it applies from `effective_on`.

    That is the later of the change's own date and the day its release was recorded (product.md §8.3).
    """

    __tablename__ = "clause_change"
    clause_ref: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    effective_on: Mapped[date]
    digest: Mapped[str] = mapped_column(ForeignKey("library_release.digest"))
    recorded_at: Mapped[datetime]
