"""The study cycle of an enterprise: its rule, modules and audience."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BindParameter, ColumnElement, Date, and_, bindparam, or_, select, true

from ..domain.standing import DEFAULT_MAKE_UP_DAYS, CycleRule
from .db import UtcDateTime, session
from .tables.people import Cycle, CycleAudience, CycleModule, Membership
from .units import UnitTree, setting

MAKE_UP_DAYS = "make_up_days"

Audience = tuple[tuple[tuple[str, ...] | None, str | None], ...]
"""Pairs of the units reached (nothing: all) and the post asked for (nothing: any)."""


@dataclass(frozen=True)
class CycleRow:
    """A study cycle with what it asks; `audience` holds (unit, post) pairs, empty for everybody."""

    id: str
    name_zh: str
    name_en: str
    rule: CycleRule
    module_ids: tuple[str, ...]
    audience: tuple[tuple[str | None, str | None], ...]


def current_cycle(enterprise_id: str, as_of: date, known_at: datetime) -> CycleRow | None:
    """The cycle that opened last by a day, as known at a moment."""
    row = session().scalar(_CURRENT, {"enterprise_id": enterprise_id, "as_of": as_of, "known_at": known_at})
    return _with_details(row, as_of, known_at) if row else None


def cycle(enterprise_id: str, cycle_id: str, as_of: date, known_at: datetime) -> CycleRow | None:
    """A cycle by its id, with the settings of a day."""
    row = session().get(Cycle, (enterprise_id, cycle_id))
    return _with_details(row, as_of, known_at) if row else None


def in_audience(cycle: CycleRow, tree: UnitTree) -> ColumnElement[bool]:
    """The condition that an administrative `Membership` row lies in a cycle's audience."""
    return lies_in(audience_of(cycle, tree))


def audience_of(cycle: CycleRow, tree: UnitTree) -> Audience:
    """A cycle's audience with every unit it reaches, by the trees of a day."""
    return tuple(
        (tuple(sorted(tree.below(unit_id))) if unit_id is not None else None, post) for unit_id, post in cycle.audience
    )


def lies_in(audience: Audience) -> ColumnElement[bool]:
    """The condition that a `Membership` row lies in an audience; an empty one is everybody."""
    return or_(*(_one_audience(unit_ids, post) for unit_ids, post in audience)) if audience else true()


def _one_audience(unit_ids: tuple[str, ...] | None, post: str | None) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = []
    if unit_ids is not None:
        conditions.append(Membership.unit_id.in_(unit_ids))
    if post is not None:
        conditions.append(Membership.post == post)
    return and_(true(), *conditions)


def _with_details(row: Cycle, as_of: date, known_at: datetime) -> CycleRow:
    days = setting(row.enterprise_id, MAKE_UP_DAYS, as_of, known_at)
    values = {"enterprise_id": row.enterprise_id, "cycle_id": row.id}
    modules = session().scalars(_MODULES, values)
    audience = session().execute(_AUDIENCE, values)
    rule = CycleRule(
        row.opens_on, row.due_on, row.earlier_passes_count, int(days) if days is not None else DEFAULT_MAKE_UP_DAYS
    )
    return CycleRow(
        row.id, row.name_zh, row.name_en, rule, tuple(modules), tuple((a.unit_id, a.post) for a in audience)
    )


# Every pass asks for its cycle, and making these statements costs more than running them.
_ENTERPRISE: BindParameter[str] = bindparam("enterprise_id")
_CYCLE: BindParameter[str] = bindparam("cycle_id")
_CURRENT = (
    select(Cycle)
    .where(
        Cycle.enterprise_id == _ENTERPRISE,
        Cycle.opens_on <= bindparam("as_of", type_=Date),
        Cycle.recorded_at <= bindparam("known_at", type_=UtcDateTime),
    )
    .order_by(Cycle.opens_on.desc(), Cycle.recorded_at.desc())
    .limit(1)
)
_MODULES = (
    select(CycleModule.module_id)
    .where(CycleModule.enterprise_id == _ENTERPRISE, CycleModule.cycle_id == _CYCLE)
    .order_by(CycleModule.module_id)
)
_AUDIENCE = (
    select(CycleAudience.unit_id, CycleAudience.post)
    .where(CycleAudience.enterprise_id == _ENTERPRISE, CycleAudience.cycle_id == _CYCLE)
    .order_by(CycleAudience.id)
)
