"""The trees of units as they were on a day: names, parents, everything below a unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from sqlalchemy import BindParameter, Date, Select, String, and_, bindparam, select

from ..domain.naming import name_key
from .db import UtcDateTime, session
from .tables.units import Enterprise, EnterpriseSetting, Unit, UnitEdge, UnitName
from .valid import holds


@dataclass(frozen=True)
class UnitNode:
    """A unit as it was on a day; the root of a tree has no parent."""

    id: str
    line: str
    kind: str
    name_zh: str
    name_en: str
    parent_id: str | None


@dataclass(frozen=True)
class UnitTree:
    """The units of one enterprise and both lines, by id."""

    units: Mapping[str, UnitNode]

    def root(self, line: str) -> UnitNode | None:
        """The top unit of a line."""
        return next((u for u in self.in_order() if u.line == line and u.parent_id is None), None)

    def children(self, unit_id: str) -> list[UnitNode]:
        """The units directly below, by Chinese name."""
        return [unit for unit in self.in_order() if unit.parent_id == unit_id]

    def below(self, unit_id: str) -> set[str]:
        """The unit itself and all units under it."""
        found = {unit_id}
        while True:
            more = {unit.id for unit in self.units.values() if unit.parent_id in found} - found
            if not more:
                return found
            found |= more

    def in_order(self, line: str | None = None) -> list[UnitNode]:
        """The units (of one line), by Chinese name and id."""
        chosen = (unit for unit in self.units.values() if line is None or unit.line == line)
        return sorted(chosen, key=lambda unit: (name_key(unit.name_zh), unit.id))


@dataclass(frozen=True)
class EnterpriseRow:
    """A tenant and its name in both languages."""

    id: str
    kind: str
    name_zh: str
    name_en: str


def tree(enterprise_id: str, as_of: date, known_at: datetime) -> UnitTree:
    """Both trees as they were on a day, in one query."""
    rows = session().execute(
        select(Unit.id, Unit.line, Unit.kind, UnitName.name_zh, UnitName.name_en, UnitEdge.parent_id)
        .select_from(Unit)
        .join(UnitName, and_(UnitName.unit_id == Unit.id, holds(UnitName, enterprise_id, as_of, known_at)))
        .outerjoin(UnitEdge, and_(UnitEdge.child_id == Unit.id, holds(UnitEdge, enterprise_id, as_of, known_at)))
        .where(Unit.enterprise_id == enterprise_id, Unit.recorded_at <= known_at)
    )
    return UnitTree({row.id: UnitNode(*row) for row in rows})


def enterprises(kind: str = "enterprise") -> list[EnterpriseRow]:
    """All tenants of a kind, by id."""
    table = Enterprise
    rows = session().execute(
        select(table.id, table.kind, table.name_zh, table.name_en).where(table.kind == kind).order_by(table.id)
    )
    return [EnterpriseRow(*row) for row in rows]


def enterprise(enterprise_id: str) -> EnterpriseRow | None:
    """The tenant with this id."""
    row = session().get(Enterprise, enterprise_id)
    return EnterpriseRow(row.id, row.kind, row.name_zh, row.name_en) if row else None


def setting(enterprise_id: str, key: str, as_of: date, known_at: datetime) -> str | None:
    """The value an enterprise had set on a day."""
    values = {"enterprise_id": enterprise_id, "key": key, "as_of": as_of, "known_at": known_at}
    return session().scalar(_setting_query(), values)


@cache
def _setting_query() -> Select[str]:
    enterprise_id: BindParameter[str] = bindparam("enterprise_id", type_=String)
    as_of: BindParameter[date] = bindparam("as_of", type_=Date)
    known_at: BindParameter[datetime] = bindparam("known_at", type_=UtcDateTime)
    return select(EnterpriseSetting.value).where(
        EnterpriseSetting.key == bindparam("key"), holds(EnterpriseSetting, enterprise_id, as_of, known_at)
    )


def names(nodes: Iterable[UnitNode]) -> dict[str, tuple[str, str]]:
    """The (Chinese, English) name of each unit by id."""
    return {node.id: (node.name_zh, node.name_en) for node in nodes}
