"""What the guards' world holds: two enterprises alike, with every role, six people, lists and reports."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from quiz_app.config import Settings
from quiz_app.content.library import Library
from quiz_app.domain.people import Learner
from quiz_app.domain.suggestions import Decision, Reply, Suggestion
from quiz_app.domain.unfinished import Extent, request_of
from quiz_app.services import report_desk, reports, sittings, suggestions, unfinished
from quiz_app.services.libraries import Libraries
from quiz_app.store import cycles, standings
from quiz_app.store import suggestions as store
from quiz_app.store.db import connect, disconnect, end_request, saving
from tests import databases
from tests.factories import Factories

PASSED_ON = date(2026, 10, 17)
"""A day that nothing else in the world falls on."""

PASSED = 1
"""The place of the one member who has passed."""

OTHER_BRANCH = 6
"""The number of the one member who is in the other branch."""


@dataclass
class House:
    """An enterprise of the world, and what addresses and pages name of it.

    `samples` are values of the parts of addresses, `ids` all ids in the same order for every house,
    `beside` by role the ids that the role may open, each with one of the same house that it may not.
    """

    code: str
    accounts: dict[str, str] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)
    samples: dict[str, str] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)
    beside: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def all_names(self) -> list[str]:
        """Names and staff numbers of everybody."""
        return [name for names in self.names.values() for name in names]


@dataclass(frozen=True)
class Ground:
    """A database that holds the world, to be copied, and what is in it."""

    path: Path
    library: Library
    settings: Settings
    jia: House
    yi: House


def filled(template: Path, folder: Path, library: Library, now: datetime) -> Ground:
    """The world in a database of its own, copied from an empty, migrated one."""
    url = databases.sqlite_copy(template, folder)
    settings = Settings(secret_key="s" * 40, database_url=url, site_dir=folder / "no-site")
    connect(url)
    factories = Factories(now)
    factories.instance()
    factories.release(library)
    jia, yi = (_house(factories, code, library, settings, now) for code in ("jia", "yi"))
    for role, code, kind in (("supervisor", "city", "supervisor"), ("administrator", "admin", "system")):
        factories.enterprise(code, kind)
        jia.accounts[role] = factories.account(code, code, role)
    _suggestions(jia, now)
    end_request()
    disconnect()
    return Ground(folder / "test.sqlite3", library, settings, jia, yi)


def _house(factories: Factories, code: str, library: Library, settings: Settings, now: datetime) -> House:
    house = House(code)
    made = factories.enterprise(code)
    department = factories.unit(code, f"{code} works", made.root)
    branch, other_branch = (
        factories.unit(code, f"{code} branch {number}", made.party_root, line="party", kind="party_branch")
        for number in (1, 2)
    )
    cycle_id = factories.cycle(code)
    members = [
        _member(factories, house, number, department, branch if number < OTHER_BRANCH else other_branch)
        for number in range(1, OTHER_BRANCH + 1)
    ]
    house.accounts["member"] = house.accounts["member1"]
    for role in ("hr", "committee"):
        house.accounts[role] = factories.account(code, f"{code}-{role}", role)
    house.accounts["branch_secretary"] = factories.account(code, f"{code}-b", "branch_secretary", unit_id=branch)
    factories.waiver(code, cycle_id, members[4], since=date(2026, 9, 1))
    factories.extension(code, cycle_id, members[5], date(2026, 12, 20))
    factories.passed(code, members[PASSED], passed_on=PASSED_ON, recorded_at=now)
    house.beside["branch_secretary"] = {branch: other_branch}
    house.ids += [made.root, made.party_root, department, branch, other_branch, cycle_id]
    house.ids += [*members, *house.accounts.values()]
    _sittings(house, members, library, now)
    _papers(house, library, settings, now)
    return house


def _member(factories: Factories, house: House, number: int, department: str, branch: str) -> str:
    code, role = house.code, f"member{number}"
    name, staff_number = f"{code}{'甲乙丙丁戊己'[number - 1]}某", f"{code}-no-{number}"
    member = factories.member(code, department, branch, staff_number=staff_number, name=name)
    house.accounts[role] = factories.account(code, f"{code}-{number}", "member", member_id=member)
    house.names[role] = [name, staff_number]
    house.samples["account_id"] = house.accounts[role]
    return member


def _sittings(house: House, members: list[str], library: Library, now: datetime) -> None:
    """Open sittings of all but the one who passed; five people are enough for a report to speak of a concept."""
    begun = [_sitting(house.code, member, library, now) for number, member in enumerate(members) if number != PASSED]
    mine, colleagues = begun[0], begun[1]
    house.samples["sitting_id"] = mine
    house.beside["member"] = {mine: colleagues}
    house.ids += begun
    with saving() as current:
        cycle = cycles.current_cycle(house.code, now.date(), now)
        assert cycle is not None
        standings.refresh(current, house.code, cycle, now)


def _sitting(code: str, member_id: str, library: Library, now: datetime) -> str:
    """A sitting whose first item was answered wrongly."""
    chance, libraries = random.Random(1), Libraries(library)
    learner = Learner(code, member_id)
    sitting_id = sittings.begin(learner, "basics", libraries, now, chance)
    sittings.answer(learner, sitting_id, 1, "b", 3, libraries, now, chance)
    return sitting_id


def _papers(house: House, library: Library, settings: Settings, now: datetime) -> None:
    """A list of unfinished study, a released report, and one that HR still checks."""
    asked = request_of(f"{house.code} office", f"{house.code} asks", Extent.ALL.value, "")
    hr, libraries = house.accounts["hr"], Libraries(library)
    listed = unfinished.issue(house.code, hr, asked, "once", library, now)
    released, checked = (reports.build(house.code, month, libraries, now, hr).id for month in ("2026-11", "2026-09"))
    report_desk.release(house.code, released, hr, settings, now)
    house.samples |= {"list_id": listed, "report_id": released}
    house.beside |= {"committee": {released: checked}, "supervisor": {released: checked}}
    house.ids += [listed, released, checked]


def _suggestions(house: House, now: datetime) -> None:
    """Suggestions to the supervisor: one waits, one is answered, one was erased; one lies in another tenant.

    Those of one day stand in a random order on the pages, so the two that were dealt with have a day each.
    """
    words = Suggestion("风险备案", "这一页的步骤看不懂")
    waiting, answered, erased = (suggestions.send(words, f"once-{number}", now).id for number in range(3))
    clerk = house.accounts["supervisor"]
    suggestions.reply("city", clerk, answered, Reply(Decision.ANSWERED, "已经改写"), 1, now)
    suggestions.reply("city", clerk, erased, Reply(Decision.NAMES_PEOPLE, None), 1, now - timedelta(days=1))
    with saving() as current:
        foreign = store.add(current, "jia", "AAAA-BBBB-CCCC", now.date(), words)
    house.samples["suggestion_id"] = waiting
    house.beside["supervisor"][waiting] = foreign
