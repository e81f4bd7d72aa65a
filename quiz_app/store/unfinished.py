"""Issued lists of unfinished study and their frozen rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, distinct, func, insert, select
from sqlalchemy.orm import Session

from ..domain.unfinished import Extent, Request
from .db import new_id, session
from .tables.people import Member
from .tables.reports import UnfinishedList, UnfinishedListRow


@dataclass(frozen=True)
class ListRow:
    """An issued list: on whose request, for what, as of when, and how much it holds."""

    id: str
    cycle_id: str
    as_of: date
    request: Request
    issued_at: datetime
    people: int
    rows: int


@dataclass(frozen=True)
class Unfinished:
    """A person and module on a list, with unit and due date as they were."""

    member_id: str
    module_id: str
    unit_id: str
    due_on: date


@dataclass(frozen=True)
class NamedUnfinished:
    """A row of an issued list as it is read: who, where, what, by when."""

    position: int
    name: str
    unit_id: str
    module_id: str
    due_on: date


def id_of(enterprise_id: str, once: str) -> str | None:
    """The list that a form already made."""
    return session().scalar(
        select(UnfinishedList.id).where(UnfinishedList.enterprise_id == enterprise_id, UnfinishedList.once == once)
    )


def add(
    current: Session,
    enterprise_id: str,
    cycle_id: str,
    as_of: date,
    request: Request,
    rows: Sequence[Unfinished],
    *,
    issued_by: str,
    once: str,
    now: datetime,
) -> str:
    """Records a list with its rows in their order and returns its id.

    A second one of the same form meets the unique key.
    """
    list_id = new_id()
    current.execute(
        insert(UnfinishedList).values(
            enterprise_id=enterprise_id,
            id=list_id,
            cycle_id=cycle_id,
            unit_id=request.unit_id,
            extent=request.extent.value,
            as_of=as_of,
            requested_by=request.requested_by,
            purpose=request.purpose,
            issued_by=issued_by,
            once=once,
            recorded_at=now,
        )
    )
    if rows:
        current.execute(
            insert(UnfinishedListRow),
            [
                {
                    "enterprise_id": enterprise_id,
                    "list_id": list_id,
                    "member_id": row.member_id,
                    "module_id": row.module_id,
                    "position": position,
                    "unit_id": row.unit_id,
                    "due_on": row.due_on,
                }
                for position, row in enumerate(rows, start=1)
            ],
        )
    return list_id


def issued(enterprise_id: str) -> list[ListRow]:
    """All issued lists, the latest first."""
    query = _lists(enterprise_id).order_by(UnfinishedList.recorded_at.desc(), UnfinishedList.id)
    return [_list(row) for row in session().execute(query)]


def one(enterprise_id: str, list_id: str) -> ListRow | None:
    """An issued list."""
    row = session().execute(_lists(enterprise_id).where(UnfinishedList.id == list_id)).one_or_none()
    return _list(row) if row is not None else None


def rows_of(enterprise_id: str, list_id: str, after: int = 0, limit: int | None = None) -> list[NamedUnfinished]:
    """The rows of an issued list that follow a position, in the list's order."""
    row = UnfinishedListRow
    query = (
        select(row.position, Member.name, row.unit_id, row.module_id, row.due_on)
        .join(Member, and_(Member.enterprise_id == row.enterprise_id, Member.id == row.member_id))
        .where(row.enterprise_id == enterprise_id, row.list_id == list_id, row.position > after)
        .order_by(row.position)
        .limit(limit)
    )
    return [NamedUnfinished(*one) for one in session().execute(query)]


def _lists(enterprise_id: str) -> Select[Any]:
    row = UnfinishedListRow
    of_list = and_(row.enterprise_id == UnfinishedList.enterprise_id, row.list_id == UnfinishedList.id)
    people = select(func.count(distinct(row.member_id))).where(of_list).scalar_subquery()
    rows = select(func.count()).select_from(row).where(of_list).scalar_subquery()
    return select(UnfinishedList, people, rows).where(UnfinishedList.enterprise_id == enterprise_id)


def _list(row: Any) -> ListRow:
    found, people, rows = row
    request = Request(found.requested_by, found.purpose, Extent(found.extent), found.unit_id)
    return ListRow(found.id, found.cycle_id, found.as_of, request, found.recorded_at, people, rows)
