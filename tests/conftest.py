"""Fixtures that all tests share: a database of each engine, factories, a clock."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quiz_app.content.library import Library
from quiz_app.store.db import connect, disconnect, end_request
from tests import databases
from tests.content_factories import small_library
from tests.factories import Factories
from tests.guards.watches import watches as watches
from tests.looking import browser as browser
from tests.looking import site as site


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, made once."""
    return databases.migrated_sqlite(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[tuple[str, str]]:
    """(address, template name) of a PostgreSQL, or a skip where none answers."""
    address = databases.postgres_address()
    if address is None:
        pytest.skip("no PostgreSQL answers")
    with databases.migrated_postgres(address) as template:
        yield address, template


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an own, migrated, empty database; each test that asks for it runs on both engines."""
    if request.param == "sqlite":
        yield databases.sqlite_copy(request.getfixturevalue("sqlite_template"), tmp_path)
        disconnect()
        return
    address, template = request.getfixturevalue("postgres")
    with databases.postgres_copy(address, template) as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[str]:
    """As `database_url`, and this process speaks to it."""
    connect(database_url)
    yield database_url
    end_request()
    disconnect()


@pytest.fixture
def now() -> datetime:
    """A fixed moment: noon in Shanghai on a Wednesday in the middle of a month."""
    return datetime(2026, 11, 18, 4, 0, tzinfo=UTC)


@pytest.fixture
def library() -> Library:
    """A library of one module with two concepts, small enough to answer by heart."""
    return small_library()


@pytest.fixture
def factories(database: str, now: datetime) -> Factories:
    """Makes enterprises, units, people and study facts in the test's database."""
    return Factories(now)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says in one line at the end what was left out."""
    reasons = sorted({str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", [])})
    left_out = "; ".join(reason.removeprefix("Skipped: ") for reason in reasons) or "nothing"
    terminalreporter.write_line(f"left out: {left_out}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI nothing may be left out: a skipped test fails the run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") == "true" and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
