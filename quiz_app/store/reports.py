"""Frozen reports in the database: versions, files, release and receipts."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, insert, or_, select

from .db import Session, session
from .tables.reports import Receipt, Report, ReportFile, ReportRelease


@dataclass(frozen=True)
class ReportRow:
    """A report with its inputs, its canonical JSON and the digest of that JSON."""

    id: str
    unit_id: str
    cycle_id: str
    period: str
    version: int
    serial: str
    as_of: date
    known_at: datetime
    release_digest: str
    rules: str
    time_zone: str
    body: str
    sha256: str
    previous_id: str | None
    note: str | None
    built_by: str | None
    recorded_at: datetime


@dataclass(frozen=True)
class ReportLine:
    """A report in a list; `released_at` is nothing while HR still checks it."""

    enterprise_id: str
    id: str
    unit_id: str
    period: str
    version: int
    serial: str
    as_of: date
    recorded_at: datetime
    released_at: datetime | None


@dataclass(frozen=True)
class ReceiptRow:
    """签阅 or 批示意见: who, on which day, and whether it was entered from the signed paper."""

    kind: str
    signer: str
    signed_on: date
    text: str | None
    from_paper: bool
    recorded_at: datetime


@dataclass(frozen=True)
class FileRow:
    """A file made once from a report."""

    kind: str
    language: str
    body: bytes
    sha256: str


_REPORT = tuple(getattr(Report, name) for name in ReportRow.__dataclass_fields__)


def add_report(current: Session, enterprise_id: str, row: ReportRow) -> None:
    """Stores a report; the same version twice meets the unique key."""
    current.execute(insert(Report).values(enterprise_id=enterprise_id, **asdict(row)))


def add_file(current: Session, enterprise_id: str, report_id: str, file: FileRow, now: datetime) -> None:
    """Stores a file of a report."""
    current.execute(
        insert(ReportFile).values(enterprise_id=enterprise_id, report_id=report_id, recorded_at=now, **asdict(file))
    )


def report(enterprise_id: str, report_id: str) -> ReportRow | None:
    """A report by its id."""
    row = (
        session().execute(select(*_REPORT).where(Report.enterprise_id == enterprise_id, Report.id == report_id)).first()
    )
    return ReportRow(*row) if row else None


def latest(enterprise_id: str, unit_id: str, period: str) -> ReportRow | None:
    """The newest version of a unit's report for a month."""
    row = (
        session()
        .execute(
            select(*_REPORT)
            .where(Report.enterprise_id == enterprise_id, Report.unit_id == unit_id, Report.period == period)
            .order_by(Report.version.desc())
            .limit(1)
        )
        .first()
    )
    return ReportRow(*row) if row else None


def last_released(enterprise_id: str, unit_id: str, period: str) -> str | None:
    """The id of the newest released version of a unit's report for a month: what the next version corrects."""
    released = and_(ReportRelease.enterprise_id == enterprise_id, ReportRelease.report_id == Report.id)
    return session().scalar(
        select(Report.id)
        .join(ReportRelease, released)
        .where(Report.enterprise_id == enterprise_id, Report.unit_id == unit_id, Report.period == period)
        .order_by(Report.version.desc())
        .limit(1)
    )


def before(enterprise_id: str, row: ReportRow) -> list[ReportRow]:
    """The reports of the same unit and cycle built before this one, the earliest first."""
    rows = session().execute(
        select(*_REPORT)
        .where(
            Report.enterprise_id == enterprise_id,
            Report.unit_id == row.unit_id,
            Report.cycle_id == row.cycle_id,
            or_(
                Report.known_at < row.known_at,
                and_(Report.known_at == row.known_at, Report.period < row.period),
                and_(Report.known_at == row.known_at, Report.period == row.period, Report.version < row.version),
            ),
        )
        .order_by(Report.known_at, Report.period, Report.version)
    )
    return [ReportRow(*found) for found in rows]


