"""Fixtures of the browser walks: the built site and the service at one address, on own databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.service_fixtures import demo_postgres as demo_postgres
from tests.service_fixtures import demo_sqlite as demo_sqlite
from tests.service_fixtures import real_library as real_library
from tests.serving import Demo, Server, own_copy, serving


@dataclass(frozen=True)
class Origin:
    """Site and service at one address, with the password of its demo accounts."""

    server: Server
    password: str

    @property
    def base_url(self) -> str:
        """Where it is."""
        return self.server.base_url


@contextmanager
def origin(demo: Demo, site: Path, folder: Path, **settings: str) -> Iterator[Origin]:
    """An origin of its own on a copy of the demo data."""
    with own_copy(demo, folder) as url, serving(url, site, settings=settings) as server:
        yield Origin(server, demo.password)


@pytest.fixture(scope="module")
def shared(demo_sqlite: Demo, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Origin]:
    """An origin for the tests of one file."""
    with origin(demo_sqlite, site, tmp_path_factory.mktemp("origin")) as found:
        yield found
