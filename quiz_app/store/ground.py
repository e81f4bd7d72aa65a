"""What a list of people rests on: the study task and both trees, kept for as long as none of it changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, select

from ..content.text import Text
from .cycles import CycleRow, current_cycle
from .db import UtcDateTime, session
from .kept import kept
from .tables.people import Cycle
from .tables.units import EnterpriseSetting, UnitEdge, UnitName
from .units import UnitNode, UnitTree, tree

Mark = tuple[Any, ...]

CLOSED = Text(zh="（已撤销的单位）", en="(closed unit)")


@dataclass(frozen=True)
class Listed:
    """A unit in reading order; `depth` counts the units above it."""

    id: str
    depth: int
    name: Text


@dataclass(frozen=True)
class Trees:
    """The trees of an enterprise on a day, each line in reading order, with a name for every unit."""

    tree: UnitTree
    administrative: tuple[Listed, ...]
    party: tuple[Listed, ...]
    names: Mapping[str, Text]

    def name(self, unit_id: str) -> Text:
        """What a unit is called; where two share a name, with the unit above."""
        return self.names.get(unit_id, CLOSED)


@dataclass(frozen=True)
class Ground:
    """The study task of an enterprise on a day, if there is one, and its trees."""

    mark: Mark
    cycle: CycleRow | None
    trees: Trees


def ground(enterprise_id: str, as_of: date, known_at: datetime) -> Ground:
    """The study task and the trees, in one query while they are kept.

    Their rows are only ever inserted, so the number of rows and the newest moment tell of every change.
    """
    values = {"enterprise_id": enterprise_id, "known_at": known_at}
    mark: Mark = tuple(session().execute(_MARK, values).one())
    return kept(
        ("ground", enterprise_id, as_of),
        lambda found: found.mark == mark,
        lambda: Ground(
            mark,
            current_cycle(enterprise_id, as_of, known_at),
            _listed(tree(enterprise_id, as_of, known_at)),
        ),
    )


def _mark() -> Any:
    known_at = bindparam("known_at", type_=UtcDateTime)
    enterprise_id: Any = bindparam("enterprise_id")

    def of(table: Any, what: Any) -> Any:
        known = and_(table.enterprise_id == enterprise_id, table.recorded_at <= known_at)
        return select(what).where(known).scalar_subquery()

    tables: tuple[Any, ...] = (UnitName, UnitEdge, Cycle, EnterpriseSetting)
    return select(*(of(table, what) for table in tables for what in (func.count(), func.max(table.recorded_at))))


_MARK = _mark()


def _listed(found: UnitTree) -> Trees:
    below: dict[str | None, list[UnitNode]] = {}
    for unit in found.in_order():
        below.setdefault(unit.parent_id if unit.parent_id in found.units else None, []).append(unit)
    names = _names(found)

    def walk(parent: str | None, line: str, depth: int) -> Iterator[Listed]:
        for unit in below.get(parent, ()):
            if unit.line == line:
                yield Listed(unit.id, depth, Text(zh=unit.name_zh, en=unit.name_en))
                yield from walk(unit.id, line, depth + 1)

    return Trees(found, tuple(walk(None, "administrative", 0)), tuple(walk(None, "party", 0)), names)


def _names(found: UnitTree) -> dict[str, Text]:
    same: dict[tuple[str, str], int] = {}
    for unit in found.units.values():
        same[unit.line, unit.name_zh] = same.get((unit.line, unit.name_zh), 0) + 1
    return {
        unit.id: _name(unit, found.units.get(unit.parent_id or "") if same[unit.line, unit.name_zh] > 1 else None)
        for unit in found.units.values()
    }


def _name(unit: UnitNode, above: UnitNode | None) -> Text:
    if above is None:
        return Text(zh=unit.name_zh, en=unit.name_en)
    return Text(zh=f"{above.name_zh} {unit.name_zh}", en=f"{above.name_en}, {unit.name_en}")
