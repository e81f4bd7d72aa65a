"""Watches that are on during all tests: every query names its tenant, facts stay, nothing leaves this machine."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from sqlalchemy import Delete, Engine, Update, event

from quiz_app.config import PACKAGE
from tests.guards.project import ROOT
from tests.guards.scope import unscoped

ACROSS_TENANTS = {
    "quiz_app/store/bulk.py set_all_passwords": "demo data alone: all its accounts share one password",
    "quiz_app/store/reports.py by_serial": "the shell names a report by its serial alone",
    "quiz_app/store/reports.py city_lines": "the supervisor reads the released reports of every enterprise",
}
"""Functions that may speak to all tenants at once, and why."""

CHANGEABLE = {
    "account": "a password is set, an account is disabled",
    "login_session": "it is in use, it ends",
    "one_time_code": "it is used up",
    "throttle": "failures are counted",
    "standing": "dates kept for speed, rebuilt from the facts",
    "outbox": "tries and sending are noted",
    "suggestion": "its words are erased where they name people",
    "suggestion_answer": "its words are erased with the suggestion's, which they may repeat",
}
"""Tables whose rows may change or go; every other row is a fact and stays (promise 3)."""

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def statement_findings(statement: Any, place: str) -> list[str]:
    """What a statement does that it may not: leave out the tenant, or change a fact."""
    found = []
    if place not in ACROSS_TENANTS:
        found += [f"{place}: {table} without enterprise_id" for table in unscoped(statement)]
    changed = str(statement.table) if isinstance(statement, Update | Delete) else None
    if changed and changed not in CHANGEABLE:
        found.append(f"{place}: changes or deletes rows of {changed}")
    return found


@contextmanager
def watched_statements() -> Iterator[None]:
    """Within it the product's own statement that may not be ends the test that caused it."""

    def check(_connection: object, statement: Any, *_rest: object) -> None:
        place = calling_place(sys._getframe(1))
        found = statement_findings(statement, place) if place else []
        assert not found, "\n".join(found)

    event.listen(Engine, "before_execute", check)
    try:
        yield
    finally:
        event.remove(Engine, "before_execute", check)


def calling_place(frame: FrameType | None) -> str | None:
    """The function of the product that speaks to the database; nothing where a test does so itself."""
    while frame is not None:
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(ROOT / "tests"):
            return None
        if path.is_relative_to(PACKAGE) and path.name != "db.py":
            return f"{path.relative_to(ROOT).as_posix()} {frame.f_code.co_name}"
        frame = frame.f_back
    return None


def connection_findings(address: object) -> list[str]:
    """The other machine that an address names, if it does."""
    host = address[0] if isinstance(address, tuple) else None
    return [f"{host}: no test speaks to another machine"] if host is not None and host not in LOOPBACK else []


@contextmanager
def watched_connections() -> Iterator[None]:
    """Within it a connection to another machine fails."""
    connect = socket.socket.connect

    def only_loopback(self: socket.socket, address: Any) -> None:
        found = connection_findings(address)
        assert not found, found[0]
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", only_loopback)
        yield


@pytest.fixture(autouse=True, scope="session")
def watches() -> Iterator[None]:
    """Both watches, over all tests."""
    with watched_statements(), watched_connections():
        yield
