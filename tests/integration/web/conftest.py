"""An application on a real database, and a client that reads pages as a browser would."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from quiz_app.config import Settings
from quiz_app.content.library import Library
from quiz_app.services import accounts
from quiz_app.store.db import session
from quiz_app.store.tables.learning import Answer
from quiz_app.web.access import COOKIE
from quiz_app.web.app import create_app
from tests.client import Client
from tests.factories import Factories, Made

PASSWORD = "three calm words"
MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="session")
def password_hash() -> str:
    """The hash of `PASSWORD`, made once because hashing is slow on purpose."""
    return accounts.hash_password(PASSWORD)


@pytest.fixture
def settings(database: str, tmp_path: Path) -> Settings:
    """Settings of a test's own service."""
    return Settings(secret_key="s" * 40, database_url=database, site_dir=tmp_path / "no-site")


class Ticking:
    """A clock that a test can move."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock(now: datetime) -> Ticking:
    """The clock of the test's service."""
    return Ticking(now)


@pytest.fixture
def jia(factories: Factories, library: Library) -> Made:
    """The enterprise jia with a cycle on module ``basics``, in a database that has its zone and a release."""
    factories.instance()
    factories.release(library)
    made = factories.enterprise("jia")
    factories.cycle("jia")
    return made


@pytest.fixture
def app(settings: Settings, library: Library, clock: Ticking, jia: Made) -> Flask:
    """The service."""
    return create_app(settings, library, clock)


@pytest.fixture
def client(app: Flask) -> Client:
    """A browser that nobody has signed in with."""
    return Client(app)


@pytest.fixture
def learner(client: Client, factories: Factories, jia: Made, password_hash: str) -> Client:
    """A browser in which the cadre jia-0001 is signed in."""
    member = factories.member("jia", jia.root, staff_number="0001")
    factories.account("jia", "jia-0001", "member", member_id=member, password_hash=password_hash)
    client.sign_in("jia-0001", PASSWORD)
    return client


@pytest.fixture
def city(app: Flask, factories: Factories, password_hash: str) -> Client:
    """A browser in which the supervisor is signed in."""
    factories.enterprise("city", "supervisor")
    factories.account("city", "city", "supervisor", password_hash=password_hash)
    client = Client(app)
    client.sign_in("city", PASSWORD)
    return client


@pytest.fixture
def sender(city: Client, client: Client) -> Client:
    """A browser that nobody has signed in with, while there is somebody to read what it sends."""
    return client


def begin(learner: Client) -> str:
    """Begins a sitting and gives the address of its first item."""
    learner.open("/learn/modules/basics/")
    learner.submit("/begin")
    return learner.location


def token_of(client: Client) -> str:
    """The token in the login cookie of a browser."""
    cookie = client.http.get_cookie(COOKIE)
    assert cookie is not None
    return cookie.value


def answers() -> int:
    """How many answers are stored."""
    session().rollback()
    return session().scalar(select(func.count()).select_from(Answer)) or 0
