"""The forecast of who would study again equals what the rules say once the change is recorded, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from quiz_app.content.library import Citation
from quiz_app.domain.standing import ModuleFacts, State, dates_of, reopened_pins, standing_of
from quiz_app.store import cycles, standings, units
from quiz_app.store.completion import Scope
from quiz_app.store.db import saving
from quiz_app.store.facts import module_facts
from quiz_app.store.library import meaning_changes
from quiz_app.store.overtaken import people_who_would_study_again
from quiz_app.store.tables.library import ClauseChange, LibraryRelease, ReleaseCitation
from tests.content_factories import small_library
from tests.fact_world import AS_OF, KNOWN_AT, MODULES, PEOPLE, World
from tests.factories import Factories

REF = "r/a"
SEEDS = range(30)


def prepared(factories: Factories, seed: int) -> tuple[World, Scope, int, list[Citation]]:
    """A world with its standing rows, the revision its clause would have, and what would be cited then."""
    world = World(factories, Random(seed))
    earlier = cycles.cycle("jia", factories.cycle("jia", MODULES, opens_on=date(2026, 1, 1)), AS_OF, KNOWN_AT)
    assert earlier is not None
    with saving() as current:
        standings.refresh(current, "jia", earlier, KNOWN_AT)
    scope = scope_of("jia")
    taken = {(row.clause_ref, row.revision) for row in world.rows if isinstance(row, ClauseChange)}
    revision = 4 if (REF, 3) in taken else 3
    cited = [row for row in world.rows if isinstance(row, ReleaseCitation) and world.chance.random() < 0.8]
    return world, scope, revision, [Citation(one.module_id, one.concept_id, one.clause_ref, revision) for one in cited]


def scope_of(enterprise_id: str) -> Scope:
    """The study task of today, with its standing rows made."""
    cycle = cycles.current_cycle(enterprise_id, AS_OF, KNOWN_AT)
    assert cycle is not None
    with saving() as current:
        standings.refresh(current, enterprise_id, cycle, KNOWN_AT)
    return Scope(enterprise_id, cycle, units.tree(enterprise_id, AS_OF, KNOWN_AT), AS_OF, KNOWN_AT)


def record(revision: int, citations: list[Citation]) -> None:
    """The release with the change, as loading it would record it."""
    with saving() as current:
        current.add(LibraryRelease(digest="next", body=b"", recorded_at=KNOWN_AT))
        current.flush()
        current.add_all(ReleaseCitation(digest="next", **vars(one)) for one in citations)
        current.add(
            ClauseChange(clause_ref=REF, revision=revision, effective_on=AS_OF, digest="next", recorded_at=KNOWN_AT)
        )


def who_study_it_again(world: World, scope: Scope) -> set[str]:
    """Those who have to make up a module because of the clause, by the rules, one person at a time."""
    facts, changes = module_facts("jia", scope.cycle, KNOWN_AT), meaning_changes(KNOWN_AT)
    found = set()
    for member in (f"m{number}" for number in range(PEOPLE)):
        in_scope = world.unit_of(member, "administrative", scope.cycle) is not None
        for module_id in scope.cycle.module_ids:
            known = facts.get((member, module_id), ModuleFacts())
            dates = dates_of(known, scope.cycle.rule, changes, AS_OF, KNOWN_AT)
            pins = reopened_pins(known.passes, changes, AS_OF, KNOWN_AT)
            owed = standing_of(dates, in_scope, AS_OF).state is State.MAKE_UP
            if owed and any(pin.clause_ref == REF for pin in pins):
                found.add(member)
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_the_forecast_is_what_happens(factories: Factories, seed: int) -> None:
    world, scope, revision, citations = prepared(factories, seed)
    forecast = people_who_would_study_again(scope, {REF: revision}, citations)
    record(revision, citations)
    assert forecast == len(who_study_it_again(world, scope))


def test_neither_a_clause_that_nothing_cites_nor_facts_after_the_cut_off_are_counted(factories: Factories) -> None:
    _, scope, revision, citations = prepared(factories, 0)
    meanings = {REF: revision}
    assert people_who_would_study_again(scope, meanings, citations) == 3
    others = [one for one in citations if one.clause_ref != REF]
    assert people_who_would_study_again(scope, meanings, others) == 0
    long_ago = replace(scope, known_at=KNOWN_AT - timedelta(days=4000))
    assert people_who_would_study_again(long_ago, meanings, citations) == 0


def test_a_pass_of_a_later_day_does_not_yet_cover_a_change(factories: Factories) -> None:
    factories.instance()
    factories.release(small_library())
    made = factories.enterprise("jia")
    factories.cycle("jia")
    member = factories.member("jia", made.root)
    for number, day in ((1, AS_OF - timedelta(days=9)), (2, AS_OF + timedelta(days=1))):
        pins = [("second", "rule/two", number)]
        factories.passed("jia", member, passed_on=day, pins=pins, number=number, recorded_at=KNOWN_AT)
    scope = scope_of("jia")
    assert people_who_would_study_again(scope, {"rule/two": 2}, small_library(["meaning"]).citations) == 1
    day_after = replace(scope, as_of=AS_OF + timedelta(days=1))
    assert people_who_would_study_again(day_after, {"rule/two": 2}, small_library(["meaning"]).citations) == 0
