"""The audit: one row an event, its personal values in a side table that can be erased."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from .db import new_id
from .tables.access import Audit, AuditValue


def record(
    current: Session,
    enterprise_id: str,
    action: str,
    now: datetime,
    *,
    actor: str | None = None,
    subject: str | None = None,
    values: Mapping[str, str] | None = None,
) -> None:
    """Adds an audit row in the save it belongs to; `actor` is an account, `subject` a member."""
    _add(current, enterprise_id, action, now, actor, [subject], values)


def record_each(
    current: Session,
    enterprise_id: str,
    action: str,
    now: datetime,
    *,
    actor: str | None,
    subjects: Iterable[str],
    values: Mapping[str, str],
) -> None:
    """Adds the same audit row about each of these members, in a fixed number of statements."""
    _add(current, enterprise_id, action, now, actor, list(subjects), values)


def _add(
    current: Session,
    enterprise_id: str,
    action: str,
    now: datetime,
    actor: str | None,
    subjects: list[str | None] | list[str],
    values: Mapping[str, str] | None,
) -> None:
    value = json.dumps(dict(values or {}), ensure_ascii=False, sort_keys=True)
    rows: list[dict[str, Any]] = []
    held: list[dict[str, Any]] = []
    for subject in subjects:
        audit_id, salt = new_id(), secrets.token_hex(16)
        rows.append(
            {
                "enterprise_id": enterprise_id,
                "id": audit_id,
                "at": now,
                "actor_account_id": actor,
                "action": action,
                "subject_member_id": subject,
                "value_digest": hashlib.sha256(f"{salt}{value}".encode()).hexdigest(),
            }
        )
        held.append({"enterprise_id": enterprise_id, "audit_id": audit_id, "salt": salt, "value": value})
    if rows:
        current.execute(insert(Audit), rows)
        current.execute(insert(AuditValue), held)
