"""Every route names its roles, opens to them alone, and shows nothing of another enterprise."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import yaml
from flask import Flask
from sqlalchemy import text
from werkzeug.routing import Rule

from quiz_app.domain.people import Role
from quiz_app.store.db import session
from quiz_app.web.access import open_to, roles_of
from tests.guards.conftest import Worlds
from tests.guards.project import ROOT
from tests.guards.world import NOBODY, VISITORS, World

TABLE = ROOT / "tests/guards/routes.yml"
ENDS_THE_LOGIN = "POST /logout"
"""It leads everybody to the sign-in page."""

Table = dict[str, str | list[str]]


@pytest.fixture(scope="module")
def table() -> Table:
    """Who opens what, as a person wrote it down."""
    return dict(yaml.safe_load(TABLE.read_text(encoding="utf-8")))


def listed(world: World, table: Table | None = None) -> Iterator[tuple[str, str, Rule]]:
    """Each method and route (of a table) with the name it has there."""
    for method, rule in world.rules():
        name = f"{method} {rule.rule}"
        if table is None or name in table:
            yield name, method, rule


def route_findings(world: World, table: Table) -> list[str]:
    """Every route that is missing in the table, names no roles, or names other roles than the table."""
    found, names = [], set()
    for name, _method, rule in listed(world):
        names.add(name)
        roles = roles_of(world.app, rule.endpoint)
        if roles is None:
            found.append(f"{name}: names no roles")
        if "enterprise_id" in rule.arguments and roles != frozenset({Role.SUPERVISOR}):
            found.append(f"{name}: takes the enterprise from the address, which only the supervisor may")
        if name not in table:
            found.append(f"{name}: is not listed in routes.yml")
        elif roles is not None and roles != _roles(table[name]):
            found.append(f"{name}: opens to {' '.join(sorted(roles)) or 'everybody'}, the table says {table[name]}")
    return found + [f"{name}: is listed in routes.yml and does not exist" for name in sorted(table.keys() - names)]


def _roles(entry: str | list[str]) -> frozenset[Role]:
    if entry == "everybody":
        return frozenset()
    return frozenset(Role) if entry == "signed_in" else frozenset(Role(one) for one in entry)


def access_findings(world: World, table: Table) -> list[str]:
    """Every (route, visitor) whose answer differs from what the table promises."""
    found = []
    for name, method, rule in listed(world, table):
        for visitor in VISITORS:
            answer = world.ask(visitor, method, world.address(rule))
            to_login = urlsplit(answer.location or "").path == "/login"
            seen = "sign in" if to_login and name != ENDS_THE_LOGIN else str(answer.status_code)
            wanted = _wanted(_roles(table[name]), visitor)
            if (seen != wanted) if wanted else (seen in ("sign in", "403", "404") or answer.status_code >= 500):
                found.append(f"{name}: {visitor} gets {seen}, not {wanted or 'the page'}")
    return found


def _wanted(roles: frozenset[Role], visitor: str) -> str | None:
    if not roles or visitor in roles:
        return None
    return "sign in" if visitor == NOBODY else "403"


def foreign_findings(world: World, table: Table, visitors: tuple[str, ...] = VISITORS) -> list[str]:
    """Every address that answers otherwise than 404 to somebody else's object, or to one that does not exist."""
    found = []
    for name, method, rule in listed(world, table):
        roles = _roles(table[name])
        for visitor in visitors:
            if not roles or visitor in roles:
                for wrong, address in _wrong_addresses(world, rule, method, visitor):
                    status = world.ask(visitor, method, address).status_code
                    if status not in _not_found(method, wrong):
                        found.append(f"{name}: {visitor} gets {status} for {wrong}, not 404")
    for visitor in visitors:
        for address, response in list(world.walk(visitor)):
            # The sign-in pages carry an address to go on to, which is judged when it is opened.
            if "?" in address and "next=" not in address and response.status_code == 200:
                found += [
                    f"GET {address.split('?')[0]}: {visitor} gets {status} for {wrong} in the query, not 404"
                    for wrong, changed in _of_others(world, address, visitor)
                    if (status := world.ask(visitor, "GET", changed).status_code) != 404
                ]
    return found


def _not_found(method: str, wrong: str) -> set[int]:
    # A number out of range is no address for Werkzeug, which then speaks of the method.
    return {404, 405} if method == "POST" and wrong.startswith("a huge") else {404}


def _wrong_addresses(world: World, rule: Rule, method: str, visitor: str) -> Iterator[tuple[str, str]]:
    for part in sorted(rule.arguments):
        yield f"an unknown {part}", world.address(rule, {part: "x" * 20})
        yield f"a huge {part}", world.address(rule, {part: "9" * 40})
    yield from _of_others(world, world.address(rule), visitor)


