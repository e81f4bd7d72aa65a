"""Who sees what: no page shows a role what the table forbids, and nobody sees how somebody else learns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from random import Random

import pytest
import yaml
from flask import Flask, Response, request
from sqlalchemy import text

from quiz_app.content.visibility import READERS, Reader, extent_of
from quiz_app.domain.people import Learner, Role
from quiz_app.domain.report_words import WORDS
from quiz_app.services import accounts, reports, sittings
from quiz_app.store import audit
from quiz_app.store.db import Base, saving, session
from quiz_app.web.access import COOKIE, open_to, roles_of
from tests.guards.conftest import NOW, Worlds
from tests.guards.houses import OTHER_BRANCH, PASSED_ON
from tests.guards.pages import RANDOM, TOKEN, said, snapshot, without_random_ids
from tests.guards.project import ROOT
from tests.guards.world import NOBODY, VISITORS, Plant, World

TABLE = ROOT / "tests/guards/fields.yml"
HOUR = timedelta(hours=1)
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


def sender_findings(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """Every page and table that differs between two worlds in which a suggestion had another sender."""
    return [
        f"{place}: tells who sent a suggestion"
        for place in sorted(one.keys() | other.keys())
        if one.get(place) != other.get(place)
    ]


def _two_senders(worlds: Worlds, plant: Plant = lambda app: None) -> list[str]:
    """A suggestion comes from nobody in one world, and from somebody who is signed in, in the other."""
    found = []
    for sender in (NOBODY, "member"):
        with worlds(plant) as world:
            for visitor in ("member", "supervisor"):
                world.visitor(visitor)
            with saving() as current:
                # So long ago that a page which asked who is signed in would note that the session is in use.
                current.execute(text("UPDATE login_session SET seen_at = :then"), {"then": str(world.now - HOUR)[:19]})
            words = {"once": "once-of-this-test", "about": "", "text": "一条新的意见"}
            assert world.visitor(sender).post("/suggestions/new", data=words).status_code == 200
            found.append(_tables() | _pages(world))
    return sender_findings(*found)


def _tables() -> dict[str, str]:
    """Every table in the order in which its rows were written."""
    tables = Base.metadata.sorted_tables
    rows = {one.name: session().execute(text(f"SELECT * FROM {one.name} ORDER BY rowid")).all() for one in tables}
    return {f"table {name}": without_random_ids(str(found)) for name, found in rows.items()}


def _pages(world: World) -> dict[str, str]:
    """What the pages say, line by line in one order, because suggestions of one day stand in a random one."""
    pages = {
        one: said(world.ask("supervisor", "GET", one)) for one in ("/suggestions/", "/city/", "/city/suggestions/")
    }
    return {f"GET {one}": str(sorted(RANDOM.sub("#", TOKEN.sub("", page)).splitlines())) for one, page in pages.items()}


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


def test_nothing_tells_who_sent_a_suggestion(spoilt_world: Worlds) -> None:
    assert _two_senders(spoilt_world) == []
    assert {extent_of("suggestion_sender", reader) for reader in READERS} == {"no"}


def _note_the_sender(app: Flask) -> None:
    """Three ways to keep a sender: a row that names the account, a session in use, a page that shows it."""

    def note(response: Response) -> Response:
        token = request.cookies.get(COOKIE)
        identity = accounts.identity_of(token, NOW) if token else None
        if identity is not None and request.endpoint == "suggestions.send":
            with saving() as current:
                audit.record(current, "city", "suggestion_sent", NOW, actor=identity.account_id)
        return response

    app.after_request(note)
    last = text("SELECT coalesce(max(actor_account_id), '') FROM audit WHERE action = 'suggestion_sent'")
    app.view_functions["city.home"] = open_to(Role.SUPERVISOR)(lambda: str(session().scalar(last)))


def test_a_noted_sender_is_named(spoilt_world: Worlds) -> None:
    assert _two_senders(spoilt_world, _note_the_sender) == [
        "GET /city/: tells who sent a suggestion",
        "table audit: tells who sent a suggestion",
        "table audit_value: tells who sent a suggestion",
        "table login_session: tells who sent a suggestion",
    ]


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
