"""The tenant key leads every key and index of tables about people, and moments have one type."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Column, DateTime, ForeignKeyConstraint, Index, MetaData, String, Table, UniqueConstraint

from quiz_app.store import tables
from quiz_app.store.db import Base, UtcDateTime

SHARED = {
    "enterprise": "the list of tenants itself",
    "instance": "one row about the database",
    "library_release": "the published library",
    "release_citation": "the published library",
    "clause_change": "the published library",
    "sign_in_name": "found by the name typed before the tenant is known",
    "login_session": "found by the cookie's token before the tenant is known",
    "throttle": "failures are counted by name before the tenant is known",
}
"""Tables whose primary key is not led by the tenant, and why."""

ABOUT_NOBODY = frozenset({"enterprise", "instance", "library_release", "release_citation", "clause_change"})


def key_findings(metadata: MetaData) -> list[str]:
    """Every key or index of a table about people that the tenant key does not lead."""
    return [
        f"{table.name}: {what} ({', '.join(columns)}) is not led by enterprise_id"
        for table in metadata.sorted_tables
        for what, columns in _keys(table)
        if not columns or columns[0] != "enterprise_id"
    ]


def _keys(table: Table) -> Iterator[tuple[str, list[str]]]:
    if table.name not in SHARED:
        yield "primary key", [column.name for column in table.primary_key]
    if table.name in ABOUT_NOBODY:
        return
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield "unique key", list(constraint.columns.keys())
        # The published library has no tenant, so a key into it cannot carry one.
        if isinstance(constraint, ForeignKeyConstraint) and constraint.referred_table.name not in ABOUT_NOBODY:
            yield "foreign key", list(constraint.column_keys)
    for index in table.indexes:
        yield f"index {index.name}", [column.name for column in index.columns]


def time_findings(metadata: MetaData) -> list[str]:
    """Every moment that is not a `UtcDateTime`, and every ``…_at`` that is no moment."""
    return [
        f"{table.name}.{column.name}: a moment is a UtcDateTime"
        for table in metadata.sorted_tables
        for column in table.columns
        if (column.name.endswith("_at") or isinstance(column.type, DateTime)) and not _is_utc(column)
    ]


def _is_utc(column: Column[object]) -> bool:
    return isinstance(column.type, UtcDateTime)


def test_the_tenant_leads_every_key_of_tables_about_people() -> None:
    assert tables.__all__
    assert key_findings(Base.metadata) == []
    assert set(SHARED) <= set(Base.metadata.tables), "a shared table that no longer exists is taken out of the list"


def test_a_key_without_the_tenant_is_named() -> None:
    metadata = MetaData()
    Table(
        "vote",
        metadata,
        Column("id", String, primary_key=True),
        Column("enterprise_id", String),
        UniqueConstraint("id", "enterprise_id"),
        Index("ix_vote", "id"),
    )
    found = key_findings(metadata)
    assert [line.split(" (")[0] for line in found] == ["vote: primary key", "vote: unique key", "vote: index ix_vote"]


def test_moments_have_one_type() -> None:
    assert time_findings(Base.metadata) == []


def test_another_type_of_moment_is_named() -> None:
    metadata = MetaData()
    Table("vote", metadata, Column("cast_at", String), Column("closed", DateTime()), Column("seen_at", UtcDateTime))
    assert [line.split(":")[0] for line in time_findings(metadata)] == ["vote.cast_at", "vote.closed"]
