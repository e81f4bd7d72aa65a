"""Building, correcting and verifying reports: what is frozen stays, whatever is entered later."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from quiz_app.config import Settings
from quiz_app.content.library import Library
from quiz_app.domain.errors import FactsCameLate, MissingInput, NoOpenCycle, NotFound
from quiz_app.services import report_desk, reports
from quiz_app.services.libraries import Libraries
from quiz_app.store import reports as stored
from quiz_app.store.db import saving
from quiz_app.store.library import record_release
from quiz_app.store.reports import ReportRow
from quiz_app.store.tables.people import Membership
from quiz_app.store.tables.reports import Report, ReportFile
from tests.content_factories import small_library
from tests.factories import Factories
from tests.report_world import PERIOD, ReportWorld, make_world

HOUR = timedelta(hours=1)


@pytest.fixture
def world(factories: Factories, library: Library, now: datetime) -> ReportWorld:
    """A small enterprise in the middle of its cycle."""
    return make_world(factories, library, now)


def build(world: ReportWorld, period: str = PERIOD, at: datetime | None = None, note: str | None = None) -> ReportRow:
    """A report as built at a moment."""
    return reports.build("jia", period, world.libraries, at or world.now, note=note)


def release(row: ReportRow, at: datetime, database: str) -> None:
    """Releases a report."""
    report_desk.release("jia", row.id, None, Settings(secret_key="s" * 40, database_url=database), at)


def figures(row: ReportRow) -> dict[str, Any]:
    """The figures as frozen."""
    found: dict[str, Any] = json.loads(row.body)["figures"]
    return found


def test_the_figures_are_those_of_the_facts(world: ReportWorld) -> None:
    row = build(world)
    total = figures(row)["total"]
    assert (total["required"], total["completed"], total["rate"], total["not_started"]) == (16, 9, 563, 7)
    units = {unit["names"][0]["zh"]: unit for unit in figures(row)["units"] if len(unit["members"]) == 1}
    merged = [unit for unit in figures(row)["units"] if len(unit["members"]) > 1]
    assert units["甲部"]["completed"] == 7
    assert [(one["required"], one["completed"]) for one in merged] == [(9, 2)]
    assert sum(one["required"] for one in figures(row)["branches"]) == 16
    (concept,) = json.loads(row.body)["concepts"]
    assert (concept["concept_id"], concept["answered"], concept["missed"], concept["rate"]) == ("first", 9, 4, 444)
    assert concept["clauses"] == [{"zh": "rule（中文）one（中文）", "en": "rule in English, one in English"}]


def test_a_report_before_the_months_end_reads_as_of_today_and_a_past_month_as_of_its_last_day(
    world: ReportWorld,
) -> None:
    assert build(world).as_of == date(2026, 11, 18)
    assert build(world, "2026-10").as_of == date(2026, 10, 31)


def test_inputs_serial_and_files_are_kept_with_the_report(world: ReportWorld) -> None:
    row = build(world)
    assert (row.serial, row.version, row.previous_id) == ("JIA-202611-V1", 1, None)
    assert (row.known_at, row.release_digest, row.time_zone) == (
        world.now,
        world.libraries.current.digest,
        "Asia/Shanghai",
    )
    kept = stored.report("jia", row.id)
    assert kept == row
    assert {(one.kind, one.language) for one in stored.files("jia", row.id)} == {
        (kind, language) for kind in ("docx", "xlsx") for language in ("zh", "en")
    }


def test_computed_again_the_json_is_the_same_bytes_after_late_entries_and_backdated_moves(world: ReportWorld) -> None:
    row = build(world)
    later = world.now + HOUR
    late = world.people[12]
    world.passes(late, date(2026, 11, 2), later)
    world.factories.waiver("jia", world.cycle_id, world.people[13], since=date(2026, 9, 1), recorded_at=later)
    world.factories.extension("jia", world.cycle_id, world.people[14], date(2026, 9, 2), recorded_at=later)
    move_back(world, late, world.units["甲部"], later)
    with saving() as current:
        record_release(current, small_library(("meaning",)), later, date(2026, 11, 1))
    assert reports.recomputed("jia", row, world.libraries) == row.body
    assert reports.verify("jia", row.id, world.libraries).right
    after = build(world, at=later + HOUR)
    assert figures(after)["total"]["completed"] == 10
    assert figures(after)["total"]["waived"] == 1


def move_back(world: ReportWorld, member: str, unit: str, recorded_at: datetime) -> None:
    """A move that is recorded now and held since long ago."""
    with saving() as current:
        old = current.query(Membership).filter_by(member_id=member, line="administrative").one()
        old_id = old.id
    world.factories.place("jia", member, unit, retracts=old_id, recorded_at=recorded_at)


def test_a_build_that_would_say_the_same_answers_the_version_that_still_waits(world: ReportWorld) -> None:
    first = build(world)
    assert build(world, at=world.now + HOUR) == first
    world.passes(world.people[10], date(2026, 11, 3), world.now + HOUR)
    second = build(world, at=world.now + 2 * HOUR)
    assert (second.version, second.previous_id) == (2, None)


def test_a_released_month_gets_a_corrected_version_and_the_first_one_stays(world: ReportWorld, database: str) -> None:
    first = build(world)
    release(first, world.now, database)
    second = build(world, at=world.now + HOUR, note="补录一人")
    assert (second.version, second.previous_id, second.note) == (2, first.id, "补录一人")
    assert json.loads(second.body)["corrects"] == 1
    assert stored.report("jia", first.id) == first
    assert reports.verify("jia", second.id, world.libraries).right


def test_a_unit_merged_in_one_version_stays_merged_in_the_next(world: ReportWorld, database: str) -> None:
    first = build(world)
    release(first, world.now, database)
    for member in world.people[:2]:
        move_back(world, member, world.units["丙部"], world.now + HOUR)
    second = build(world, at=world.now + 2 * HOUR)
    assert merged_members(first) == merged_members(second) == {world.units["乙部"], world.units["丙部"]}
    other_month = build(world, "2026-10", at=world.now + 2 * HOUR)
    assert merged_members(other_month) == set()


def merged_members(row: ReportRow) -> set[str]:
    """The units that stand in the merged row."""
    return {one for unit in figures(row)["units"] if len(unit["members"]) > 1 for one in unit["members"]}


def test_a_concept_is_repeated_with_its_date_until_five_more_have_answered(world: ReportWorld) -> None:
    build(world, "2026-10")
    for member in world.people[9:12]:
        world.passes(member, date(2026, 11, 2), world.now - HOUR, missed=True)
    (concept,) = json.loads(build(world).body)["concepts"]
    assert (concept["answered"], concept["missed"], concept["as_of"]) == (9, 4, "2026-10-31")
    for member in world.people[12:14]:
        world.passes(member, date(2026, 11, 3), world.now + HOUR, missed=True)
    (concept,) = json.loads(build(world, at=world.now + 2 * HOUR).body)["concepts"]
    assert (concept["answered"], concept["missed"], concept["as_of"]) == (14, 9, "2026-11-18")


def test_a_report_overtaken_by_a_fact_that_was_still_being_saved_is_not_released(world: ReportWorld) -> None:
    row = build(world)
    reports.require_settled("jia", row.id, world.libraries)
    world.passes(world.people[12], date(2026, 11, 17), world.now - timedelta(seconds=1))
    with pytest.raises(FactsCameLate):
        reports.require_settled("jia", row.id, world.libraries)
    again = build(world, at=world.now + HOUR)
    assert again.version == 2
    reports.require_settled("jia", again.id, world.libraries)


def test_under_five_people_no_figure_is_frozen(factories: Factories, library: Library, now: datetime) -> None:
    world = ReportWorld(factories, Libraries(library), now, "")
    factories.instance()
    factories.release(library)
    made = factories.enterprise("jia")
    factories.cycle("jia")
    for _ in range(4):
        factories.member("jia", made.root)
    body = json.loads(build(world).body)
    assert (body["figures"], body["concepts"]) == (None, [])
    assert "4" not in json.dumps([body["figures"], body["concepts"]])


@pytest.mark.parametrize("period", ["2026-12", "2026-13", "202611", "", "2026-11 "])
def test_a_month_that_is_wrong_or_has_not_begun_is_refused(world: ReportWorld, period: str) -> None:
    with pytest.raises(MissingInput):
        build(world, period)


def test_an_unknown_enterprise_and_one_without_a_task_are_told_apart(
    factories: Factories, library: Library, now: datetime
) -> None:
    factories.instance()
    factories.release(library)
    factories.enterprise("yi")
    with pytest.raises(NotFound):
        reports.build("jia", PERIOD, Libraries(library), now)
    with pytest.raises(NoOpenCycle):
        reports.build("yi", PERIOD, Libraries(library), now)


def test_verify_notices_a_changed_body_and_a_changed_file(world: ReportWorld) -> None:
    row = build(world)
    with saving() as current:
        current.query(Report).update({"body": row.body.replace('"completed":9', '"completed":8', 1)})
    found = reports.verify("jia", row.id, world.libraries)
    assert (found.digest, found.files, found.facts) == (False, True, False)
    with saving() as current:
        current.query(ReportFile).update({"body": b"another"})
    assert not reports.verify("jia", row.id, world.libraries).files
