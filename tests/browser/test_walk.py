"""The main job end to end in a real browser: a cadre reads, answers and passes; the committee office signs the report."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page

from quiz_app.content.library import Library
from quiz_app.content.text import Language
from tests.browser import offices
from tests.browser import walk as steps
from tests.browser.conftest import origin
from tests.browser.hands import Hand, Keyboard, Pointer
from tests.browser.walk import Walk
from tests.looking import PHONE
from tests.mail_server import Server as Mailbox
from tests.mail_server import running
from tests.serving import Demo, rongcuo


@dataclass(frozen=True)
class Way:
    """How a walk is taken."""

    language: Language
    hand: type[Hand] = Pointer
    javascript: bool = True
    database: str = "sqlite"


WAYS = {
    "zh": Way("zh"),
    "en": Way("en"),
    "postgresql": Way("zh", database="postgresql"),
    "without-javascript": Way("zh", javascript=False),
    "keyboard-alone": Way("en", Keyboard),
}
NAME, PASSWORD = "jia-0001", "five calm words are enough"


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> Way:
    """One of the ways."""
    return WAYS[request.param]


@pytest.fixture
def demo(way: Way, request: pytest.FixtureRequest) -> Demo:
    """Demo data in the database of the way."""
    found: Demo = request.getfixturevalue({"sqlite": "demo_sqlite", "postgresql": "demo_postgres"}[way.database])
    return found


def test_from_reading_a_module_to_the_signed_report(
    browser: Browser, way: Way, demo: Demo, site: Path, real_library: Library, tmp_path: Path
) -> None:
    mailbox = Mailbox()
    with running(mailbox) as smtp, origin(demo, site, tmp_path, RONGCUO_SMTP_URL=smtp) as found:
        database = found.server.database_url

        def walk(page: Page) -> Walk:
            return Walk(way.hand(page), found.base_url, way.language, real_library)

        with window(browser, way) as page:
            cadre = walk(page)
            steps.read_module_unsigned(cadre)
            code = rongcuo(database, "account", "reset", NAME, "--commit").split()[-1]
            steps.activate(cadre, NAME, code, PASSWORD)
            steps.answer_module(cadre)
            staff_number = steps.own_record(cadre)
            steps.sign_out(cadre)
        serial = rongcuo(database, "report", "build", "jia", this_month(), "--commit").strip()
        with window(browser, way) as page:
            hr = walk(page)
            steps.sign_in(hr, "jia-hr", found.password)
            offices.hr_sees_completed(hr, staff_number)
            offices.hr_checks_and_releases(hr, serial)
        said = rongcuo(
            database, "report", "deliver", "--commit", RONGCUO_SMTP_URL=smtp, RONGCUO_BASE_URL=found.base_url
        )
        offices.mail_tells_of_it(mailbox.taken, serial)
        assert "sent: 1" in said
        with window(browser, way) as page:
            committee = walk(page)
            steps.sign_in(committee, "jia-committee", found.password)
            offices.committee_reads(committee, serial)
            offices.committee_signs(committee)


@contextmanager
def window(browser: Browser, way: Way) -> Iterator[Page]:
    """A phone of somebody's own."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=way.javascript, accept_downloads=True)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def this_month() -> str:
    """The month in the zone of the demo data."""
    return f"{datetime.now(UTC).astimezone(ZoneInfo('Asia/Shanghai')):%Y-%m}"
