"""The counting statements agree with the rules on any facts, on both databases."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from quiz_app.domain.standing import ModuleFacts, dates_of, standing_of
from quiz_app.store import cycles, units
from quiz_app.store.facts import module_facts
from quiz_app.store.library import meaning_changes
from quiz_app.store.participation import CutOff, ModuleState, first_answers, profile_counts
from tests.content_factories import small_library
from tests.fact_world import AS_OF, KNOWN_AT, PEOPLE, World
from tests.factories import Factories

CUT = CutOff(AS_OF, KNOWN_AT, date(2026, 11, 1))


def expected(world: World, cycle: cycles.CycleRow) -> Counter[object]:
    """The same counts by the rules, one person at a time."""
    facts, changed = module_facts("jia", cycle, KNOWN_AT), meaning_changes(KNOWN_AT)
    counts: Counter[object] = Counter()
    for number in range(PEOPLE):
        unit_id = world.unit_of(f"m{number}", "administrative", cycle)
        if unit_id is None:
            continue
        states = []
        for module_id in cycle.module_ids:
            known = facts.get((f"m{number}", module_id), ModuleFacts())
            dates = dates_of(known, cycle.rule, changed, AS_OF, KNOWN_AT)
            standing = standing_of(dates, True, AS_OF)
            new = dates.passed_on is not None and dates.passed_on >= CUT.month_begins
            states.append(ModuleState((standing.state, standing.lateness), new and standing.state != "waived"))
        counts[unit_id, world.unit_of(f"m{number}", "party", cycle), tuple(states)] += 1
    return counts


@pytest.mark.parametrize("seed", range(40))
def test_the_statement_counts_what_the_rules_say(factories: Factories, seed: int) -> None:
    world = World(factories, Random(seed))
    cycle = cycles.current_cycle("jia", AS_OF, KNOWN_AT)
    assert cycle is not None
    rows = profile_counts("jia", cycle, units.tree("jia", AS_OF, KNOWN_AT), CUT)
    counted: Counter[object] = Counter()
    for row in rows:
        counted[row.unit_id, row.branch_id, row.states] += row.people
    assert counted == expected(world, cycle)


def test_first_answers_count_each_person_once_and_only_the_first_try(factories: Factories) -> None:
    factories.instance()
    factories.release(small_library())
    made = factories.enterprise("jia")
    factories.cycle("jia")
    for number in range(3):
        member = factories.member("jia", made.root)
        sitting = factories.sitting("jia", member, started_on=date(2026, 10, 1))
        answers = [("first", "first-1", 1, number > 0), ("second", "second-1", 1, True), ("first", "first-2", 2, True)]
        factories.answered("jia", sitting, answers, at=KNOWN_AT - timedelta(days=1))
        again = factories.sitting("jia", member, started_on=date(2026, 10, 2), number=2)
        factories.answered("jia", again, [("first", "first-1", 1, False)], at=KNOWN_AT)
    cycle = cycles.current_cycle("jia", AS_OF, KNOWN_AT)
    assert cycle is not None
    found = first_answers("jia", cycle, AS_OF, KNOWN_AT)
    assert [(one.concept_id, one.answered, one.missed) for one in found] == [("first", 3, 1), ("second", 3, 0)]
    assert first_answers("jia", cycle, AS_OF, KNOWN_AT - timedelta(days=2)) == []
    assert first_answers("jia", cycle, date(2026, 9, 30), KNOWN_AT) == []
