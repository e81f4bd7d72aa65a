"""What happens to a built report: release, delivery by mail, reading, 签阅 and 批示意见."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from ..adapters.mailer import Attachment, Mail, MailNotSent, send
from ..config import Settings
from ..content.text import Text
from ..domain.errors import AlreadyReleased, MissingInput, NoSuchReport, NotFound
from ..store import audit, outbox, reports, units
from ..store.db import CONFLICT, new_id, saving
from ..store.outbox import Due
from ..store.reports import FileRow, ReceiptRow, ReportLine, ReportRow
from ..store.units import EnterpriseRow
from .zone import local_date

__all__ = ["Delivery", "NewReceipt", "ReportLine", "ReportRow", "add_receipt", "built", "deliver", "release"]

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
MAX_TEXT = 2000
MAX_SIGNER = 60

_SUBJECT = Text(zh="容错纠错学习情况报告", en="Report on tolerance-and-correction study")


@dataclass(frozen=True)
class Delivery:
    """How a round of sending went."""

    sent: int
    failed: int


@dataclass(frozen=True)
class NewReceipt:
    """A receipt as entered: `kind` is ``read`` (签阅) or ``instruction`` (批示意见)."""

    kind: str
    signer: str
    signed_on: date
    text: str
    from_paper: bool
    once: str


def all_reports(enterprise_id: str) -> list[ReportLine]:
    """Every report of an enterprise, for HR, which checks and releases them."""
    return reports.lines(enterprise_id, released_only=False)


def released_reports(enterprise_id: str) -> list[ReportLine]:
    """The released reports of an enterprise."""
    return reports.lines(enterprise_id, released_only=True)


def city_reports() -> list[ReportLine]:
    """The released reports of all enterprises, for the supervisor."""
    return reports.city_lines()


def enterprise_names() -> dict[str, Text]:
    """What each enterprise is called."""
    return {one.id: Text(zh=one.name_zh, en=one.name_en) for one in units.enterprises()}


def released_at(enterprise_id: str, report_id: str) -> datetime | None:
    """When a report was released."""
    return reports.released_at(enterprise_id, report_id)


def receipts(enterprise_id: str, report_id: str) -> list[ReceiptRow]:
    """签阅 and 批示意见 on a report."""
    return reports.receipts(enterprise_id, report_id)


def find(serial: str) -> tuple[str, str]:
    """(enterprise, report) of a serial, for the shell; raises `NoSuchReport`."""
    found = reports.by_serial(serial)
    if found is None:
        raise NoSuchReport
    return found


def today(now: datetime) -> date:
    """The day in the zone of the database."""
    return local_date(now)


def readable(enterprise_id: str, report_id: str) -> ReportRow:
    """A released report; raises `NotFound` for one that HR still checks and for anybody else's."""
    if reports.released_at(enterprise_id, report_id) is None:
        raise NotFound
    return built(enterprise_id, report_id)


def built(enterprise_id: str, report_id: str) -> ReportRow:
    """A report of the enterprise, released or not; raises `NotFound`."""
    found = reports.report(enterprise_id, report_id)
    if found is None:
        raise NotFound
    return found


def file_of(enterprise_id: str, report_id: str, kind: str, language: str) -> FileRow:
    """A file made with a report; raises `NotFound`."""
    found = reports.file(enterprise_id, report_id, kind, language)
    if found is None:
        raise NotFound
    return found


def release(enterprise_id: str, report_id: str, by: str | None, settings: Settings, now: datetime) -> int:
    """Releases a report and puts a message for each recipient into the outbox, in one save.

    Returns how many messages there are; pressed twice, it answers the first result again. Raises
    `NotFound`, and `AlreadyReleased` where a later version of the month is released.
    """
    row = built(enterprise_id, report_id)
    newest = reports.last_released(enterprise_id, row.unit_id, row.period)
    if newest is not None and built(enterprise_id, newest).version > row.version:
        raise AlreadyReleased
    domain = urlsplit(settings.base_url).hostname or "localhost"
    try:
        with saving() as current:
            reports.add_release(current, enterprise_id, report_id, by, now)
            messages = outbox.add_for_recipients(
                current, enterprise_id, report_id, row.unit_id, domain, local_date(now), now
            )
            audit.record(current, enterprise_id, "report_released", now, actor=by, values={"serial": row.serial})
    except CONFLICT:
        # The release was pressed twice: the first one stands.
        return outbox.count(enterprise_id, report_id)
    return messages