def _of_others(world: World, address: str, visitor: str) -> Iterator[tuple[str, str]]:
    """The same address with the objects of the other enterprise, or of somebody beside the visitor."""
    for own, foreign in zip(world.jia.ids, world.yi.ids, strict=True):
        if own in address:
            yield "a foreign object", address.replace(own, foreign)
    for own, other in world.jia.beside.get(visitor, {}).items():
        if own in address:
            yield "somebody else's object", address.replace(own, other)


def form_findings(world: World) -> list[str]:
    """Every POST that is accepted without the token of a form."""
    world.app.config["WTF_CSRF_ENABLED"] = True
    found = []
    for name, method, rule in listed(world):
        if method == "GET":
            continue
        status = world.ask(NOBODY, method, world.address(rule)).status_code
        if status != 400:
            found.append(f"{name}: answers {status} without a CSRF token, not 400")
    world.app.config["WTF_CSRF_ENABLED"] = False
    return found


def test_every_route_is_listed_with_its_roles(world: World, table: Table) -> None:
    assert route_findings(world, table) == []


def test_every_route_opens_to_its_roles_alone(world: World, table: Table) -> None:
    assert access_findings(world, table) == []


def test_foreign_objects_are_not_found(world: World, table: Table) -> None:
    assert foreign_findings(world, table) == []


def test_no_form_is_taken_without_its_token(world: World) -> None:
    assert form_findings(world) == []


def _spoil(app: Flask) -> None:
    app.add_url_rule("/planted/nobody-said", view_func=lambda: "x", endpoint="nobody_said")
    app.add_url_rule("/planted/unlisted", view_func=open_to()(lambda: "x"), endpoint="unlisted")
    app.add_url_rule("/planted/<enterprise_id>", view_func=open_to(Role.HR)(lambda enterprise_id: "x"), endpoint="its")
    app.add_url_rule("/planted/hr-only", view_func=open_to(Role.HR)(lambda: "x"), endpoint="hr_only")
    app.add_url_rule(
        "/planted/any/<sitting_id>", view_func=open_to(Role.MEMBER)(lambda sitting_id: "x"), endpoint="any"
    )
    unit = text("SELECT min(id) FROM unit WHERE enterprise_id = 'jia'")
    link = open_to(Role.HR)(lambda: f'<a href="/planted/link?unit={session().scalar(unit)}"></a>')
    app.add_url_rule("/planted/link", view_func=link, endpoint="link")
    unsafe = open_to()(lambda: "x")
    app.add_url_rule("/planted/unsafe", view_func=unsafe, endpoint="unsafe", methods=["POST"])
    unsafe.__module__, unsafe.__name__ = "planted", "unsafe"
    app.extensions["csrf"].exempt("planted.unsafe")


def _planted(found: list[str]) -> list[str]:
    return [line for line in found if "/planted/" in line]


def test_planted_routes_are_named(spoilt_world: Worlds) -> None:
    wrong: Table = {
        "GET /planted/hr-only": ["committee"],
        "GET /planted/any/<sitting_id>": ["member"],
        "POST /planted/unsafe": "everybody",
        "GET /planted/link": ["hr"],
        "GET /planted/gone": "everybody",
    }
    with spoilt_world(_spoil) as world:
        assert [line.split(",")[0] for line in _planted(route_findings(world, wrong))] == [
            "GET /planted/<enterprise_id>: takes the enterprise from the address",
            "GET /planted/<enterprise_id>: is not listed in routes.yml",
            "GET /planted/hr-only: opens to hr",
            "GET /planted/nobody-said: names no roles",
            "GET /planted/nobody-said: is not listed in routes.yml",
            "GET /planted/unlisted: is not listed in routes.yml",
            "GET /planted/gone: is listed in routes.yml and does not exist",
        ]
        assert _planted(form_findings(world)) == ["POST /planted/unsafe: answers 200 without a CSRF token, not 400"]
        del wrong["GET /planted/gone"]
        wrong |= {"GET /planted/nobody-said": "everybody", "GET /planted/unlisted": ["hr"]}
        assert _planted(access_findings(world, wrong)) == [
            "GET /planted/hr-only: hr gets 200, not 403",
            "GET /planted/hr-only: committee gets 403, not the page",
            *(f"GET /planted/nobody-said: {visitor} gets 404, not the page" for visitor in VISITORS),
            *(f"GET /planted/unlisted: {role} gets 200, not 403" for role in VISITORS if role not in ("hr", NOBODY)),
            "GET /planted/unlisted: nobody gets 200, not sign in",
        ]
        assert _planted(foreign_findings(world, wrong, ("member", "hr"))) == [
            "GET /planted/any/<sitting_id>: member gets 200 for an unknown sitting_id, not 404",
            "GET /planted/any/<sitting_id>: member gets 200 for a huge sitting_id, not 404",
            "GET /planted/any/<sitting_id>: member gets 200 for a foreign object, not 404",
            "GET /planted/any/<sitting_id>: member gets 200 for somebody else's object, not 404",
            "GET /planted/link: hr gets 200 for a foreign object in the query, not 404",
        ]
