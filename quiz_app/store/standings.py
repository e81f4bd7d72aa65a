"""Standing rows: dates kept for speed, written from the facts by the one rule `domain.standing.dates_of`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from ..domain.standing import StandingDates, dates_of
from .cycles import CycleRow
from .db import session
from .facts import module_facts
from .library import meaning_changes
from .tables.learning import Standing

_COLUMNS = tuple(StandingDates.__dataclass_fields__)


def refresh(
    current: Session, enterprise_id: str, cycle: CycleRow, now: datetime, member_ids: Sequence[str] | None = None
) -> int:
    """Writes the standing rows of a cycle anew, of all members or some; returns how many rows there are.

    The rows hold every date known now, whatever the day, so a rebuild on another day gives the same rows.
    """
    facts = module_facts(enterprise_id, cycle, now, member_ids)
    changes = meaning_changes(now)
    rows = [
        {
            "enterprise_id": enterprise_id,
            "cycle_id": cycle.id,
            "member_id": member_id,
            "module_id": module_id,
            **asdict(dates_of(known_facts, cycle.rule, changes, date.max, now)),
        }
        for (member_id, module_id), known_facts in sorted(facts.items())
    ]
    old = delete(Standing).where(Standing.enterprise_id == enterprise_id, Standing.cycle_id == cycle.id)
    if member_ids is not None:
        old = old.where(Standing.member_id.in_(member_ids))
    current.execute(old)
    if rows:
        current.execute(insert(Standing), rows)
    return len(rows)


def rows_of(enterprise_id: str, cycle_id: str, member_id: str) -> dict[str, StandingDates]:
    """A person's stored rows of a cycle by module."""
    rows = session().execute(
        select(Standing.module_id, *(getattr(Standing, name) for name in _COLUMNS)).where(
            Standing.enterprise_id == enterprise_id, Standing.cycle_id == cycle_id, Standing.member_id == member_id
        )
    )
    return {row[0]: StandingDates(*row[1:]) for row in rows}