def deliver(settings: Settings, now: datetime, sender: Callable[[str, Mail], None] = send) -> Delivery:
    """Sends what is due; without a mail server nothing is tried and the web notice alone tells of the report.

    A message is claimed, sent, and marked after the server took it: two processes do not send the same
    one, and a process that dies in between leaves it to a later try under the same message id.
    """
    if settings.smtp_url is None:
        return Delivery(0, 0)
    outcomes = [
        _send_one(settings.smtp_url, one, enterprise, settings, now, sender)
        for enterprise in units.enterprises()
        for one in outbox.due(enterprise.id, local_date(now), now)
    ]
    return Delivery(sent=outcomes.count(True), failed=outcomes.count(False))


def waiting(now: datetime) -> int:
    """How many messages are due."""
    return sum(len(outbox.due(enterprise.id, local_date(now), now)) for enterprise in units.enterprises())


def add_receipt(enterprise_id: str, report_id: str, receipt: NewReceipt, entered_by: str, now: datetime) -> None:
    """Records 签阅 or 批示意见 on a released report; the same form twice is one receipt.

    Raises `NotFound` and `MissingInput`.
    """
    row = readable(enterprise_id, report_id)
    _require_complete(receipt, local_date(now))
    entry = ReceiptRow(
        receipt.kind, receipt.signer.strip(), receipt.signed_on, receipt.text.strip() or None, receipt.from_paper, now
    )
    try:
        with saving() as current:
            reports.add_receipt(current, enterprise_id, report_id, entry, entered_by, new_id(), receipt.once)
            audit.record(
                current, enterprise_id, f"report_{receipt.kind}", now, actor=entered_by, values={"serial": row.serial}
            )
    except CONFLICT:
        # The same form came twice: the first receipt stands.
        return


def _require_complete(receipt: NewReceipt, today: date) -> None:
    signer, text = receipt.signer.strip(), receipt.text.strip()
    if receipt.kind not in ("read", "instruction") or not signer or len(signer) > MAX_SIGNER:
        raise MissingInput
    if receipt.kind == "instruction" and not text:
        raise MissingInput
    if len(text) > MAX_TEXT or receipt.signed_on > today or not receipt.once:
        raise MissingInput


def _send_one(
    address: str,
    one: Due,
    enterprise: EnterpriseRow,
    settings: Settings,
    now: datetime,
    sender: Callable[[str, Mail], None],
) -> bool | None:
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(one.tries, 10))
    with saving() as current:
        if not outbox.claim(current, one, now + pause):
            return None
    row = built(one.enterprise_id, one.report_id)
    mail = _mail(one, row, enterprise, reports.files(one.enterprise_id, one.report_id), settings, now)
    try:
        sender(address, mail)
    except MailNotSent as error:
        with saving() as current:
            outbox.mark_failed(current, one, str(error))
        return False
    with saving() as current:
        outbox.mark_sent(current, one, now)
    return True


def _mail(
    one: Due, row: ReportRow, enterprise: EnterpriseRow, files: Sequence[FileRow], settings: Settings, now: datetime
) -> Mail:
    link = f"{settings.base_url}/committee/reports/{row.id}/"
    return Mail(
        message_id=one.message_id,
        sent_at=now,
        sender=settings.mail_from,
        recipient_name=one.name,
        recipient=one.email,
        subject=f"{enterprise.name_zh}{_SUBJECT.zh} {row.period}（{row.serial}）",
        text=(
            f"{enterprise.name_zh}{row.period}{_SUBJECT.zh}已发布，流水号 {row.serial}，请查阅附件，或登录查看：{link}\n\n"
            f"{_SUBJECT.en}, {row.period}, serial {row.serial}, is released. See the attachments, or sign in: {link}\n"
        ),
        attachments=[
            Attachment(f"{row.serial}-{file.language}.{file.kind}", _SUBTYPES[file.kind], file.body)
            for file in files
            if file.language == "zh"
        ],
    )


_SUBTYPES = {
    "docx": "vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
