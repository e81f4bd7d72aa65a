"""A small enterprise with units of 7, 6 and 3 people, two branches and some study, for tests of the report."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from quiz_app.content.library import Library
from quiz_app.services.libraries import Libraries
from quiz_app.store.db import session
from quiz_app.store.tables.learning import ModulePass
from tests.content_factories import small_library
from tests.factories import Factories

OCTOBER = date(2026, 10, 12)
PERIOD = "2026-11"


@dataclass
class ReportWorld:
    """What was made: ids by name, and the people in order."""

    factories: Factories
    libraries: Libraries
    now: datetime
    root: str
    cycle_id: str = ""
    units: dict[str, str] = field(default_factory=dict)
    branches: dict[str, str] = field(default_factory=dict)
    people: list[str] = field(default_factory=list)

    def passes(self, member: str, day: date, recorded_at: datetime | None = None, *, missed: bool = False) -> None:
        """A first sitting, answered and passed on a day."""
        sitting = self.factories.passed("jia", member, passed_on=day, pins=PINS, recorded_at=recorded_at)
        answers = [("first", "first-1", 1, not missed), ("second", "second-1", 1, True)]
        self.factories.answered("jia", sitting_of(sitting), answers, at=recorded_at)


PINS = (("first", "rule/one", 1), ("second", "rule/two", 1))


def sitting_of(pass_id: str) -> str:
    """The sitting behind a pass."""
    row = session().get(ModulePass, ("jia", pass_id))
    assert row is not None
    return row.sitting_id


def make_world(factories: Factories, library: Library, now: datetime) -> ReportWorld:
    """The world: 16 people, 9 of them done in October, everybody in one of two branches but three."""
    factories.instance()
    factories.release(library)
    made = factories.enterprise("jia")
    world = ReportWorld(factories, Libraries(library), now, made.root)
    world.units = {name: factories.unit("jia", name, made.root) for name in ("甲部", "乙部", "丙部")}
    world.branches = {
        name: factories.unit("jia", name, made.party_root, line="party", kind="party_branch")
        for name in ("第一党支部", "第二党支部")
    }
    branches = list(world.branches.values())
    places = [world.units[name] for name, size in (("甲部", 7), ("乙部", 6), ("丙部", 3)) for _ in range(size)]
    for number, unit in enumerate(places):
        branch = None if number % 5 == 4 else branches[number % 2]
        world.people.append(factories.member("jia", unit, branch, staff_number=f"{number:04}"))
    world.cycle_id = factories.cycle("jia", due_on=date(2026, 11, 10))
    for number, member in enumerate(world.people[:9]):
        world.passes(member, OCTOBER, now - timedelta(days=30), missed=number < 4)
    return world


def add_variety(world: ReportWorld) -> None:
    """One late, one begun, one waived, and a clause that changed in meaning after the passes of October."""
    factories = world.factories
    factories.extension("jia", world.cycle_id, world.people[0], date(2026, 10, 1))
    factories.sitting("jia", world.people[10], started_on=date(2026, 11, 2))
    factories.waiver("jia", world.cycle_id, world.people[14], since=date(2026, 9, 1))
    world.passes(world.people[11], date(2026, 11, 5))
    changed = small_library(("meaning",))
    factories.release(changed, world.now - timedelta(days=2))
    world.libraries = Libraries(changed)
