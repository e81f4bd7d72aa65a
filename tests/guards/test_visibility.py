"""Who sees what: no page shows a role what the table forbids, and nobody sees how somebody else learns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from random import Random

import pytest
import yaml
from flask import Flask
from sqlalchemy import text

from quiz_app.content.visibility import READERS, Reader, extent_of
from quiz_app.domain.people import Learner, Role
from quiz_app.domain.report_words import WORDS
from quiz_app.services import reports, sittings
from quiz_app.store.db import saving, session
from quiz_app.web.access import open_to, roles_of
from tests.guards.conftest import Worlds
from tests.guards.houses import OTHER_BRANCH, PASSED_ON
from tests.guards.pages import said, snapshot
from tests.guards.project import ROOT
from tests.guards.world import VISITORS, Plant, World

TABLE = ROOT / "tests/guards/fields.yml"
READS_AS: dict[Role, Reader] = {
    Role.MEMBER: "self",
    Role.BRANCH_SECRETARY: "branch",
    Role.HR: "hr",
    Role.COMMITTEE: "committee",
    Role.SUPERVISOR: "city",
}
"""The column of the table for each role; the administrator has none and sees nothing of it."""

Fields = Mapping[str, Mapping[str, str | Mapping[str, str]]]


@pytest.fixture(scope="module")
def fields() -> Fields:
    """What each page shows, as a person wrote it down."""
    return dict(yaml.safe_load(TABLE.read_text(encoding="utf-8")))


def table_findings(world: World, fields: Fields) -> list[str]:
    """Every page that is not listed with what it shows, or is listed with what a role may not see."""
    found, names = [], set()
    for method, rule in world.rules():
        name, roles = f"{method} {rule.rule}", roles_of(world.app, rule.endpoint)
        if not roles:
            continue
        names.add(name)
        if name not in fields:
            found.append(f"{name}: is not listed in fields.yml")
        for field, extents in fields.get(name, {}).items():
            for role in sorted(roles):
                extent = extents if isinstance(extents, str) else extents.get(role)
                allowed = extent_of(field, READS_AS[role]) if role in READS_AS else "no"  # type: ignore[arg-type]
                if extent != allowed:
                    found.append(f"{name}: shows {role} {field} ({extent}), the table says {allowed}")
    return found + [f"{name}: is listed in fields.yml and is no page of a role" for name in fields.keys() - names]


def shown_findings(world: World, fields: Fields, visitors: tuple[str, ...] = VISITORS) -> list[str]:
    """Every page that shows a name, a date of completion or a sitting without being listed with it."""
    found = []
    for visitor, name, page in _answers(world, visitors):
        for words, kinds in _canaries(world, visitor):
            if words in page and not kinds & fields.get(name, {}).keys():
                found.append(f"{name}: shows {visitor} “{words}”")
    return found


def _answers(world: World, visitors: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    for visitor in visitors:
        for address, response in world.walk(visitor):
            rule = world.rule_of(response.request.path)
            assert rule is not None, address
            yield visitor, f"GET {rule.rule}", _without_what_was_asked(world, address, said(response))
        for method, rule in world.rules():
            if method == "POST":
                address = world.address(rule)
                page = said(world.ask(visitor, "POST", address))
                yield visitor, f"POST {rule.rule}", _without_what_was_asked(world, address, page)


def _without_what_was_asked(world: World, address: str, page: str) -> str:
    # Links to the other language and back from the sign-in page repeat the address that was asked for.
    for sample in world.jia.samples.values():
        page = page.replace(sample, "") if sample in address else page
    return page


def _canaries(world: World, visitor: str) -> Iterator[tuple[str, set[str]]]:
    """Words that only one kind of data brings onto a page, with the kinds that allow them there."""
    for person, names in world.jia.names.items():
        hidden = visitor == "branch_secretary" and person == f"member{OTHER_BRANCH}"
        yield from ((name, set() if hidden else {"roster", "standing"}) for name in names)
    # The supervisor reads the released reports of every enterprise.
    open_ids = {world.yi.samples["report_id"]} if visitor == "supervisor" else set()
    for words in (*world.yi.all_names, *(one for one in world.yi.ids if one not in open_ids)):
        yield words, set()
    for words in (f"{PASSED_ON}", f"{PASSED_ON.month}月{PASSED_ON.day}日", f"{PASSED_ON:%d %B %Y}", _SERIAL):
        yield words, set() if visitor != "member" else {"pass_date"}
    if visitor == "branch_secretary":
        yield from ((f"{PASSED_ON:{form}}", set()) for form in ("%Y年%m月", "%Y-%m", "%B %Y"))
    yield WORDS["missed_rate"].zh, {"missed_concepts"}
    for sitting in (world.jia.samples["sitting_id"], world.jia.beside["member"][world.jia.samples["sitting_id"]]):
        yield sitting, {"learning"} if visitor == "member" and sitting in world.jia.samples.values() else set()


_SERIAL = f"<v>{(PASSED_ON - date(1899, 12, 30)).days}</v>"
"""The day as a workbook stores it."""


def learning_findings(one: dict[tuple[str, str], str], other: dict[tuple[str, str], str]) -> list[str]:
    """Every page that differs between two worlds in which only a colleague's way of learning differs."""
    return [
        f"{address}: shows {visitor} how somebody else learns"
        for visitor, address in sorted(one.keys() | other.keys())
        if one.get((visitor, address)) != other.get((visitor, address))
    ]


