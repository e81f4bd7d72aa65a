"""Reading outside a save: it cannot write, and its end keeps what the driver prepared."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from quiz_app.store.db import connect, disconnect, end_request, saving, session

COUNT = text("SELECT count(*) FROM enterprise")
ADD = text("INSERT INTO enterprise VALUES ('x', 'enterprise', 'x', 'x', '2026-01-01')")


@pytest.fixture
def stored(database_url: str) -> Iterator[str]:
    """A database this process speaks to, disconnected at the end."""
    connect(database_url)
    yield database_url
    disconnect()


def test_a_write_outside_a_save_stays_nowhere(stored: str) -> None:
    try:
        session().execute(ADD)
    except DBAPIError:
        assert stored.startswith("postgresql"), "only PostgreSQL refuses it at once"
    end_request()
    assert session().scalar(COUNT) == 0


def test_a_save_after_a_read_keeps_its_row(stored: str) -> None:
    assert session().scalar(COUNT) == 0
    with saving() as current:
        current.execute(ADD)
    end_request()
    assert session().scalar(COUNT) == 1


def test_postgresql_plans_a_repeated_query_once(stored: str) -> None:
    for _ in range(8):
        assert session().scalar(COUNT) == 0
        end_request()
    if stored.startswith("postgresql"):
        kept = text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%enterprise%'")
        assert session().scalar(kept) == 1


def test_rows_are_fetched_in_pieces_on_both_engines(stored: str) -> None:
    rows = session().execute(text("SELECT 1 UNION SELECT 2"), execution_options={"yield_per": 1})
    assert [row[0] for part in rows.partitions() for row in part] == [1, 2]
