"""HR's list: checked questions, pages and file of one listing, totals that say of when they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from quiz_app.content.library import Library
from quiz_app.content.text import Language, Text
from quiz_app.domain.errors import NoOpenCycle, NotFound
from quiz_app.services import completion, hr_log
from quiz_app.services.completion import Asked, Line, Listing
from quiz_app.services.completion_export import cells, export, filter_words
from quiz_app.store import standings
from quiz_app.store.cycles import current_cycle
from quiz_app.store.db import saving
from tests.factories import Factories, Made

TODAY = date(2026, 11, 18)
ENTERPRISE = Text(zh="甲集团", en="Jia Group")

Find = Callable[..., Listing]


@pytest.fixture
def jia(factories: Factories, library: Library) -> Made:
    """An enterprise with one module due at the end of the month, and another enterprise beside it."""
    factories.instance(demo=True)
    factories.release(library)
    made = factories.enterprise("jia")
    factories.enterprise("yi")
    factories.cycle("jia")
    return made


@pytest.fixture
def find(jia: Made, library: Library, now: datetime) -> Find:
    """The listing that is asked for."""

    def listing(at: datetime = now, **asked: object) -> Listing:
        return completion.listing("jia", Asked(**asked), library, at)  # type: ignore[arg-type]

    return listing


def refresh(now: datetime) -> None:
    """Brings the stored standings up to the facts."""
    cycle = current_cycle("jia", TODAY, now)
    assert cycle is not None
    with saving() as current:
        standings.refresh(current, "jia", cycle, now)


def walked(found: Listing) -> list[Line]:
    """All lines as a person reads them, page by page."""
    page = completion.page(found)
    lines = list(page.lines)
    while page.after:
        page = completion.page(found, page.after)
        lines += page.lines
    return lines


def crowd(factories: Factories, jia: Made, number: int, passed: int) -> None:
    """So many people in two departments, of whom some have passed."""
    units = [factories.unit("jia", name, jia.root) for name in ("财务部", "工程部")]
    branch = factories.unit("jia", "第一党支部", jia.party_root, line="party")
    for place in range(number):
        member = factories.member(
            "jia", units[place % 2], branch if place % 3 else None, staff_number=f"{place:05}", name=f"张{place % 7}"
        )
        if place < passed:
            factories.passed("jia", member, passed_on=date(2026, 10, 1 + place % 20))


def test_the_pages_hold_everybody_once_and_the_last_one_says_so(factories: Factories, jia: Made, find: Find) -> None:
    crowd(factories, jia, 120, 0)
    lines = walked(find(sort="name"))
    assert len(lines) == 120
    assert len({line.staff_number for line in lines}) == 120
    assert completion.page(find()).first
    exactly_two_pages = find(text="000")
    assert len(walked(exactly_two_pages)) == 100


def test_a_full_last_page_offers_no_empty_page_after_it(factories: Factories, jia: Made, find: Find) -> None:
    crowd(factories, jia, completion.PAGE, 0)
    assert completion.page(find()).after is None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_file_equals_the_pages_row_by_row_also_under_filters(
    factories: Factories, jia: Made, find: Find, now: datetime, language: Language
) -> None:
    crowd(factories, jia, 70, 30)
    refresh(now)
    account = factories.account("jia", "jia-hr", "hr")
    unit = find().units[1].id
    for asked in ({}, {"unit": unit}, {"state": "completed", "sort": "name"}, {"text": "张3", "descending": True}):
        found = find(**asked)
        book = load_workbook(BytesIO(export(found, ENTERPRISE, account, language, now).body))
        sheet = book.worksheets[0]
        rows = [[_plain(cell.value) for cell in row] for row in sheet.iter_rows(min_row=2)]
        assert rows == [cells(line, language) for line in walked(found)]
        assert len(rows) == completion.totals(found).tally.people


def _plain(value: object) -> object:
    return value.date() if isinstance(value, datetime) else value


def test_the_file_says_its_filter_cut_off_and_denominators(
    factories: Factories, jia: Made, find: Find, now: datetime
) -> None:
    crowd(factories, jia, 20, 8)
    refresh(now)
    account = factories.account("jia", "jia-hr", "hr")
    file = export(find(state="completed", module="basics"), ENTERPRISE, account, "zh", now)
    assert file.name == "完成情况-2026-11-18.xlsx"
    notes = {row[0]: row[1] for row in load_workbook(BytesIO(file.body)).worksheets[1].iter_rows(values_only=True)}
    assert notes["演示数据"] == "企业与人员均为虚构"
    assert notes["企业"] == "甲集团"
    assert notes["筛选条件"] == "Basics（中文）的状态：已完成（含待补学）"
    assert notes["数据截至"] == "2026-11-18 12:00，状态按 2026-11-18 计"
    assert notes["人数"] == "本表 8 人"
    assert str(notes["Basics（中文）"]).startswith("应学 8 人，已完成 8 人，未完成 0 人")


def test_every_export_is_on_record_with_who_and_which_filter(
    factories: Factories, jia: Made, find: Find, now: datetime
) -> None:
    account = factories.account("jia", "jia-hr", "hr")
    for minute in range(hr_log.PAGE + 3):
        moment = now + timedelta(minutes=minute)
        export(find(at=moment, text=f"张{minute}"), ENTERPRISE, account, "zh", moment)
    first = hr_log.exports("jia")
    assert first.rows[0].who == "jia-hr"
    assert first.rows[0].values["filter_zh"] == f"姓名或工号含：张{hr_log.PAGE + 2}"
    assert first.after is not None
    second = hr_log.exports("jia", first.after)
    filters = [row.values["filter_zh"] for row in (*first.rows, *second.rows)]
    assert filters == [f"姓名或工号含：张{minute}" for minute in reversed(range(hr_log.PAGE + 3))]
    assert second.after is None
    assert hr_log.exports("yi").rows == ()
    assert hr_log.exports("yi", first.after).rows == ()


def test_what_is_not_of_this_enterprise_is_not_found(factories: Factories, jia: Made, find: Find) -> None:
    theirs = factories.unit("yi", "财务部", None)
    their_branch = factories.unit("yi", "第一党支部", None, line="party")
    for asked in (
        {"unit": theirs},
        {"branch": their_branch},
        {"unit": jia.party_root},
        {"branch": jia.root},
        {"module": "third"},
        {"state": "lazy"},
        {"sort": "score"},
    ):
        with pytest.raises(NotFound):
            find(**asked)
    theirs_member = factories.member("yi", theirs)
    with pytest.raises(NotFound):
        completion.page(find(), theirs_member)


def test_without_a_study_task_there_is_no_list(jia: Made, library: Library, now: datetime) -> None:
    with pytest.raises(NoOpenCycle):
        completion.listing("yi", Asked(), library, now)


def test_totals_of_a_small_list_are_always_those_of_the_moment(
    factories: Factories, jia: Made, find: Find, now: datetime
) -> None:
    member = factories.member("jia", jia.root)
    assert completion.totals(find()).tally.modules[0].completed == 0
    factories.passed("jia", member, passed_on=TODAY)
    refresh(now)
    assert completion.totals(find()).tally.modules[0].completed == 1


def test_totals_of_a_large_list_are_counted_once_a_minute_and_say_when(
    factories: Factories, jia: Made, find: Find, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(completion, "LARGE", 1)
    member = factories.member("jia", jia.root)
    before = completion.totals(find())
    factories.passed("jia", member, passed_on=TODAY)
    refresh(now)
    soon = completion.totals(find(at=now + timedelta(seconds=59)))
    assert soon == before
    assert soon.counted_at == now
    later = completion.totals(find(at=now + timedelta(seconds=60)))
    assert later.tally.modules[0].completed == 1
    assert later.counted_at == now + timedelta(seconds=60)
    assert completion.totals(find(at=now + timedelta(seconds=60), state="late")).tally.people == 0


def test_a_new_unit_and_a_new_task_are_seen_at_once(
    factories: Factories, jia: Made, find: Find, library: Library, now: datetime
) -> None:
    assert len(find().units) == 1
    factories.unit("jia", "新部门", jia.root)
    assert len(find().units) == 2
    factories.cycle("jia", opens_on=date(2026, 11, 1), due_on=date(2026, 12, 31))
    assert find().cycle.rule.due_on == date(2026, 12, 31)


def test_an_audience_of_the_whole_enterprise_is_everybody(
    factories: Factories, jia: Made, find: Find, now: datetime
) -> None:
    factories.cycle("jia", opens_on=date(2026, 10, 1), audience=[(jia.root, None)])
    factories.member("jia", factories.unit("jia", "财务部", jia.root))
    found = find()
    assert found.cycle.audience == ()
    assert len(walked(found)) == 1


def test_units_of_the_same_name_are_told_apart_by_the_unit_above(factories: Factories, jia: Made, find: Find) -> None:
    for above in ("东区", "西区"):
        factories.member("jia", factories.unit("jia", "综合处", factories.unit("jia", above, jia.root)))
    assert {line.unit.zh for line in walked(find())} == {"东区 综合处", "西区 综合处"}


def test_the_filter_is_said_in_words_of_both_languages(factories: Factories, jia: Made, find: Find) -> None:
    assert filter_words(find()).zh == "没有筛选，全部在应学范围的人员"
    words = filter_words(find(unit=jia.root, branch=jia.party_root, state="overdue", text=" 张 "))
    assert (
        words.zh == "单位（含下级）：jia总部；党组织（含下级）：jia党委；任一模块的状态：逾期未完成；姓名或工号含：张"
    )
    assert words.en.endswith("State of any module: Overdue; Name or staff number contains: 张")
