"""Which rows of a table with two times hold on a day, as known at a moment (ADR 0006)."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, exists, inspect, or_
from sqlalchemy.orm import InstrumentedAttribute, aliased

Scope = str | InstrumentedAttribute[str] | BindParameter[str]
"""An enterprise's id, the column of the table joined to, or a parameter."""

Day = date | BindParameter[date]
Moment = datetime | BindParameter[datetime]
"""A value, or the parameter of a statement that is made once and run often."""


def holds(table: Any, enterprise_id: Scope, as_of: Day, known_at: Moment) -> ColumnElement[bool]:
    """The condition that a row holds on `as_of`, recorded by `known_at` and not withdrawn by then."""
    return and_(known(table, enterprise_id, known_at), spans(table, as_of))


def known(table: Any, enterprise_id: Scope, known_at: Moment) -> ColumnElement[bool]:
    """The condition that a row was recorded by `known_at` and not withdrawn by then."""
    later = _later(inspect(table).mapper.class_)
    withdrawn = exists().where(
        later.enterprise_id == enterprise_id,
        later.retracts == table.id,
        later.recorded_at <= known_at,
    )
    return and_(table.enterprise_id == enterprise_id, table.recorded_at <= known_at, ~withdrawn)


def spans(table: Any, day: Day) -> ColumnElement[bool]:
    """The condition that the row's span ``[valid_from, valid_to)`` holds the day."""
    valid_to = table.valid_to
    return and_(table.valid_from <= day, or_(valid_to.is_(None), valid_to > day))


@cache
def _later(entity: type[Any]) -> Any:
    # Made once a table, because making an alias costs more than running the query.
    return aliased(entity)
