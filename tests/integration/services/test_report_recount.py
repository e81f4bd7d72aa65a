"""Every figure of a report counted again from rows of the database, by code that imports nothing of the product."""

from __future__ import annotations

import ast
import json
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from quiz_app.config import PACKAGE, PROJECT
from quiz_app.content.library import Library
from quiz_app.content.loader import load_library
from quiz_app.services import reports
from quiz_app.services.demo import DemoSize, load_demo
from quiz_app.services.libraries import Libraries
from quiz_app.store.db import session
from tests import recount
from tests.factories import Factories
from tests.recount import TABLES, Recount, Rows
from tests.report_world import PERIOD, add_variety, make_world


def plain(value: Any) -> Any:
    """A value of either engine as text or number."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ", "microseconds")
    return value.isoformat() if isinstance(value, date) else value


def rows_of_database() -> Rows:
    """Every table that holds facts, by plain SQL."""
    current = session()
    if current.get_bind().dialect.name == "postgresql":
        current.execute(text("SET TIME ZONE 'UTC'"))
    found: Rows = {}
    for table in TABLES:
        rows = current.execute(text(f"SELECT * FROM {table}")).mappings()
        found[table] = [{key: plain(value) for key, value in row.items()} for row in rows]
    return found


def assert_same(row: dict[str, Any], found: dict[str, int]) -> None:
    """Compares a row of units; how many are waived there is no figure of a row."""
    del found["waived"]
    assert {key: row[key] for key in found} == found
    assert "waived" not in row


def assert_recounted(body: dict[str, Any]) -> None:
    """Compares each figure of the JSON with the recount."""
    again = Recount(rows_of_database(), body)
    figures = body["figures"]
    assert figures["total"] == again.total()
    for one in figures["modules"]:
        found = again.module(one["module_id"])
        assert {key: one[key] for key in found} == found
    for one in figures["units"]:
        assert_same(one, again.unit_row(one["members"], body["unit_id"]))
    for one in figures["branches"]:
        assert_same(one, again.branch_row(one["members"]))
    for one in body["concepts"]:
        answered, missed = again.concept(one["module_id"], one["concept_id"], one["as_of"])
        share = (Decimal(1000) * missed / answered).quantize(Decimal(1), ROUND_HALF_UP)
        assert (one["answered"], one["missed"], one["rate"]) == (answered, missed, int(share))


def test_every_figure_of_a_small_enterprise_is_recounted(factories: Factories, library: Library, now: datetime) -> None:
    world = make_world(factories, library, now)
    add_variety(world)
    body = json.loads(reports.build("jia", PERIOD, world.libraries, now).body)
    assert body["concepts"]
    assert any(len(one["members"]) > 1 for one in body["figures"]["units"])
    assert_recounted(body)


@pytest.mark.parametrize("enterprise", ["jia", "yi"])
def test_every_figure_of_the_demo_is_recounted(database: str, now: datetime, enterprise: str) -> None:
    library = load_library(PACKAGE / "library", PROJECT / "cases", None)
    load_demo(library, DemoSize(people=60, enterprises=2), "Asia/Shanghai", "four words of demo", now)
    body = json.loads(reports.build(enterprise, PERIOD, Libraries(library), now).body)
    assert len(body["figures"]["modules"]) == 3
    assert len(body["concepts"]) == 5
    assert_recounted(body)


def test_the_recount_imports_nothing_of_the_product() -> None:
    tree = ast.parse(Path(recount.__file__).read_text(encoding="utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported == {"__future__", "collections", "datetime", "typing"}
