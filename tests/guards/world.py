"""The guards' world behind a real application, and the visitors who walk it."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from quiz_app.domain.people import Role
from quiz_app.store import access
from quiz_app.store.db import connect, disconnect, end_request, new_id, saving
from quiz_app.web.access import COOKIE
from quiz_app.web.app import create_app
from tests.client import Form, Page
from tests.guards.houses import Ground, House

NOBODY = "nobody"
VISITORS = (*(role.value for role in Role), NOBODY)
SHARED = {
    "enterprise_id": "jia",
    "filename": "service.css",
    "kind": "xlsx",
    "module_id": "basics",
    "number": "1",
    "position": "1",
}
"""Parts of addresses that name nobody's object."""

MOST_A_ROUTE = 20
"""So many addresses of one route are walked; they differ in filters, sorting and place."""

SELECT = re.compile(r'<select\b[^>]*\bname="(\w+)"[^>]*>(.*?)</select>', re.DOTALL)
OPTION = re.compile(r'<option value="([^"]+)"')
PART = re.compile(r"<(?:(\w+)(?:\(([^<>]*)\))?:)?(\w+)>")

Plant = Callable[[Flask], None]


@dataclass
class World:
    """The application, who visits it, and both enterprises."""

    app: Flask
    now: datetime
    jia: House
    yi: House
    tokens: dict[str, str] = field(default_factory=dict)

    def visitor(self, role: str) -> FlaskClient:
        """A browser in which somebody of this role is signed in, or nobody."""
        client = self.app.test_client()
        if role != NOBODY:
            client.set_cookie(COOKIE, self._token(role))
        return client

    def ask(self, role: str, method: str, address: str) -> TestResponse:
        """The answer to one request of a visitor."""
        answer = read(self.visitor(role).open(address, method=method))
        if address == "/logout":
            self.tokens.pop(role, None)
        return answer

    def rules(self) -> list[tuple[str, Rule]]:
        """Each method and address of the application, in order."""
        return [
            (method, rule)
            for rule in sorted(self.app.url_map.iter_rules(), key=lambda one: one.rule)
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        ]

    def rule_of(self, address: str) -> Rule | None:
        """The rule that a GET of an address follows, if it is one of the application's."""
        try:
            return self.app.url_map.bind("localhost").match(urlsplit(address).path, "GET", return_rule=True)[0]
        except HTTPException:
            return None

    def address(self, rule: Rule, samples: dict[str, str] | None = None) -> str:
        """An address of a rule that leads to an object of jia, or to the given one; fails without an example."""
        held = {**SHARED, **self.jia.samples, **(samples or {})}
        unknown = rule.arguments - held.keys()
        assert not unknown, f"{rule.rule}: give the world an example of {sorted(unknown)}"

        def part(match: re.Match[str]) -> str:
            words = [word.strip() for word in (match[2] or "").split(",")]
            return words[0] if match[1] == "any" and match[3] not in (samples or {}) else held[match[3]]

        return PART.sub(part, rule.rule)

    def walk(self, role: str, language: str = "zh") -> Iterator[tuple[str, TestResponse]]:
        """Every page a visitor reaches by address or by following links, a few of each route."""
        client = self.visitor(role)
        client.set_cookie("rongcuo_lang", language)
        waiting = [self.address(rule) for method, rule in self.rules() if method == "GET"]
        seen, walked = set[str](), Counter[str]()
        while waiting:
            address = waiting.pop(0)
            rule = self.rule_of(address)
            if rule is None or address in seen or walked[rule.rule] == MOST_A_ROUTE:
                continue
            seen.add(address)
            walked[rule.rule] += 1
            response = read(client.get(address, follow_redirects=True))
            yield address, response
            if response.mimetype == "text/html":
                waiting += _links(response)

    def _token(self, role: str) -> str:
        if role not in self.tokens:
            self.tokens[role] = new_id()
            digest = hashlib.sha256(self.tokens[role].encode()).hexdigest()
            house = {"supervisor": "city", "administrator": "admin"}.get(role, "jia")
            with saving() as current:
                access.add_login(current, house, self.jia.accounts[role], digest, self.now)
        return self.tokens[role]


@contextmanager
def world_on(ground: Ground, now: datetime, folder: Path, plant: Plant = lambda app: None) -> Iterator[World]:
    """The world in a copy of its database; `plant` may spoil the application before its first request."""
    path = folder / "world.sqlite3"
    shutil.copy(ground.path, path)
    url = f"sqlite:///{path}"
    app = create_app(ground.settings.model_copy(update={"database_url": url}), ground.library, lambda: now)
    connect(url)
    app.config["WTF_CSRF_ENABLED"] = False
    plant(app)
    try:
        yield World(app, now, ground.jia, ground.yi)
    finally:
        end_request()
        disconnect()


def read(response: TestResponse) -> TestResponse:
    """The answer with its body read and its file closed."""
    response.get_data()
    response.close()
    return response


def _links(response: TestResponse) -> Iterator[str]:
    """Where the links and searches of a page lead, in the same language."""
    base, html = response.request.path, response.get_data(as_text=True)
    page = Page(html)
    searches = [address for form in page.forms if form.method == "get" for address in _searches(form, html)]
    for link in page.links + searches:
        parts = urlsplit(link)
        path = parts.path or base
        if not parts.netloc and "lang=" not in parts.query:
            yield f"{path}?{parts.query}" if parts.query else path


def _searches(form: Form, html: str) -> Iterator[str]:
    """The form sent with a name, and once with each option of each of its selects."""
    # Names and staff numbers of jia begin with these letters.
    yield f"{form.action}?{urlencode({**form.fields, 'q': 'jia'})}"
    for name, options in SELECT.findall(html):
        for value in OPTION.findall(options) if name in form.fields else ():
            yield f"{form.action}?{urlencode({name: value})}"
