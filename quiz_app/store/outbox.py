"""The mail outbox: rows made with the release, tried until they are sent, always under the same message id."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, func, insert, select, update

from .db import Session, new_id, session
from .tables.reports import Outbox, Recipient
from .valid import holds


@dataclass(frozen=True)
class Due:
    """A message that is due, and who it goes to."""

    enterprise_id: str
    id: str
    report_id: str
    message_id: str
    tries: int
    name: str
    email: str


def add_for_recipients(
    current: Session, enterprise_id: str, report_id: str, unit_id: str, domain: str, today: date, now: datetime
) -> int:
    """A row for each of the unit's recipients of today; returns how many there are."""
    ids = current.scalars(
        select(Recipient.id)
        .where(holds(Recipient, enterprise_id, today, now), Recipient.unit_id == unit_id)
        .order_by(Recipient.id)
    ).all()
    for recipient_id in ids:
        row_id = new_id()
        current.execute(
            insert(Outbox).values(
                enterprise_id=enterprise_id,
                id=row_id,
                report_id=report_id,
                recipient_id=recipient_id,
                message_id=f"<{row_id}@{domain}>",
                tries=0,
                next_try_at=now,
                recorded_at=now,
            )
        )
    return len(ids)


def count(enterprise_id: str, report_id: str) -> int:
    """How many messages a report's release made."""
    query = select(func.count()).where(Outbox.enterprise_id == enterprise_id, Outbox.report_id == report_id)
    return session().scalar(query) or 0


def due(enterprise_id: str, today: date, now: datetime) -> list[Due]:
    """The messages of an enterprise that are neither sent nor waiting, the oldest first.

    Who is no longer a recipient gets nothing any more.
    """
    rows = session().execute(
        select(
            Outbox.enterprise_id,
            Outbox.id,
            Outbox.report_id,
            Outbox.message_id,
            Outbox.tries,
            Recipient.name,
            Recipient.email,
        )
        .select_from(Outbox)
        .join(Recipient, and_(Recipient.enterprise_id == enterprise_id, Recipient.id == Outbox.recipient_id))
        .where(
            Outbox.enterprise_id == enterprise_id,
            Outbox.sent_at.is_(None),
            Outbox.next_try_at <= now,
            holds(Recipient, enterprise_id, today, now),
        )
        .order_by(Outbox.next_try_at, Outbox.id)
    )
    return [Due(*row) for row in rows]


def claim(current: Session, one: Due, next_try_at: datetime) -> bool:
    """Takes a due message for one try; says no when another process was faster. A try that dies is due again."""
    taken = current.execute(
        update(Outbox)
        .where(
            Outbox.enterprise_id == one.enterprise_id,
            Outbox.id == one.id,
            Outbox.tries == one.tries,
            Outbox.sent_at.is_(None),
        )
        .values(tries=one.tries + 1, next_try_at=next_try_at)
        .returning(Outbox.id)
    )
    return taken.first() is not None


def mark_sent(current: Session, one: Due, now: datetime) -> None:
    """Records that the server took the message."""
    _set(current, one, sent_at=now, last_error=None)


def mark_failed(current: Session, one: Due, reason: str) -> None:
    """Records why a try failed; when the next one is due stands since the message was claimed."""
    _set(current, one, last_error=reason)


def _set(current: Session, one: Due, **values: object) -> None:
    current.execute(
        update(Outbox).where(Outbox.enterprise_id == one.enterprise_id, Outbox.id == one.id).values(**values)
    )
