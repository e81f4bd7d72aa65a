"""A PostgreSQL that ends connections or goes away: 503 meanwhile, and back within five seconds without a restart."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, create_engine

from tests.answering import Keys, item_path
from tests.faults.cadres import answering
from tests.faults.conftest import Place
from tests.faults.test_disk_full import refused
from tests.serving import serving, wait_until

BACK_WITHIN = 5.0
TERMINATIONS = 20

pytestmark = pytest.mark.xdist_group("faults-postgresql")


@pytest.fixture
def operator(postgres_place: Place) -> Iterator[Engine]:
    """Whoever runs the database server, connected beside the database in question."""
    engine = create_engine(postgres_place.engine.url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    yield engine
    engine.dispose()


def end_connections(operator: Engine, place: Place) -> None:
    """Ends every connection to the database, as its server does when it is stopped."""
    with operator.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (place.engine.url.database,)
        )


@contextmanager
def gone(operator: Engine, place: Place) -> Iterator[None]:
    """The database accepts nobody."""
    name = place.engine.url.database
    with operator.connect() as connection:
        connection.exec_driver_sql(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    end_connections(operator, place)
    try:
        yield
    finally:
        with operator.connect() as connection:
            connection.exec_driver_sql(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def test_a_database_that_goes_away_and_comes_back(postgres_place: Place, operator: Engine, keys: Keys) -> None:
    place = postgres_place
    with serving(place.url) as server:
        visitor = place.visitor(server, "jia-0001")
        sitting = visitor.begin("three-distinctions")
        page = visitor.get(sitting).page
        action, option = item_path(page), keys.right(page.h1[0])
        assert action
        with gone(operator, place):
            assert refused(visitor.post(action, option=option))
            assert refused(visitor.get(sitting))
            assert server.status("/readyz") == 503
            assert server.status("/healthz") == 200
        began = time.monotonic()
        wait_until(lambda: visitor.post(action, option=option).status == 303, BACK_WITHIN, "the service is back")
        assert time.monotonic() - began <= BACK_WITHIN
        assert server.status("/readyz") == 200
        place.engine.dispose()
        assert len(place.rows("SELECT 1 FROM answer WHERE sitting_id = :id", id=sitting.split("/")[3])) == 1


def test_connections_ended_under_load_lose_nothing(postgres_place: Place, operator: Engine, keys: Keys) -> None:
    people = ["jia-0001", "jia-0002", "yi-0001", "yi-0002"]
    with serving(postgres_place.url) as server, answering(postgres_place, server, keys, people) as ledger:
        for _ in range(TERMINATIONS):
            enough = len(ledger.acknowledged) + 3
            wait_until(lambda: len(ledger.acknowledged) >= enough or ledger.faults, 30, "answers go on")  # noqa: B023
            end_connections(operator, postgres_place)
        postgres_place.engine.dispose()
    assert len(ledger.acknowledged) >= 3 * TERMINATIONS
