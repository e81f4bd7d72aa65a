"""Participation reports with their inputs, files, release, delivery and receipts; lists of unfinished study."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base
from .columns import Fact, Identified, Tenant, Valid, within


class Report(Identified, Fact, Base):
    """A frozen report 学习情况报告 of a unit and month: its inputs, canonical JSON and digest."""

    __tablename__ = "report"
    unit_id: Mapped[str]
    cycle_id: Mapped[str]
    period: Mapped[str]
    version: Mapped[int]
    serial: Mapped[str]
    as_of: Mapped[date]
    known_at: Mapped[datetime]
    release_digest: Mapped[str] = mapped_column(ForeignKey("library_release.digest"))
    rules: Mapped[str]
    time_zone: Mapped[str]
    body: Mapped[str]
    sha256: Mapped[str]
    previous_id: Mapped[str | None]
    note: Mapped[str | None]
    built_by: Mapped[str | None]
    __table_args__ = (
        within("unit_id", "unit.id"),
        within("cycle_id", "cycle.id"),
        within("previous_id", "report.id"),
        # A second build of the same version is the first one.
        UniqueConstraint("enterprise_id", "unit_id", "period", "version"),
        UniqueConstraint("enterprise_id", "serial"),
    )


class ReportFile(Tenant, Base):
    """A file made once from a report and kept."""

    __tablename__ = "report_file"
    report_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str]
    recorded_at: Mapped[datetime]
    __table_args__ = (within("report_id", "report.id"), CheckConstraint("kind IN ('docx', 'xlsx')", name="kind"))


class ReportRelease(Tenant, Fact, Base):
    """That a report was checked and released; from then on the committee office reads it."""

    __tablename__ = "report_release"
    report_id: Mapped[str] = mapped_column(primary_key=True)
    released_by: Mapped[str | None]
    __table_args__ = (within("report_id", "report.id"),)


class Recipient(Identified, Valid, Base):
    """Somebody who receives the released reports of a unit by e-mail."""

    __tablename__ = "recipient"
    unit_id: Mapped[str]
    name: Mapped[str]
    email: Mapped[str]
    __table_args__ = (within("unit_id", "unit.id"),)


class Outbox(Identified, Base):
    """A message still to be sent or sent; its message id never changes between tries."""

    __tablename__ = "outbox"
    report_id: Mapped[str]
    recipient_id: Mapped[str]
    message_id: Mapped[str]
    tries: Mapped[int]
    next_try_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str | None]
    recorded_at: Mapped[datetime]
    __table_args__ = (
        within("report_id", "report.id"),
        within("recipient_id", "recipient.id"),
        # One message a report and recipient, however often the release is pressed.
        UniqueConstraint("enterprise_id", "report_id", "recipient_id"),
        # Finds what is due.
        Index("ix_outbox_due", "enterprise_id", "sent_at", "next_try_at"),
    )


class Receipt(Identified, Fact, Base):
    """签阅 or 批示意见 on a released report: by whom and on which day, also from the signed paper."""

    __tablename__ = "receipt"
    report_id: Mapped[str]
    kind: Mapped[str]
    signer: Mapped[str]
    signed_on: Mapped[date]
    text: Mapped[str | None]
    from_paper: Mapped[bool]
    entered_by: Mapped[str]
    once: Mapped[str]
    __table_args__ = (
        within("report_id", "report.id"),
        within("entered_by", "account.id"),
        # A form sent twice is one receipt.
        UniqueConstraint("enterprise_id", "report_id", "once"),
        CheckConstraint("kind IN ('read', 'instruction')", name="kind"),
    )


class UnfinishedList(Identified, Fact, Base):
    """A list of who has not finished 未完成名单, issued by HR on a request whose purpose is kept.

    `extent` says whether it holds only modules whose due date has passed; without `unit_id` it is
    about the whole enterprise.
    """

    __tablename__ = "unfinished_list"
    cycle_id: Mapped[str]
    unit_id: Mapped[str | None]
    extent: Mapped[str]
    as_of: Mapped[date]
    requested_by: Mapped[str]
    purpose: Mapped[str]
    issued_by: Mapped[str]
    once: Mapped[str]
    __table_args__ = (
        within("cycle_id", "cycle.id"),
        within("unit_id", "unit.id"),
        within("issued_by", "account.id"),
        # A form sent twice is one list.
        UniqueConstraint("enterprise_id", "once"),
        CheckConstraint("extent IN ('overdue', 'all')", name="extent"),
    )


class UnfinishedListRow(Tenant, Base):
    """A person and module on an issued list, with unit and due date as they were."""

    __tablename__ = "unfinished_list_row"
    list_id: Mapped[str] = mapped_column(primary_key=True)
    member_id: Mapped[str] = mapped_column(primary_key=True)
    module_id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    unit_id: Mapped[str]
    due_on: Mapped[date]
    __table_args__ = (
        within("list_id", "unfinished_list.id"),
        within("member_id", "member.id"),
        within("unit_id", "unit.id"),
        # The order of the list, read page by page.
        UniqueConstraint("enterprise_id", "list_id", "position"),
        # Shows people the lists they stood on.
        Index("ix_unfinished_list_row_member", "enterprise_id", "member_id"),
    )
