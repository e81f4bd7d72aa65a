"""Fixtures of the fault tests: own databases with demo data on both engines, and a service on each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, text

from quiz_app.content.library import Library
from tests.answering import Keys
from tests.service_fixtures import demo_postgres as demo_postgres
from tests.service_fixtures import demo_sqlite as demo_sqlite
from tests.service_fixtures import real_library as real_library
from tests.serving import Demo, Server, own_copy, serving
from tests.visitor import Visitor

ENGINES = [
    pytest.param("sqlite", marks=pytest.mark.xdist_group("faults-sqlite")),
    pytest.param("postgresql", marks=pytest.mark.xdist_group("faults-postgresql")),
]


@dataclass(frozen=True)
class Place:
    """A database with demo data, read beside the service by an engine of the test's own."""

    url: str
    password: str
    engine: Engine

    def rows(self, query: str, **values: Any) -> list[tuple[Any, ...]]:
        """What the database holds, as plain SQL says it."""
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query), values)]

    def visitor(self, server: Server, name: str) -> Visitor:
        """Somebody of the demo, signed in."""
        visitor = Visitor(server.base_url)
        visitor.sign_in(name, self.password)
        return visitor


@dataclass(frozen=True)
class Scene:
    """A database and the service that runs on it."""

    place: Place
    server: Server

    def visitor(self, name: str) -> Visitor:
        """Somebody of the demo, signed in."""
        return self.place.visitor(self.server, name)


@pytest.fixture(scope="session")
def keys(real_library: Library) -> Keys:
    """The right option of every item."""
    return Keys(real_library)


@pytest.fixture(scope="module", params=ENGINES)
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """An own database of each engine."""
    name = {"sqlite": "demo_sqlite", "postgresql": "demo_postgres"}[request.param]
    yield from _place(request.getfixturevalue(name), tmp_path_factory.mktemp("place"))


@pytest.fixture
def sqlite_place(demo_sqlite: Demo, tmp_path: Path) -> Iterator[Place]:
    """An own SQLite file."""
    yield from _place(demo_sqlite, tmp_path)


@pytest.fixture
def postgres_place(demo_postgres: Demo, tmp_path: Path) -> Iterator[Place]:
    """An own PostgreSQL database."""
    yield from _place(demo_postgres, tmp_path)


@pytest.fixture(scope="module")
def scene(place: Place) -> Iterator[Scene]:
    """A service on each engine, shared by the tests of a file; each takes people of its own."""
    with serving(place.url) as server:
        yield Scene(place, server)


def _place(demo: Demo, folder: Path) -> Iterator[Place]:
    with own_copy(demo, folder) as url:
        engine = create_engine(url)
        try:
            yield Place(url, demo.password, engine)
        finally:
            engine.dispose()
