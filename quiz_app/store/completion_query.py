"""The one query behind the completion list: tables, columns, conditions and order, with named values.

Building a statement of this size takes ten times as long as running it, so each shape is built once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, cast

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    String,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import aliased

from .cycles import Audience, lies_in
from .db import UtcDateTime
from .standing_code import kind_code
from .tables.learning import Standing
from .tables.people import Member, Membership
from .tables.units import UnitName
from .valid import holds

ANY_MODULE: Literal["any"] = "any"

# Plain strings: compared with a column they take its collation, and the statement stays short.
_ENTERPRISE: Any = bindparam("enterprise_id", type_=String)
_CYCLE: Any = bindparam("cycle_id", type_=String)
_DUE_ON: Any = bindparam("due_on", type_=Date)
_AS_OF: Any = bindparam("as_of", type_=Date)
_KNOWN_AT: Any = bindparam("known_at", type_=UtcDateTime)
_ESCAPE = "/"


@dataclass(frozen=True)
class Sort:
    """``staff_number``, ``name``, ``unit``, ``branch``, or the id of a module whose state is sorted by."""

    key: str = "staff_number"
    descending: bool = False


@dataclass(frozen=True)
class Shape:
    """Which modules are columns and which filters are set; their values are given when the query runs.

    `state_of` is the module whose state is filtered by, or `ANY_MODULE`.
    """

    module_ids: tuple[str, ...]
    audience: Audience = ()
    by_unit: bool = False
    by_branch: bool = False
    by_text: bool = False
    state_of: str | None = None

    def asked_of(self, sort: Sort | None = None) -> tuple[str, ...]:
        """The modules whose states decide who is shown and in which order."""
        if self.state_of == ANY_MODULE:
            return self.module_ids
        return tuple(one for one in self.module_ids if one in (self.state_of, sort and sort.key))


@dataclass(frozen=True)
class _Standings:
    tables: Mapping[str, Any]
    codes: Mapping[str, ColumnElement[int]]


@lru_cache(maxsize=64)
def people(shape: Shape, sort: Sort, *, after: bool, limit: int | None) -> Select[Any]:
    """A row a person: who, where, and for each module the kind's code and three dates.

    The people are chosen first, with only the tables that filters and order need; the rest is joined
    to those who are shown.
    """
    chosen, keys = _chosen(shape, sort, after, limit)
    standings = _standings(shape.module_ids)
    columns: list[Any] = [chosen.c.id, chosen.c.staff_number, chosen.c.name]
    columns += [_unit_of(chosen.c.id, line) for line in ("administrative", "party")]
    for code, standing in zip(standings.codes.values(), standings.tables.values(), strict=True):
        columns += [code, standing.due_on, standing.make_up_due_on, standing.passed_on]
    query = cast("Select[Any]", select(*columns)).select_from(chosen)
    query = _with_standings(query, standings, chosen.c.id)
    return query.order_by(*_turned([chosen.c[name] for name in keys], sort))


@lru_cache(maxsize=32)
def counts(shape: Shape) -> Select[Any]:
    """A row for each combination of kinds, with the number of people."""
    standings = _standings(shape.module_ids)
    labels = [f"kind_{number}" for number in range(len(standings.codes))]
    columns: list[Any] = [code.label(label) for code, label in zip(standings.codes.values(), labels, strict=True)]
    query = cast("Select[Any]", select(*columns, func.count()).select_from(Member).group_by(*labels))
    return _with_standings(query, standings, Member.id).where(*_conditions(shape, standings))


def key_name(place: int) -> str:
    """The name of the value that a page begins after, by its place in the order."""
    return f"after_{place}"


def text_pattern(words: str) -> str:
    """The pattern of names and numbers that contain these words."""
    for sign in (_ESCAPE, "%", "_"):
        words = words.replace(sign, _ESCAPE + sign)
    return f"%{words.lower()}%"


def _chosen(shape: Shape, sort: Sort, after: bool, limit: int | None) -> tuple[Any, list[str]]:
    """Who is shown, in order, and the names of the columns of the order."""
    standings = _standings(shape.asked_of(sort))
    query = cast("Select[Any]", select(Member.id, Member.staff_number, Member.name).select_from(Member))
    query = _with_standings(query, standings, Member.id).where(*_conditions(shape, standings))
    query, keys = _keyed(query, sort, standings)
    if after:
        held = tuple_(*(bindparam(key_name(place), type_=key.type) for place, key in enumerate(keys)))
        query = query.where(tuple_(*keys) < held if sort.descending else tuple_(*keys) > held)
    names = [f"key_{place}" for place in range(len(keys))]
    query = query.add_columns(*(key.label(name) for key, name in zip(keys, names, strict=True)))
    query = query.order_by(*_turned(keys, sort))
    if limit is not None:
        # The number stands in the statement, so that PostgreSQL plans for a page and not for everybody.
        query = query.limit(literal_column(str(limit)))
    return query.subquery("chosen"), names


def _keyed(query: Select[Any], sort: Sort, standings: _Standings) -> tuple[Select[Any], list[ColumnElement[Any]]]:
    """The query with what its order needs, and the columns of the order: the unique staff number ends each."""
    name, last = cast("list[ColumnElement[Any]]", [Member.name, Member.staff_number])
    if sort.key == "staff_number":
        return query, [last]
    if sort.key == "name":
        return query, [name, last]
    if sort.key not in ("unit", "branch"):
        return query, [standings.codes[sort.key], last]
    unit_id = _unit_of(Member.id, "administrative" if sort.key == "unit" else "party")
    named: Any = aliased(UnitName)
    query = query.outerjoin(named, and_(named.unit_id == unit_id, _held(named)))
    return query, [func.coalesce(named.name_zh, ""), func.coalesce(unit_id, ""), last]


def _standings(module_ids: tuple[str, ...]) -> _Standings:
    tables = {module_id: aliased(Standing) for module_id in module_ids}
    codes = {module_id: kind_code(standing, _DUE_ON, _AS_OF) for module_id, standing in tables.items()}
    return _Standings(tables, codes)


def _with_standings(query: Select[Any], standings: _Standings, member_id: Any) -> Select[Any]:
    for module_id, standing in standings.tables.items():
        query = query.outerjoin(
            standing,
            and_(
                standing.enterprise_id == _ENTERPRISE,
                standing.cycle_id == _CYCLE,
                standing.member_id == member_id,
                standing.module_id == module_id,
            ),
        )
    return query


def _conditions(shape: Shape, standings: _Standings) -> Iterator[ColumnElement[bool]]:
    yield Member.enterprise_id == _ENTERPRISE
    yield from _in_places(shape)
    if shape.state_of is not None:
        asked = list(standings.codes) if shape.state_of == ANY_MODULE else [shape.state_of]
        yield or_(*(standings.codes[module_id].in_(bindparam("codes", expanding=True)) for module_id in asked))
    if shape.by_text:
        pattern: Any = bindparam("pattern")
        columns = (func.lower(Member.name), func.lower(Member.staff_number))
        yield or_(*(column.like(pattern, escape=_ESCAPE) for column in columns))


def _in_places(shape: Shape) -> Iterator[ColumnElement[bool]]:
    """In the audience, and in the units asked for.

    Everybody's place is looked up person by person, in the order of the list; the people of some
    units are found from the units.
    """
    narrowed = [lies_in(shape.audience)]
    if shape.by_unit:
        narrowed.append(Membership.unit_id.in_(bindparam("unit_ids", expanding=True)))
        yield Member.id.in_(_members_of("administrative").where(*narrowed))
    else:
        yield exists().where(_place_of(Member.id, Membership, "administrative"), *narrowed)
    if shape.by_branch:
        in_branch = Membership.unit_id.in_(bindparam("branch_ids", expanding=True))
        yield Member.id.in_(_members_of("party").where(in_branch))


def _members_of(line: str) -> Select[Any]:
    return select(Membership.member_id).where(Membership.line == line, _held(Membership))


def _unit_of(member_id: Any, line: str) -> Any:
    """The unit of a person; one only, whatever rows there are."""
    place: Any = aliased(Membership)
    return select(place.unit_id).where(_place_of(member_id, place, line)).limit(literal_column("1")).scalar_subquery()


def _place_of(member_id: Any, place: Any, line: str) -> ColumnElement[bool]:
    return and_(place.member_id == member_id, place.line == line, _held(place))


def _turned(keys: list[Any], sort: Sort) -> list[Any]:
    return [key.desc() for key in keys] if sort.descending else keys


def _held(table: Any) -> ColumnElement[bool]:
    return holds(table, _ENTERPRISE, _AS_OF, _KNOWN_AT)
