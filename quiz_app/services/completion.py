"""Completion by person and module 完成情况: what HR looks at, in pages, with totals first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from ..content.library import Library
from ..content.text import Text
from ..domain.completion import Cell, Tally, Wanted, codes_of, tally
from ..domain.errors import NoOpenCycle, NotFound
from ..store import completion as store
from ..store.completion import Filters, PersonRow, Position, Scope, Sort
from ..store.cycles import CycleRow
from ..store.ground import Listed, Mark, Trees, ground
from ..store.kept import kept
from .zone import local_date

UnitChoice = Listed
"""A unit the list can be filtered by, in reading order."""

PAGE = 50
SORTS = ("staff_number", "name", "unit", "branch")

LARGE = 1000
KEEP = timedelta(seconds=60)
"""Totals over a large list are counted at most once a minute; the page says of which moment they are."""

MAX_TEXT = 40


@dataclass(frozen=True)
class Asked:
    """What the address asks for, as it was written; an empty value asks for nothing."""

    unit: str = ""
    branch: str = ""
    module: str = ""
    state: str = ""
    text: str = ""
    sort: str = SORTS[0]
    descending: bool = False


@dataclass(frozen=True)
class Heading:
    """A module as a column."""

    id: str
    title: Text


class Line(NamedTuple):
    """A person as the list shows them, with a cell for each module."""

    staff_number: str
    name: str
    unit: Text
    branch: Text | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Totals:
    """The figures under the filters and the moment they were counted."""

    tally: Tally
    counted_at: datetime


@dataclass(frozen=True)
class Listing:
    """A list that was asked for: checked, and ready to be read page by page or as a whole."""

    asked: Asked
    scope: Scope
    mark: Mark
    trees: Trees
    headings: tuple[Heading, ...]
    filters: Filters
    sort: Sort

    @property
    def cycle(self) -> CycleRow:
        """The study task the list is about."""
        return self.scope.cycle

    @property
    def as_of(self) -> date:
        """The day the standings are of."""
        return self.scope.as_of

    @property
    def is_filtered(self) -> bool:
        """Whether anything narrows the list."""
        return self.filters != Filters()

    @property
    def units(self) -> tuple[UnitChoice, ...]:
        """The units the list can be filtered by."""
        return self.trees.administrative

    @property
    def branches(self) -> tuple[UnitChoice, ...]:
        """The Party organisations the list can be filtered by."""
        return self.trees.party


@dataclass(frozen=True)
class Page:
    """One page of a list; `after` leads to the next one."""

    listing: Listing
    lines: tuple[Line, ...]
    totals: Totals
    first: bool
    after: str | None


def listing(enterprise_id: str, asked: Asked, library: Library, now: datetime) -> Listing:
    """The list that was asked for.

    Raises `NoOpenCycle`, and `NotFound` for a unit, branch, module, state or order that is not there,
    also when it belongs to another enterprise.
    """
    today = local_date(now)
    held = ground(enterprise_id, today, now)
    if held.cycle is None:
        raise NoOpenCycle
    cycle, known = held.cycle, held.trees
    columns = headings(cycle, library)
    cycle = replace(cycle, module_ids=tuple(one.id for one in columns), audience=_audience(cycle, known))
    return Listing(
        asked=asked,
        scope=Scope(enterprise_id, cycle, known.tree, today, now),
        mark=held.mark,
        trees=known,
        headings=columns,
        filters=_filters(asked, cycle, known),
        sort=_sort(asked, cycle),
    )


def page(found: Listing, after: str = "") -> Page:
    """The people after a position, the first ones without; raises `NotFound` for a position that is none."""
    rows = store.page(found.scope, found.filters, found.sort, _position(after), PAGE + 1)
    lines = tuple(line(row, found.trees) for row in rows[:PAGE])
    more = _address(store.position(rows[PAGE - 1], found.scope, found.sort)) if len(rows) > PAGE else None
    return Page(found, lines, totals(found), first=not after, after=more)


def lines(found: Listing) -> Iterator[Line]:
    """Everybody under the filters, in the order asked for, by the query of the page."""
    return (line(row, found.trees) for row in store.everybody(found.scope, found.filters, found.sort))


def totals(found: Listing) -> Totals:
    """The figures under the filters."""
    scope = found.scope
    now = scope.known_at

    def count() -> Totals:
        return Totals(tally(store.totals(scope, found.filters), len(found.headings)), now)

    def still_good(held: Totals) -> bool:
        return held.tally.people >= LARGE and timedelta(0) <= now - held.counted_at < KEEP

    key = ("totals", scope.enterprise_id, scope.cycle, scope.as_of, found.mark, found.filters)
    return kept(key, still_good, count)


def headings(cycle: CycleRow, library: Library) -> tuple[Heading, ...]:
    """The modules of a cycle by their number; one that left the library keeps its id for a name."""
    known = {module.id: Heading(module.id, module.title) for module in library.modules_in_order}
    gone = [module_id for module_id in cycle.module_ids if module_id not in known]
    return (
        *(heading for module_id, heading in known.items() if module_id in cycle.module_ids),
        *(Heading(module_id, Text(zh=module_id, en=module_id)) for module_id in gone),
    )


def line(row: PersonRow, known: Trees) -> Line:
    """A person with names instead of ids."""
    branch = known.name(row.branch_id) if row.branch_id else None
    return Line(row.staff_number, row.name, known.name(row.unit_id), branch, row.cells)


def _audience(cycle: CycleRow, known: Trees) -> tuple[tuple[str | None, str | None], ...]:
    """The audience, empty where it is everybody anyway, because the query is faster for it."""
    roots = [unit.id for unit in known.administrative if unit.depth == 0]
    everybody = {(None, None), *((root, None) for root in roots if len(roots) == 1)}
    return () if everybody & set(cycle.audience) else cycle.audience


def _filters(asked: Asked, cycle: CycleRow, known: Trees) -> Filters:
    if asked.module and asked.module not in cycle.module_ids:
        raise NotFound
    if asked.state and asked.state not in list(Wanted):
        raise NotFound
    return Filters(
        unit_id=_unit(asked.unit, "administrative", known),
        branch_id=_unit(asked.branch, "party", known),
        module_id=asked.module or None,
        codes=codes_of(Wanted(asked.state)) if asked.state else None,
        text=asked.text.strip()[:MAX_TEXT],
    )


def _unit(unit_id: str, line_of_tree: str, known: Trees) -> str | None:
    if not unit_id:
        return None
    unit = known.tree.units.get(unit_id)
    if unit is None or unit.line != line_of_tree:
        raise NotFound
    return unit.id


def _sort(asked: Asked, cycle: CycleRow) -> Sort:
    if asked.sort not in SORTS and asked.sort not in cycle.module_ids:
        raise NotFound
    return Sort(asked.sort, asked.descending)


def _position(after: str) -> Position | None:
    if not after:
        return None
    group, _, member_id = after.rpartition(".")
    return Position(member_id, group)


def _address(position: Position) -> str:
    return f"{position.group}.{position.member_id}" if position.group else position.member_id
