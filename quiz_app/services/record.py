"""我的记录: everything held on a person, for that person alone."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from ..domain.people import Learner
from ..store import record
from ..store.record import Row


@dataclass(frozen=True)
class Held:
    """All rows that name a person, by kind, and the moment they were read."""

    read_at: str
    person: list[Row]
    account: list[Row]
    roles: list[Row]
    login_sessions: list[Row]
    places: list[Row]
    sittings: list[Row]
    items: list[Row]
    answers: list[Row]
    passes: list[Row]
    pins: list[Row]
    waivers: list[Row]
    extensions: list[Row]
    unfinished_lists: list[Row]
    audit: list[Row]


def held_on(learner: Learner, account_id: str, now: datetime) -> Held:
    """Everything held on the person."""
    rows = record.rows_about(learner.enterprise_id, learner.member_id, account_id)
    return Held(read_at=now.isoformat(), **rows)


def as_json(held: Held) -> str:
    """The record as a file to keep."""
    return json.dumps(asdict(held), ensure_ascii=False, indent=2)
