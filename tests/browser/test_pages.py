"""Every kind of page, both languages, light and dark: open to everybody, light to load, from one origin alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from flask import Blueprint, Flask
from playwright.sync_api import Browser, ConsoleMessage, Page, Request
from playwright.sync_api import TimeoutError as NeverCame

from quiz_app.config import PACKAGE, Settings
from quiz_app.content.library import Library
from quiz_app.content.text import Language
from quiz_app.web.app import create_app
from tests.browser.kinds import SERVICE, SERVICE_LIMIT, Kind, kind_findings, site_kinds
from tests.browser.prepared import Prepared, prepared
from tests.looking import PHONE
from tests.serving import SECRET_KEY, Demo
from tests.site.test_looks import looks_findings

TEMPLATES = PACKAGE / "web" / "templates"
Scheme = Literal["light", "dark"]
ARRIVAL = 10_000
"""Milliseconds within which the page that a press leads to has arrived."""


@pytest.fixture(scope="module")
def seen(
    demo_sqlite: Demo, site: Path, real_library: Library, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Prepared]:
    """An origin with something to see on every page."""
    with prepared(demo_sqlite, site, real_library, tmp_path_factory.mktemp("prepared")) as found:
        yield found


@dataclass
class Traffic:
    """What a window asks for, what it is sent, and what it complains of."""

    page: Page
    requests: list[Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Listens from now on; nothing comes from the window's cache."""
        self.page.context.new_cdp_session(self.page).send("Network.setCacheDisabled", {"cacheDisabled": True})
        self.page.on("request", lambda request: self.requests.append(request))
        self.page.on("console", self._complaint)

    def _complaint(self, message: ConsoleMessage) -> None:
        refused = "status of 4" in message.text
        if message.type in ("error", "warning") and not refused:
            self.complaints.append(message.text)

    def forget(self) -> None:
        """Begins anew for the next page."""
        self.requests.clear()
        self.complaints.clear()

    def transferred(self) -> int:
        """The bytes of all answers, as they came."""
        sizes = [request.sizes() for request in self.requests if request.failure is None]
        return sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)

    def foreign(self, base_url: str) -> list[str]:
        """Every address asked for outside the one origin."""
        return [request.url for request in self.requests if not request.url.startswith(f"{base_url}/")]


def page_findings(seen: Prepared, page: Page, traffic: Traffic, kind: Kind, language: Language) -> list[str]:
    """What is wrong with a kind of page as this window shows it."""
    address = seen.address(kind.address)
    traffic.forget()
    answer = page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
    found = []
    if answer is None or answer.status != kind.status:
        found.append(f"status {answer and answer.status}, not {kind.status}")
    if traffic.transferred() > kind.limit:
        found.append(f"first view {traffic.transferred() / 1024:.1f} KB, more than {kind.limit / 1024:.0f}")
    kind.act(page)
    if not _shows(page, kind.sign):
        found.append(f"is another page: nothing like {kind.sign}")
    found += [f"asks another origin: {url}" for url in traffic.foreign(seen.server.base_url)]
    found += [f"the window complains: {text}" for text in traffic.complaints]
    if not kind.is_site:
        # The site's own tests look at all its pages; here it is the traffic of the one origin that counts.
        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
        found += looks_findings(page)
    found += structure_findings(page, language)
    return [f"{kind.name}: {line}" for line in found]


def _shows(page: Page, sign: str) -> bool:
    """Whether the sign is there, or comes with the page that the last press leads to."""
    try:
        page.wait_for_selector(sign, state="attached", timeout=ARRIVAL)
    except NeverCame:
        return False
    return True


def structure_findings(page: Page, language: Language) -> list[str]:
    """What every page has: its language, a title, one heading of the first rank, a link past the header."""
    found = []
    said = page.locator("html").get_attribute("lang") or ""
    if not said.startswith(language) and not page.locator(f"main [lang^={language}]").count():
        found.append(f"says to be in {said or 'no language'}")
    if page.locator("h1").count() != 1:
        found.append(f"{page.locator('h1').count()} headings of the first rank")
    if not page.title().strip():
        found.append("no title")
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_of_page_is_open_light_and_from_one_origin(
    browser: Browser, seen: Prepared, site: Path, language: Language, scheme: Scheme
) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    traffic = Traffic(page)
    traffic.watch()
    found = []
    for kind in (*SERVICE, *site_kinds(site, language)):
        seen.enter(context, kind.who)
        found += page_findings(seen, page, traffic, kind, language)
    context.close()
    assert not found, "\n".join(found)


@pytest.fixture
def app(real_library: Library, tmp_path: Path) -> Flask:
    """The routes of the service; nobody asks its database."""
    settings = Settings(secret_key=SECRET_KEY, database_url=f"sqlite:///{tmp_path / 'none.sqlite3'}")
    return create_app(settings, real_library)


def test_every_endpoint_and_template_has_a_sample(app: Flask) -> None:
    assert kind_findings(app, TEMPLATES, SERVICE) == []


def test_each_sample_is_the_page_of_its_endpoint(app: Flask, seen: Prepared) -> None:
    routes = app.url_map.bind("127.0.0.1")
    wrong = []
    for kind in SERVICE:
        endpoint, _ = routes.match(urlsplit(seen.address(kind.address)).path)
        if endpoint != kind.endpoint:
            wrong.append(f"{kind.name}: {endpoint}")
    assert wrong == []


def test_a_page_without_a_sample_is_named(app: Flask, tmp_path: Path) -> None:
    planted = Blueprint("planted", __name__)
    planted.add_url_rule("/planted", "page", lambda: "")
    app.register_blueprint(planted)
    (tmp_path / "planted.html").write_text('{% extends "base.html" %}', encoding="utf-8")
    found = kind_findings(app, tmp_path, SERVICE)
    assert {"planted.page: no sample", "planted.html: no sample"} <= set(found)


def test_a_heavy_page_that_asks_elsewhere_is_named(browser: Browser, seen: Prepared) -> None:
    planted = f"<p style='font-size:9px'>{'x' * SERVICE_LIMIT}</p><img src='https://elsewhere.example/x.png'>"
    page = browser.new_page()
    page.route("https://elsewhere.example/**", lambda route: route.abort())
    page.route("**/planted?**", lambda route: route.fulfill(body=planted, content_type="text/html"))
    traffic = Traffic(page)
    traffic.watch()
    found = page_findings(seen, page, traffic, Kind("planted", "/planted", template="x"), "zh")
    page.close()
    said = "\n".join(found)
    for fault in (
        "first view",
        "asks another origin: https://elsewhere.example/x.png",
        "another page",
        "text under 14 px",
        "no title",
        "0 headings",
        "no language",
    ):
        assert fault in said, said
