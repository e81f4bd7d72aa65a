"""The migrations make exactly the tables the code speaks of, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Column, Engine, Inspector, MetaData, String, Table, inspect

from quiz_app.store import schema
from quiz_app.store.db import Base, connect


def schema_findings(engine: Engine, metadata: MetaData) -> list[str]:
    """Every difference between the migrated database and the tables of the code."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = [_line(difference) for difference in compare_metadata(context, metadata)]
        return found + [line for table in metadata.sorted_tables for line in _uncompared(inspect(connection), table)]


def _uncompared(database: Inspector, table: Table) -> Iterator[str]:
    """What Alembic does not compare: the order of the primary key, and the checks."""
    if not database.has_table(table.name):
        return
    if database.get_pk_constraint(table.name)["constrained_columns"] != list(table.primary_key.columns.keys()):
        yield f"{table.name}: the order of the primary key differs between the migrations and the code"
    made = {check["name"] for check in database.get_check_constraints(table.name)}
    named = {str(check.name) for check in table.constraints if isinstance(check, CheckConstraint)}
    for name in sorted(str(one) for one in made ^ named):
        yield f"{table.name}: check {name}: the migrations and the code differ"


def _line(difference: Any) -> str:
    if isinstance(difference, list):
        difference = difference[0]
    return f"{' '.join(str(part) for part in difference[:4])}: the migrations and the code differ"


def head_findings(head: str) -> list[str]:
    """The revision the service asks for, where it is not the newest migration."""
    newest = ScriptDirectory.from_config(schema._config()).get_current_head()
    return [] if newest == head else [f"store/schema.py: HEAD is {head}, the newest migration is {newest}"]


def test_the_migrations_make_the_tables_of_the_code(database_url: str) -> None:
    assert schema_findings(connect(database_url), Base.metadata) == []


def test_a_column_without_a_migration_is_named(database_url: str) -> None:
    changed = MetaData(naming_convention=Base.metadata.naming_convention)
    for table in Base.metadata.sorted_tables:
        table.to_metadata(changed)
    changed.tables["member"].append_column(Column("nickname", String))
    changed.tables["member"].append_constraint(CheckConstraint("nickname <> ''", name="nickname"))
    found = [line for line in schema_findings(connect(database_url), changed) if "nickname" in line]
    assert len(found) == 2
    assert found[0].startswith("add_column")
    assert found[1].startswith("member: check ck_member_nickname")


def test_the_service_asks_for_the_newest_migration() -> None:
    assert head_findings(schema.HEAD) == []


def test_an_old_head_is_named() -> None:
    assert head_findings("0000") != []
