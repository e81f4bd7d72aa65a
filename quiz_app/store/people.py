"""Members and their places."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select

from .cycles import CycleRow, in_audience
from .db import session
from .tables.people import Membership
from .units import UnitTree
from .valid import holds


def is_in_audience(
    enterprise_id: str, member_id: str, cycle: CycleRow, tree: UnitTree, as_of: date, known_at: datetime
) -> bool:
    """Whether a person's administrative place on a day lies in a cycle's audience."""
    found = session().scalar(
        select(Membership.id).where(
            holds(Membership, enterprise_id, as_of, known_at),
            Membership.member_id == member_id,
            Membership.line == "administrative",
            in_audience(cycle, tree),
        )
    )
    return found is not None
