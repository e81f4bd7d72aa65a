"""Completion by person and module: one query for the page, the export and the lists made from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import Row, select

from ..domain.completion import KINDS, Cell
from ..domain.errors import NotFound
from ..domain.standing import State
from .completion_query import ANY_MODULE, Shape, Sort, counts, key_name, people, text_pattern
from .cycles import CycleRow, audience_of
from .db import session
from .tables.people import Member
from .units import UnitTree

__all__ = ["Filters", "PersonRow", "Position", "Scope", "Sort", "everybody", "page", "position", "totals"]

_CODES = tuple(str(code) for code in range(len(KINDS)))

STREAM = 1000
"""Rows turned into people at a time when everybody is wanted."""


@dataclass(frozen=True)
class Scope:
    """Whose list it is: an enterprise's cycle and trees, on a day, as known at a moment."""

    enterprise_id: str
    cycle: CycleRow
    tree: UnitTree
    as_of: date
    known_at: datetime


@dataclass(frozen=True)
class Filters:
    """What narrows the list; nothing set is everybody in the audience.

    `codes` are places in `KINDS`, asked of one module or, without one, of any module.
    """

    unit_id: str | None = None
    branch_id: str | None = None
    module_id: str | None = None
    codes: tuple[int, ...] | None = None
    text: str = ""


@dataclass(frozen=True)
class Position:
    """Where the next page begins: after this person, who stood in this group (unit, branch or kind) of the sort.

    It names nobody, because it is part of an address.
    """

    member_id: str
    group: str = ""


class PersonRow(NamedTuple):
    """A person of the audience with a cell for each module of the cycle, in the cycle's order.

    A named tuple, because lists make thousands of them and a frozen dataclass takes five times as long.
    """

    member_id: str
    staff_number: str
    name: str
    unit_id: str
    branch_id: str | None
    cells: tuple[Cell, ...]
    codes: tuple[int, ...]


def page(scope: Scope, filters: Filters, sort: Sort, after: Position | None, limit: int) -> list[PersonRow]:
    """The people who come after a position, at most `limit`, in one query; raises `NotFound` for a foreign position."""
    values = _values(scope, filters)
    if after is not None:
        values |= {key_name(place): value for place, value in enumerate(_key_values(scope, sort, after))}
    query = people(_shape(scope, filters), sort, after=after is not None, limit=limit)
    # By the connection, because the columns need nothing of what the session adds to a query.
    return _persons(session().connection().execute(query, values), scope)


def everybody(scope: Scope, filters: Filters, sort: Sort) -> Iterator[PersonRow]:
    """All people under the filters by the same query."""
    query = people(_shape(scope, filters), sort, after=False, limit=None)
    rows = session().execute(query, _values(scope, filters))
    return (person for part in rows.partitions(STREAM) for person in _persons(part, scope))


def totals(scope: Scope, filters: Filters) -> dict[tuple[int, ...], int]:
    """How many people under the filters have each combination of kinds, by codes in the cycle's order."""
    query = counts(_shape(scope, filters))
    rows = session().execute(query, _values(scope, filters))
    return {tuple(row[:-1]): row[-1] for row in rows}


def position(row: PersonRow, scope: Scope, sort: Sort) -> Position:
    """The position after a person."""
    if sort.key in scope.cycle.module_ids:
        return Position(row.member_id, str(row.codes[scope.cycle.module_ids.index(sort.key)]))
    group = {"unit": row.unit_id, "branch": row.branch_id or ""}.get(sort.key, "")
    return Position(row.member_id, group)


def _shape(scope: Scope, filters: Filters) -> Shape:
    return Shape(
        module_ids=scope.cycle.module_ids,
        audience=audience_of(scope.cycle, scope.tree),
        by_unit=filters.unit_id is not None,
        by_branch=filters.branch_id is not None,
        by_text=bool(filters.text),
        state_of=(filters.module_id or ANY_MODULE) if filters.codes is not None else None,
    )


def _key_values(scope: Scope, sort: Sort, after: Position) -> list[Any]:
    person = (
        session()
        .execute(
            select(Member.name, Member.staff_number).where(
                Member.enterprise_id == scope.enterprise_id, Member.id == after.member_id
            )
        )
        .one_or_none()
    )
    if person is None:
        raise NotFound
    if sort.key == "staff_number":
        return [person.staff_number]
    if sort.key == "name":
        return [person.name, person.staff_number]
    if sort.key in ("unit", "branch"):
        unit = scope.tree.units.get(after.group)
        if unit is None and (after.group or sort.key == "unit"):
            raise NotFound
        return [unit.name_zh if unit else "", after.group, person.staff_number]
    if after.group not in _CODES:
        raise NotFound
    return [int(after.group), person.staff_number]


def _values(scope: Scope, filters: Filters) -> dict[str, Any]:
    values: dict[str, Any] = {
        "enterprise_id": scope.enterprise_id,
        "cycle_id": scope.cycle.id,
        "due_on": scope.cycle.rule.due_on,
        "as_of": scope.as_of,
        "known_at": scope.known_at,
    }
    if filters.unit_id is not None:
        values["unit_ids"] = sorted(scope.tree.below(filters.unit_id))
    if filters.branch_id is not None:
        values["branch_ids"] = sorted(scope.tree.below(filters.branch_id))
    if filters.codes is not None:
        values["codes"] = filters.codes
    if filters.text:
        values["pattern"] = text_pattern(filters.text)
    return values


def _persons(rows: Iterable[Row[Any]], scope: Scope) -> list[PersonRow]:
    due_on = scope.cycle.rule.due_on
    cells: dict[tuple[Any, ...], Cell] = {}

    def cell(code: int, due: date | None, make_up_due_on: date | None, passed_on: date | None) -> Cell:
        # Many cells are equal, and making one costs more than finding it.
        key = (code, due, make_up_due_on, passed_on.isoformat()[:7] if passed_on else None)
        if key not in cells:
            cells[key] = _cell(code, due or due_on, *key[2:])
        return cells[key]

    places = range(5, 5 + 4 * len(scope.cycle.module_ids), 4)
    return [
        PersonRow(
            *cast("tuple[str, str, str, str, str | None]", row[:5]),
            tuple([cell(*row[at : at + 4]) for at in places]),
            tuple([row[at] for at in places]),
        )
        for row in cast("Iterable[tuple[Any, ...]]", rows)
    ]


def _cell(code: int, due_on: date, make_up_due_on: date | None, month: str | None) -> Cell:
    """The date of a pass does not get here: a list has its month at most, and a due date where something is owed."""
    state, lateness = KINDS[code]
    if state is State.WAIVED:
        return Cell(state, lateness)
    if not state.counts_as_completed:
        return Cell(state, lateness, due_on)
    return Cell(state, lateness, make_up_due_on if state is State.MAKE_UP else None, month)