def by_serial(serial: str) -> tuple[str, str] | None:
    """(enterprise, report) with a serial, for the shell, which has no tenant of its own."""
    row = session().execute(select(Report.enterprise_id, Report.id).where(Report.serial == serial)).first()
    return (row[0], row[1]) if row else None


def lines(enterprise_id: str, *, released_only: bool) -> list[ReportLine]:
    """The reports of an enterprise, the newest month and version first."""
    query = _lines().where(Report.enterprise_id == enterprise_id)
    return [ReportLine(*row) for row in session().execute(_released(query, released_only))]


def city_lines() -> list[ReportLine]:
    """The released reports of all enterprises: the supervisor's one look across tenants."""
    return [ReportLine(*row) for row in session().execute(_released(_lines(), released_only=True))]


def _lines() -> Any:
    return (
        select(
            Report.enterprise_id,
            Report.id,
            Report.unit_id,
            Report.period,
            Report.version,
            Report.serial,
            Report.as_of,
            Report.recorded_at,
            ReportRelease.recorded_at.label("released_at"),
        )
        .select_from(Report)
        .outerjoin(
            ReportRelease,
            and_(ReportRelease.enterprise_id == Report.enterprise_id, ReportRelease.report_id == Report.id),
        )
        .order_by(Report.period.desc(), Report.enterprise_id, Report.unit_id, Report.version.desc())
    )


def _released(query: Any, released_only: bool) -> Any:
    return query.where(ReportRelease.recorded_at.is_not(None)) if released_only else query


def files(enterprise_id: str, report_id: str) -> list[FileRow]:
    """The files of a report."""
    rows = session().execute(
        select(ReportFile.kind, ReportFile.language, ReportFile.body, ReportFile.sha256)
        .where(ReportFile.enterprise_id == enterprise_id, ReportFile.report_id == report_id)
        .order_by(ReportFile.kind, ReportFile.language)
    )
    return [FileRow(*row) for row in rows]


def file(enterprise_id: str, report_id: str, kind: str, language: str) -> FileRow | None:
    """One file of a report."""
    row = (
        session()
        .execute(
            select(ReportFile.kind, ReportFile.language, ReportFile.body, ReportFile.sha256).where(
                ReportFile.enterprise_id == enterprise_id,
                ReportFile.report_id == report_id,
                ReportFile.kind == kind,
                ReportFile.language == language,
            )
        )
        .first()
    )
    return FileRow(*row) if row else None


def released_at(enterprise_id: str, report_id: str) -> datetime | None:
    """When a report was released."""
    return session().scalar(
        select(ReportRelease.recorded_at).where(
            ReportRelease.enterprise_id == enterprise_id, ReportRelease.report_id == report_id
        )
    )


def add_release(current: Session, enterprise_id: str, report_id: str, by: str | None, now: datetime) -> None:
    """Records a release; a second one meets the key."""
    current.execute(
        insert(ReportRelease).values(enterprise_id=enterprise_id, report_id=report_id, released_by=by, recorded_at=now)
    )


def add_receipt(
    current: Session, enterprise_id: str, report_id: str, row: ReceiptRow, entered_by: str, receipt_id: str, once: str
) -> None:
    """Records a receipt; the same form twice meets the unique key."""
    current.execute(
        insert(Receipt).values(
            enterprise_id=enterprise_id,
            id=receipt_id,
            report_id=report_id,
            entered_by=entered_by,
            once=once,
            **asdict(row),
        )
    )


def receipts(enterprise_id: str, report_id: str) -> list[ReceiptRow]:
    """What was signed and instructed on a report, in order of entry."""
    rows = session().execute(
        select(Receipt.kind, Receipt.signer, Receipt.signed_on, Receipt.text, Receipt.from_paper, Receipt.recorded_at)
        .where(Receipt.enterprise_id == enterprise_id, Receipt.report_id == report_id)
        .order_by(Receipt.recorded_at, Receipt.id)
    )
    return [ReceiptRow(*row) for row in rows]