def _learn_otherwise(world: World) -> None:
    """A colleague of the world's member was less sure, took another wrong option, and needs one more try."""
    sitting_id = world.jia.beside["member"][world.jia.samples["sitting_id"]]
    with saving() as current:
        changed = "UPDATE answer SET option_id = 'c', confidence = 1 WHERE sitting_id = :id"
        current.execute(text(changed), {"id": sitting_id})
    member_id = session().scalars(text("SELECT member_id FROM sitting WHERE id = :id"), {"id": sitting_id}).one()
    libraries, chance = world.app.extensions["rongcuo"].libraries, Random(1)
    learner = Learner("jia", member_id)
    parallel = sittings.view(learner, sitting_id, libraries).entries[-1].asked.position
    sittings.answer(learner, sitting_id, parallel, "b", 2, libraries, world.now, chance)


def test_every_page_shows_a_role_what_the_table_allows(world: World, fields: Fields) -> None:
    assert set(READS_AS.values()) == set(READERS)
    assert table_findings(world, fields) == []


def test_names_dates_and_sittings_stand_only_where_they_are_listed(world: World, fields: Fields) -> None:
    assert shown_findings(world, fields) == []


def test_nobody_sees_how_somebody_else_learns(spoilt_world: Worlds) -> None:
    assert _two_ways_of_learning(spoilt_world) == []


def _two_ways_of_learning(
    worlds: Worlds, plant: Plant = lambda app: None, visitors: tuple[str, ...] = VISITORS
) -> list[str]:
    found = []
    for learn in (lambda world: None, _learn_otherwise):
        with worlds(plant) as world:
            learn(world)
            reports.build("jia", "2026-11", world.app.extensions["rongcuo"].libraries, world.now, note="again")
            found.append(snapshot(world, visitors))
    return learning_findings(*found)


def _spoil(app: Flask) -> None:
    def shows(name: str, roles: tuple[Role, ...], query: str) -> None:
        view: Callable[[], str] = lambda: " ".join(str(row) for row in session().execute(text(query)))  # noqa: E731
        app.add_url_rule(f"/planted/{name}", view_func=open_to(*roles)(view), endpoint=name)

    shows("names", (Role.COMMITTEE,), "SELECT name FROM member WHERE enterprise_id = 'jia'")
    shows("foreign", (Role.HR,), "SELECT name FROM member WHERE enterprise_id = 'yi'")
    shows("dates", (Role.HR,), "SELECT passed_on FROM module_pass")
    shows("sure", (Role.HR,), "SELECT confidence FROM answer ORDER BY sitting_id")
    shows("tries", (Role.ADMINISTRATOR,), "SELECT count(*) FROM answer")


def _planted(found: list[str]) -> list[str]:
    return [line for line in found if "/planted/" in line]


def test_planted_pages_are_named(spoilt_world: Worlds, fields: Fields) -> None:
    wrong: dict[str, Mapping[str, str | Mapping[str, str]]] = {
        **fields,
        "GET /planted/names": {"roster": "own_enterprise"},
        "GET /planted/dates": {"pass_date": "month_only"},
        "GET /planted/foreign": {"roster": "own_enterprise"},
        "GET /planted/tries": {"learning": "own"},
    }
    with spoilt_world(_spoil) as world:
        assert _planted(table_findings(world, wrong)) == [
            "GET /planted/names: shows committee roster (own_enterprise), the table says no",
            "GET /planted/sure: is not listed in fields.yml",
            "GET /planted/tries: shows administrator learning (own), the table says no",
        ]
        del wrong["GET /planted/names"]
        found = _planted(shown_findings(world, wrong, ("committee", "hr")))
        assert {line.split(" “")[0] for line in found} == {
            "GET /planted/names: shows committee",
            "GET /planted/foreign: shows hr",
            "GET /planted/dates: shows hr",
        }
    assert _planted(_two_ways_of_learning(spoilt_world, _spoil, ("administrator", "hr"))) == [
        "/planted/tries: shows administrator how somebody else learns",
        "/planted/sure: shows hr how somebody else learns",
    ]
