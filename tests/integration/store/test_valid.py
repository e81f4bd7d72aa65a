"""Two times of a fact: what held on a day, as known at a moment (ADR 0006)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Select, select, text

from quiz_app.store import units
from quiz_app.store.cycles import current_cycle, in_audience
from quiz_app.store.db import session
from quiz_app.store.people import is_in_audience
from quiz_app.store.tables.people import Membership
from quiz_app.store.valid import holds
from tests.factories import LONG_AGO, Factories, Made

MOVE = date(2026, 10, 1)


@pytest.fixture
def jia(factories: Factories) -> Made:
    """The enterprise jia."""
    factories.instance()
    return factories.enterprise("jia")


def unit_on(member_id: str, day: date, known_at: datetime) -> list[str]:
    """The units a person was in on a day, as known at a moment."""
    return list(
        session().scalars(
            select(Membership.unit_id).where(holds(Membership, "jia", day, known_at), Membership.member_id == member_id)
        )
    )


def test_a_move_ends_the_old_place_and_begins_the_new_one_on_the_day(
    factories: Factories, jia: Made, now: datetime
) -> None:
    old, new = factories.unit("jia", "甲部", jia.root), factories.unit("jia", "乙部", jia.root)
    member = factories.member("jia", old)
    first = session().scalars(select(Membership.id)).one()
    factories.place("jia", member, old, until=MOVE, retracts=first, recorded_at=now)
    factories.place("jia", member, new, since=MOVE, recorded_at=now)
    assert unit_on(member, MOVE - timedelta(days=1), now) == [old]
    assert unit_on(member, MOVE, now) == [new]


def test_a_back_dated_move_was_not_known_before_it_was_recorded(factories: Factories, jia: Made, now: datetime) -> None:
    old, new = factories.unit("jia", "甲部", jia.root), factories.unit("jia", "乙部", jia.root)
    member = factories.member("jia", old)
    first = session().scalars(select(Membership.id)).one()
    factories.place("jia", member, old, until=MOVE, retracts=first, recorded_at=now)
    factories.place("jia", member, new, since=MOVE, recorded_at=now)
    before = now - timedelta(seconds=1)
    assert unit_on(member, MOVE, before) == [old]
    assert unit_on(member, MOVE, now) == [new]


def test_an_empty_span_only_withdraws(factories: Factories, jia: Made, now: datetime) -> None:
    member = factories.member("jia", jia.root)
    first = session().scalars(select(Membership.id)).one()
    factories.place("jia", member, jia.root, since=LONG_AGO, until=LONG_AGO, retracts=first, recorded_at=now)
    assert unit_on(member, MOVE, now) == []
    assert unit_on(member, MOVE, now - timedelta(seconds=1)) == [jia.root]


def test_the_tree_of_a_day_knows_names_parents_and_everything_below(
    factories: Factories, jia: Made, now: datetime
) -> None:
    part = factories.unit("jia", "甲部", jia.root)
    deep = factories.unit("jia", "甲部一组", part)
    tree = units.tree("jia", MOVE, now)
    root = tree.root("administrative")
    assert root is not None
    assert root.id == jia.root
    assert [unit.id for unit in tree.children(jia.root)] == [part]
    assert tree.below(part) == {part, deep}
    assert {unit.id for unit in tree.in_order("party")} == {jia.party_root}


@pytest.mark.parametrize(
    ("audience", "expected"),
    [((), True), ((("part", None),), True), ((("other", None),), False), (((None, "manager"),), False)],
    ids=["everybody", "own unit with all below", "another unit", "another post"],
)
def test_the_audience_of_a_cycle_is_units_with_all_below_and_posts(
    factories: Factories, jia: Made, now: datetime, audience: tuple[tuple[str | None, str | None], ...], expected: bool
) -> None:
    made = {"part": factories.unit("jia", "甲部", jia.root), "other": factories.unit("jia", "乙部", jia.root)}
    member = factories.member("jia", factories.unit("jia", "甲部一组", made["part"]))
    factories.cycle("jia", audience=[(made.get(unit or ""), post) for unit, post in audience])
    cycle = current_cycle("jia", date(2026, 11, 1), now)
    assert cycle is not None
    tree = units.tree("jia", date(2026, 11, 1), now)
    assert is_in_audience("jia", member, cycle, tree, date(2026, 11, 1), now) is expected
    assert in_audience(cycle, tree) is not None


def test_the_cycle_in_force_is_the_one_that_opened_last(factories: Factories, jia: Made, now: datetime) -> None:
    first = factories.cycle("jia", opens_on=date(2026, 1, 1))
    second = factories.cycle("jia", opens_on=date(2026, 9, 1))
    factories.cycle("jia", opens_on=date(2027, 1, 1))
    factories.setting("jia", "make_up_days", "10")
    assert [
        getattr(current_cycle("jia", day, now), "id", None) for day in (date(2025, 1, 1), date(2026, 5, 1), MOVE)
    ] == [
        None,
        first,
        second,
    ]
    cycle = current_cycle("jia", MOVE, now)
    assert cycle is not None
    assert cycle.rule.make_up_days == 10


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_withdrew_a_row_is_looked_up_also_after_the_file_was_analysed(
    factories: Factories, jia: Made, now: datetime
) -> None:
    members = [factories.member("jia", jia.root) for _ in range(40)]
    session().rollback()
    session().execute(text("ANALYZE"))
    session().commit()
    query = select(Membership.id).where(holds(Membership, "jia", MOVE, now), Membership.member_id.in_(members))
    plan = session().execute(text(f"EXPLAIN QUERY PLAN {_literal(query)}"))
    assert any("ix_membership_retracts (enterprise_id=? AND retracts=?)" in row[-1] for row in plan)


def _literal(query: Select[Any]) -> str:
    compiled = query.compile(session().connection(), compile_kwargs={"literal_binds": True})
    return str(compiled)
