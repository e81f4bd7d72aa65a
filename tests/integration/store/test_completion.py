"""The completion query on both databases: the word of a standing, order, pages, filters, totals."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Date, literal, select

from quiz_app.domain.completion import KINDS, Wanted, codes_of
from quiz_app.domain.errors import NotFound
from quiz_app.domain.standing import StandingDates, standing_of
from quiz_app.store import completion as store
from quiz_app.store.completion import Filters, PersonRow, Position, Scope, Sort
from quiz_app.store.cycles import current_cycle
from quiz_app.store.db import saving, session
from quiz_app.store.standing_code import kind_code
from quiz_app.store.tables.learning import Standing
from quiz_app.store.tables.people import Membership
from quiz_app.store.units import tree
from tests.factories import Factories

DAY = date(2026, 11, 18)
DUE = date(2026, 11, 15)
MODULES = ("basics", "second")
NAMES = ("张伟", "李娜", "王芳", "Zhang Wei", "50%_全")

days = st.none() | st.integers(-6, 6).map(lambda shift: DAY + timedelta(days=shift))
dates = st.builds(
    StandingDates,
    due_on=st.integers(-6, 6).map(lambda shift: DAY + timedelta(days=shift)),
    started_on=days,
    passed_on=days,
    reopened_on=days,
    make_up_due_on=days,
    waived_from=days,
    waived_to=days,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(many=st.lists(dates, min_size=1, max_size=25))
def test_the_sql_word_of_a_standing_is_that_of_the_rule(database: str, many: list[StandingDates]) -> None:
    """Both engines derive the same kind from the same dates as `standing_of`."""
    columns = [
        kind_code(SimpleNamespace(**{name: literal(value, Date) for name, value in vars(one).items()}), DUE, DAY)
        for one in many
    ]
    codes = session().execute(select(*(column.label(f"k{n}") for n, column in enumerate(columns)))).one()
    found = [standing_of(one, True, DAY) for one in many]
    assert [KINDS[code] for code in codes] == [(one.state, one.lateness) for one in found]


def test_no_row_is_no_fact_yet(database: str) -> None:
    nothing: Any = SimpleNamespace(**{name: literal(None, Date) for name in StandingDates.__dataclass_fields__})
    for due in (DAY - timedelta(days=1), DAY):
        code = session().scalar(select(kind_code(nothing, due, DAY)))
        found = standing_of(StandingDates(due), True, DAY)
        assert KINDS[code or 0] == (found.state, found.lateness)


@dataclass(frozen=True)
class World:
    """An enterprise of people with random standings, and the ids of some of its units."""

    scope: Scope
    child: str
    leaf: str
    branch: str
    group: str
    outsider: str
    dates: dict[tuple[str, str], StandingDates]


@pytest.fixture
def world(factories: Factories, now: datetime) -> World:
    """23 people in three units and three Party organisations, with names that repeat."""
    chance = Random(4)
    made, other = factories.enterprise("jia"), factories.enterprise("yi")
    child = factories.unit("jia", "财务部", made.root)
    leaf = factories.unit("jia", "财务一处", child)
    branch = factories.unit("jia", "第一党支部", made.party_root, line="party")
    group = factories.unit("jia", "第一党小组", branch, line="party")
    cycle_id = factories.cycle("jia", MODULES, due_on=DUE)
    outsider = factories.member("yi", other.root)
    held: dict[tuple[str, str], StandingDates] = {}
    for number in range(23):
        unit = (made.root, child, leaf)[number % 3]
        party = (None, branch, group)[number % 3 if number % 2 else 0]
        name = NAMES[number % len(NAMES)]
        member = factories.member("jia", unit, party, staff_number=f"A{number:03}", name=name)
        for module_id in MODULES:
            if chance.random() < 0.8:
                held[member, module_id] = _some_dates(chance)
    with saving() as current:
        for (member, module_id), one in held.items():
            current.add(
                Standing(enterprise_id="jia", cycle_id=cycle_id, member_id=member, module_id=module_id, **vars(one))
            )
    cycle = current_cycle("jia", DAY, now)
    assert cycle is not None
    scope = Scope("jia", cycle, tree("jia", DAY, now), DAY, now)
    return World(scope, child, leaf, branch, group, outsider, held)


def _some_dates(chance: Random) -> StandingDates:
    def maybe(share: float) -> date | None:
        return DAY + timedelta(days=chance.randrange(-20, 3)) if chance.random() < share else None

    passed = maybe(0.6)
    return StandingDates(
        due_on=DUE + timedelta(days=chance.choice((0, 0, 10))),
        started_on=passed or maybe(0.6),
        passed_on=passed,
        reopened_on=DAY if passed and chance.random() < 0.3 else None,
        make_up_due_on=DAY + timedelta(days=30) if passed else None,
        waived_from=maybe(0.2),
    )


def everybody(world: World, filters: Filters | None = None, sort: Sort | None = None) -> list[PersonRow]:
    return list(store.everybody(world.scope, filters or Filters(), sort or Sort()))


def paged(world: World, filters: Filters, sort: Sort, size: int) -> list[PersonRow]:
    found: list[PersonRow] = []
    after: Position | None = None
    while True:
        rows = store.page(world.scope, filters, sort, after, size)
        found += rows
        if len(rows) < size:
            return found
        after = store.position(rows[-1], world.scope, sort)


SORTS = ("staff_number", "name", "unit", "branch", *MODULES)


@pytest.mark.parametrize("descending", [False, True])
def test_pages_visit_everybody_exactly_once_in_every_order(world: World, descending: bool) -> None:
    """Names, units, branches and states repeat; the order stays total, and page and export agree."""
    for key in SORTS:
        sort = Sort(key, descending)
        whole = everybody(world, sort=sort)
        assert len({row.member_id for row in whole}) == 23
        for size in (1, 4, 23):
            assert paged(world, Filters(), sort, size) == whole, (key, size)


def test_each_order_is_by_what_it_says(world: World) -> None:
    names = world.scope.tree.units
    by: dict[str, Any] = {
        "staff_number": lambda row: row.staff_number,
        "name": lambda row: (row.name, row.staff_number),
        "unit": lambda row: (names[row.unit_id].name_zh, row.unit_id, row.staff_number),
        "branch": lambda row: (
            names[row.branch_id].name_zh if row.branch_id else "",
            row.branch_id or "",
            row.staff_number,
        ),
        "second": lambda row: (row.codes[1], row.staff_number),
    }
    for key, order in by.items():
        rows = everybody(world, sort=Sort(key))
        assert rows == sorted(rows, key=order), key
        assert everybody(world, sort=Sort(key, True)) == rows[::-1], key


def test_each_cell_is_the_standing_of_the_rule_and_knows_no_date_of_a_pass(world: World) -> None:
    for row in everybody(world):
        for module_id, cell in zip(MODULES, row.cells, strict=True):
            held = world.dates.get((row.member_id, module_id), StandingDates(DUE))
            found = standing_of(held, True, DAY)
            assert (cell.state, cell.lateness) == (found.state, found.lateness)
            done = found.state.counts_as_completed
            assert cell.month == (held.passed_on.strftime("%Y-%m") if done and held.passed_on else None)
            assert cell.due_on in (None, found.due_on)
            assert held.passed_on is None or held.passed_on not in (cell.due_on, cell.month)


def test_a_unit_is_filtered_with_all_below_it(world: World) -> None:
    assert {row.unit_id for row in everybody(world, Filters(unit_id=world.child))} == {world.child, world.leaf}
    assert {row.unit_id for row in everybody(world, Filters(unit_id=world.leaf))} == {world.leaf}


def test_a_branch_is_filtered_with_its_groups(world: World) -> None:
    assert {row.branch_id for row in everybody(world, Filters(branch_id=world.branch))} == {world.branch, world.group}
    assert {row.branch_id for row in everybody(world, Filters(branch_id=world.group))} == {world.group}


@pytest.mark.parametrize("wanted", list(Wanted))
def test_a_state_is_filtered_in_one_module_or_in_any(world: World, wanted: Wanted) -> None:
    codes = codes_of(wanted)
    whole = everybody(world)
    in_second = [row for row in whole if row.codes[1] in codes]
    in_any = [row for row in whole if set(row.codes) & set(codes)]
    assert everybody(world, Filters(module_id="second", codes=codes)) == in_second
    assert everybody(world, Filters(codes=codes)) == in_any


@pytest.mark.parametrize(
    ("words", "number"), [("伟", 5), ("zhang", 4), ("a00", 10), ("50%", 4), ("%", 4), ("_", 4), ("/", 0), ("nobody", 0)]
)
def test_names_and_numbers_are_searched_for_as_written(world: World, words: str, number: int) -> None:
    found = everybody(world, Filters(text=words))
    assert len(found) == number
    assert all(words.lower() in f"{row.name} {row.staff_number}".lower() for row in found)


def test_filters_narrow_together_and_pages_keep_them(world: World) -> None:
    filters = Filters(unit_id=world.child, text="a0", codes=codes_of(Wanted.UNFINISHED))
    expected = [
        row
        for row in everybody(world)
        if row.unit_id in (world.child, world.leaf) and set(row.codes) & set(codes_of(Wanted.UNFINISHED))
    ]
    for key in SORTS:
        found = paged(world, filters, Sort(key), 3)
        assert sorted(found) == sorted(expected)


def test_totals_count_the_rows_under_the_same_filters(world: World) -> None:
    for filters in (
        Filters(),
        Filters(unit_id=world.leaf),
        Filters(branch_id=world.branch),
        Filters(text="伟"),
        Filters(codes=codes_of(Wanted.OVERDUE)),
        Filters(module_id="basics", codes=codes_of(Wanted.COMPLETED), unit_id=world.child),
    ):
        assert store.totals(world.scope, filters) == Counter(row.codes for row in everybody(world, filters))


def test_only_the_audience_is_listed(world: World, factories: Factories) -> None:
    chief = factories.member("jia", world.leaf, post="leader")
    at = world.scope
    for audience, expected in (
        (((world.leaf, None),), {world.leaf}),
        (((world.leaf, "leader"),), {world.leaf}),
        (((world.child, None), (None, "leader")), {world.child, world.leaf}),
    ):
        scope = replace(at, cycle=replace(at.cycle, audience=audience))
        rows = list(store.everybody(scope, Filters(), Sort()))
        assert {row.unit_id for row in rows} == expected
        assert chief in {row.member_id for row in rows}
        assert sum(store.totals(scope, Filters()).values()) == len(rows)
    leaders = replace(at, cycle=replace(at.cycle, audience=((None, "leader"),)))
    assert [row.member_id for row in store.everybody(leaders, Filters(), Sort())] == [chief]


def test_only_people_in_the_enterprise_today_are_listed(world: World, factories: Factories, now: datetime) -> None:
    gone = factories.member("jia", world.leaf)
    place = session().scalar(select(Membership.id).where(Membership.member_id == gone))
    factories.place("jia", gone, world.leaf, until=DAY, retracts=place, recorded_at=now)
    coming = factories.member("jia", world.leaf, since=DAY + timedelta(days=1))
    listed = {row.member_id for row in everybody(world)}
    assert not {gone, coming, world.outsider} & listed


def test_somebody_with_two_rows_of_places_is_listed_once(world: World, factories: Factories) -> None:
    person = everybody(world)[0].member_id
    factories.place("jia", person, world.leaf)
    factories.place("jia", person, world.group, line="party")
    for key in SORTS:
        assert [row.member_id for row in paged(world, Filters(), Sort(key), 5)].count(person) == 1, key
    assert sum(store.totals(world.scope, Filters()).values()) == 23


def test_a_position_of_another_enterprise_or_of_no_group_is_not_found(world: World) -> None:
    person = everybody(world)[0].member_id
    for key, position in (
        ("staff_number", Position(world.outsider)),
        ("staff_number", Position("nobody")),
        ("unit", Position(person, "nowhere")),
        ("unit", Position(person)),
        ("branch", Position(person, "nowhere")),
        ("basics", Position(person, "x")),
        ("basics", Position(person, "99999999999999999999999")),
    ):
        with pytest.raises(NotFound):
            store.page(world.scope, Filters(), Sort(key), position, 5)
