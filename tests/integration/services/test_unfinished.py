"""未完成名单: frozen rows, a named request, and everybody on the list told who asked and what for."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from quiz_app.content.library import Library
from quiz_app.content.text import Text
from quiz_app.domain.errors import MissingInput, NoOpenCycle, NotFound
from quiz_app.domain.people import Learner
from quiz_app.domain.unfinished import Extent, Request, request_of
from quiz_app.services import hr_log, record, unfinished
from quiz_app.store import standings
from quiz_app.store import unfinished as store
from quiz_app.store.cycles import current_cycle
from quiz_app.store.db import saving, session
from quiz_app.store.tables.access import Audit
from quiz_app.store.tables.reports import UnfinishedList
from tests.factories import Factories, Made

TODAY = date(2026, 11, 18)
DUE = date(2026, 11, 15)
ALL = Request("党委办公室", "季度通报", Extent.ALL)
ENTERPRISE = Text(zh="甲集团", en="Jia Group")


class Scene:
    """An enterprise with a due task: one who passed, one late with time left, two overdue, one waived."""

    def __init__(self, factories: Factories, library: Library, now: datetime) -> None:
        self.factories, self.library, self.now = factories, library, now
        factories.instance()
        factories.release(library)
        self.made: Made = factories.enterprise("jia")
        self.yi = factories.enterprise("yi")
        self.cycle_id = factories.cycle("jia", due_on=DUE)
        self.unit = factories.unit("jia", "财务部", self.made.root)
        self.passed = self.member("1", "已学完")
        self.extended = self.member("2", "延期的")
        self.overdue = self.member("3", "逾期的")
        self.in_unit = factories.member("jia", self.unit, staff_number="4", name="财务的")
        self.waived = self.member("5", "免学的")
        factories.passed("jia", self.passed, passed_on=date(2026, 10, 1))
        factories.extension("jia", self.cycle_id, self.extended, date(2026, 12, 20))
        factories.waiver("jia", self.cycle_id, self.waived, since=date(2026, 9, 1))
        self.account = factories.account("jia", "jia-hr", "hr")
        self.refresh()

    def member(self, number: str, name: str) -> str:
        return self.factories.member("jia", self.made.root, staff_number=number, name=name)

    def refresh(self) -> None:
        cycle = current_cycle("jia", TODAY, self.now)
        assert cycle is not None
        with saving() as current:
            standings.refresh(current, "jia", cycle, self.now)

    def issue(self, request: Request = ALL, once: str = "once") -> str:
        return unfinished.issue("jia", self.account, request, once, self.library, self.now)

    def names(self, list_id: str) -> list[str]:
        return [line.name for line in unfinished.read("jia", list_id, self.library).lines]


@pytest.fixture
def scene(factories: Factories, library: Library, now: datetime) -> Scene:
    """The scene."""
    return Scene(factories, library, now)


def test_a_list_of_all_holds_everybody_unfinished_by_unit_and_name(scene: Scene) -> None:
    found = unfinished.read("jia", scene.issue(), scene.library)
    assert [(line.name, line.unit.zh, line.due_on) for line in found.lines] == [
        ("延期的", "jia总部", date(2026, 12, 20)),
        ("逾期的", "jia总部", DUE),
        ("财务的", "财务部", DUE),
    ]
    assert {line.module.zh for line in found.lines} == {"Basics（中文）"}
    assert (found.row.people, found.row.rows, found.row.as_of) == (3, 3, TODAY)
    assert found.unit.zh == "全企业"


def test_a_list_of_the_overdue_leaves_out_what_is_not_due_yet(scene: Scene) -> None:
    assert scene.names(scene.issue(Request("党委", "通报", Extent.OVERDUE))) == ["逾期的", "财务的"]


def test_a_list_may_be_about_one_unit(scene: Scene) -> None:
    list_id = scene.issue(Request("党委", "通报", Extent.ALL, scene.unit))
    assert scene.names(list_id) == ["财务的"]
    assert unfinished.read("jia", list_id, scene.library).unit.zh == "财务部（含下级）"


def test_a_list_stays_as_it_was_when_people_study_or_move_or_are_renamed_units(scene: Scene) -> None:
    list_id = scene.issue()
    before = unfinished.read("jia", list_id, scene.library)
    scene.now += timedelta(hours=1)
    scene.factories.passed("jia", scene.overdue, passed_on=TODAY, recorded_at=scene.now)
    scene.factories.place("jia", scene.in_unit, scene.made.root, since=TODAY, recorded_at=scene.now)
    scene.refresh()
    assert unfinished.read("jia", list_id, scene.library) == before
    later = unfinished.issue("jia", scene.account, ALL, "another", scene.library, scene.now)
    assert scene.names(later) == ["延期的", "财务的"]


def test_the_same_form_sent_again_gives_the_same_list(scene: Scene) -> None:
    first = scene.issue()
    assert scene.issue() == first
    assert scene.issue(Request("别人", "别的", Extent.OVERDUE)) == first
    assert len(unfinished.issued("jia")) == 1


def test_a_second_tap_that_loses_the_race_gets_the_first_list(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    first = scene.issue()
    real, asked = store.id_of, []

    def blind_at_first(enterprise_id: str, once: str) -> str | None:
        asked.append(once)
        return None if len(asked) == 1 else real(enterprise_id, once)

    monkeypatch.setattr(store, "id_of", blind_at_first)
    assert scene.issue() == first
    assert len(unfinished.issued("jia")) == 1
    assert session().query(Audit).filter(Audit.action == unfinished.ISSUED).count() == 3


def test_everybody_on_a_list_sees_who_asked_and_what_for(scene: Scene, now: datetime) -> None:
    scene.issue()
    learner = scene.factories.account("jia", "jia-0003", "member", member_id=scene.overdue)
    held = record.held_on(Learner("jia", scene.overdue), learner, now)
    assert [(one["requested_by"], one["purpose"], one["module_id"]) for one in held.unfinished_lists] == [
        ("党委办公室", "季度通报", "basics")
    ]
    values = [json.loads(one["value"]) for one in held.audit if one["action"] == unfinished.ISSUED]
    assert [(one["requested_by"], one["purpose"]) for one in values] == [("党委办公室", "季度通报")]
    other = scene.factories.account("jia", "jia-0001", "member", member_id=scene.passed)
    assert record.held_on(Learner("jia", scene.passed), other, now).unfinished_lists == []


def test_one_audit_row_a_person_however_many_modules(scene: Scene) -> None:
    scene.factories.cycle("jia", ["basics", "more"], opens_on=date(2026, 10, 1), due_on=DUE)
    scene.refresh()
    list_id = scene.issue()
    found = store.one("jia", list_id)
    assert found is not None
    assert found.rows > found.people
    assert session().query(Audit).filter(Audit.action == unfinished.ISSUED).count() == found.people


def test_a_list_of_nobody_is_issued_and_says_so(scene: Scene) -> None:
    empty = scene.factories.unit("jia", "空部门", scene.made.root)
    found = unfinished.read("jia", scene.issue(Request("党委", "通报", Extent.ALL, empty)), scene.library)
    assert (found.lines, found.row.people, found.row.rows) == ((), 0, 0)


def test_lists_of_another_enterprise_are_not_found(scene: Scene) -> None:
    list_id = scene.issue()
    assert unfinished.issued("yi") == []
    with pytest.raises(NotFound):
        unfinished.read("yi", list_id, scene.library)
    with pytest.raises(NotFound):
        unfinished.file("yi", scene.account, list_id, scene.library, "zh", ENTERPRISE, scene.now)
    with pytest.raises(NotFound):
        scene.issue(Request("党委", "通报", Extent.ALL, scene.yi.root), once="another")
    with pytest.raises(NoOpenCycle):
        unfinished.issue("yi", scene.account, ALL, "once", scene.library, scene.now)
    assert session().query(UnfinishedList).count() == 1


def test_long_lists_are_read_page_by_page(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    list_id = scene.issue()
    monkeypatch.setattr(unfinished, "PAGE", 2)
    first = unfinished.read("jia", list_id, scene.library)
    assert first.after == 2
    second = unfinished.read("jia", list_id, scene.library, first.after)
    assert second.after is None
    assert [line.name for line in (*first.lines, *second.lines)] == ["延期的", "逾期的", "财务的"]


def test_the_file_equals_the_list_names_no_number_and_is_on_record(scene: Scene) -> None:
    list_id = scene.issue()
    file = unfinished.file("jia", scene.account, list_id, scene.library, "zh", ENTERPRISE, scene.now)
    assert file.name == "未完成名单-2026-11-18.xlsx"
    sheet, notes = load_workbook(BytesIO(file.body)).worksheets
    found = unfinished.read("jia", list_id, scene.library)
    rows: list[Any] = [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=2)]
    assert [(name, unit, module, due.date()) for name, unit, module, due in rows] == [
        (line.name, line.unit.zh, line.module.zh, line.due_on) for line in found.lines
    ]
    said = {row[0]: str(row[1]) for row in notes.iter_rows(values_only=True)}
    assert (said["索取方"], said["用途"], said["范围"]) == ("党委办公室", "季度通报", "全企业")
    assert said["列入的模块"].startswith("列出全部没有完成的模块")
    assert said["人数"] == "3 人，3 条"
    assert [row.action for row in hr_log.exports("jia").rows] == [unfinished.TAKEN]


def test_a_list_needs_a_requester_and_a_purpose() -> None:
    with pytest.raises(MissingInput):
        request_of("", "", "all", "")
