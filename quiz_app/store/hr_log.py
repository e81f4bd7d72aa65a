"""What HR and the committee office took out of the system: files of lists, by whom and when."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select, tuple_

from .db import session
from .tables.access import Account, Audit, AuditValue


@dataclass(frozen=True)
class LogRow:
    """An action of an account and the values kept with it; none once they were erased."""

    id: str
    at: datetime
    action: str
    who: str
    values: dict[str, str]


def actions(enterprise_id: str, names: Sequence[str], after: str | None, limit: int) -> list[LogRow]:
    """The actions of these names, the latest first, from a row on."""
    query = (
        select(Audit.id, Audit.at, Audit.action, Account.display_name, AuditValue.value)
        .join(Account, and_(Account.enterprise_id == enterprise_id, Account.id == Audit.actor_account_id))
        .outerjoin(AuditValue, and_(AuditValue.enterprise_id == enterprise_id, AuditValue.audit_id == Audit.id))
        .where(Audit.enterprise_id == enterprise_id, Audit.action.in_(names))
        .order_by(Audit.at.desc(), Audit.id.desc())
        .limit(limit)
    )
    if after is not None:
        last = select(Audit.at, Audit.id).where(Audit.enterprise_id == enterprise_id, Audit.id == after)
        query = query.where(tuple_(Audit.at, Audit.id) < last.scalar_subquery())
    return [
        LogRow(row_id, at, action, who, dict(json.loads(value)) if value else {})
        for row_id, at, action, who, value in session().execute(query)
    ]
