"""A filled 政策更新单 is read whole: what it changes, or every fault with sheet, row, column and reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from quiz_app.content.library import Library
from quiz_app.content.local import Slot
from quiz_app.content.policy import seal_of
from quiz_app.content.policy_form import CLAUSES, SLOTS, FormInvalid, cleaned
from quiz_app.content.policy_update import PolicyUpdate, update_of
from quiz_app.content.text import Text
from tests.content_factories import small_library, text
from tests.policy_forms import CHANGE, CONTENT, Grid, fill, grids_of, place_of

Edit = Callable[[dict[str, Grid]], object]

FIRST, SECOND = 2, 3
"""The rows of rule/one, at its first revision, and rule/two, at its second."""


@pytest.fixture
def register() -> Library:
    """Two clauses, the second once changed in wording, and an empty and a filled slot."""
    slots = (
        Slot(id="contact", title=text("contact"), provider=text("city")),
        Slot(id="time-limits", title=text("limits"), provider=text("city"), value=Text(zh="十日", en="Ten days")),
    )
    return replace(small_library(["cosmetic"]), slots={slot.id: slot for slot in slots})


def put(sheet: str, row: int, **cells: object) -> Edit:
    """An edit that writes cells into a row that is otherwise filled without fault."""
    whole = CHANGE if sheet == CLAUSES else CONTENT
    return lambda grids: fill(grids[sheet], sheet, row, {**whole, **cells})  # type: ignore[dict-item]


def spoil(sheet: str, row: int, **cells: str) -> Edit:
    """An edit that writes these cells alone."""
    return lambda grids: fill(grids[sheet], sheet, row, {**cells})


def read(register: Library, *edits: Edit) -> PolicyUpdate:
    """What a blank form with these edits changes."""
    grids = grids_of(register)
    for edit in edits:
        edit(grids)
    return update_of(register, grids)


def faults(register: Library, *edits: Edit) -> list[str]:
    """The faults of a blank form with these edits, in their order."""
    with pytest.raises(FormInvalid) as refused:
        read(register, *edits)
    return [fault.line() for fault in refused.value.faults]


def test_a_blank_form_changes_nothing(register: Library) -> None:
    update = read(register)
    assert not update
    assert update == PolicyUpdate()
    assert update.applied(register).digest == register.digest


def test_a_clause_gets_its_next_revision_with_seal_note_and_the_gist_before(register: Library) -> None:
    update = read(register, put(CLAUSES, SECOND, date=date(2026, 12, 1)))
    applied = update.applied(register).clauses["rule/two"][1]
    assert applied.gist == Text(zh=str(CHANGE["new_zh"]), en=str(CHANGE["new_en"]))
    last = applied.revisions[-1]
    assert (last.number, last.date, last.kind, last.seal) == (3, "2026-12-01", "meaning", seal_of(applied.gist))
    assert last.before == register.clauses["rule/two"][1].gist
    assert last.note == Text(zh="依据新的规定修改。", en="Changed under the new rules.")
    assert update.meanings == {"rule/two": 3}
    assert update.applied(register).clauses["rule/one"][1] == register.clauses["rule/one"][1]


def test_wording_only_changes_no_meaning(register: Library) -> None:
    update = read(register, put(CLAUSES, FIRST, kind="只改文字", new_en=register.clauses["rule/one"][1].gist.en))
    assert update.clauses[0].revision.kind == "cosmetic"
    assert update.meanings == {}


def test_a_slot_keeps_its_lines(register: Library) -> None:
    update = read(register, put(SLOTS, 2))
    assert update.applied(register).slots["contact"].value == Text(
        zh="市国资委综合处\n电话：025-00000000", en="General office\nPhone: 025-00000000"
    )
    assert update.applied(register).slots["time-limits"] == register.slots["time-limits"]


def test_what_nobody_sees_is_left_out_and_a_gist_is_one_paragraph(register: Library) -> None:
    update = read(
        register,
        put(CLAUSES, FIRST, new_zh=" 先报告，\r\n\u200b再补救。 ", new_en="Report  first,\nthen\u00a0repair. "),
    )
    assert update.clauses[0].gist == Text(zh="先报告，再补救。", en="Report first, then repair.")
    assert cleaned("\ufeff甲\u3000 乙\t\n\n 丙\x0b") == "甲 乙\n丙"


@pytest.mark.parametrize(
    "day", ["2026-12-01", "2026/12/1", "2026.12.1", "2026年12月1日", "2026 年 12 月 1 日", date(2026, 12, 1)]
)
def test_a_day_is_read_in_the_forms_that_offices_write(register: Library, day: object) -> None:
    assert read(register, put(CLAUSES, FIRST, date=day)).clauses[0].revision.date == "2026-12-01"


def double_kind(grids: dict[str, Grid]) -> None:
    """Puts the column of the kind a second time at the end."""
    for row in grids[CLAUSES]:
        row.append(row[place_of(CLAUSES, "kind")])


SPOILT: list[tuple[str, Edit, str]] = [
    ("an unknown id", spoil(CLAUSES, FIRST, clause="nine"), "条款: 第2行/条款编号: 没有编号为 rule/nine 的条目"),
    ("an unknown slot", spoil(SLOTS, 2, slot="fax"), "本地内容: 第2行/编号: 没有编号为 fax 的条目"),
    ("a row without id", spoil(CLAUSES, FIRST, instrument="", clause=""), "条款: 第2行/条款编号: 没有编号"),
    ("no English", put(CLAUSES, FIRST, new_en=""), "条款: 第2行/新要点（英文）: 没有填写"),
    ("no Chinese note", put(CLAUSES, FIRST, note_zh="  "), "条款: 第2行/说明（中文）: 没有填写"),
    ("no kind", put(CLAUSES, FIRST, kind=""), "条款: 第2行/变化性质: 没有填写"),
    ("no date", put(CLAUSES, FIRST, date=""), "条款: 第2行/施行日期: 没有填写"),
    ("an unknown kind", put(CLAUSES, FIRST, kind="修订"), "条款: 第2行/变化性质: 只能填“含义有变”或者“只改文字”"),
    ("a day that is none", put(CLAUSES, FIRST, date="2026-02-30"), "条款: 第2行/施行日期: 不是日期"),
    ("a number for a day", put(CLAUSES, FIRST, date="46357"), "条款: 第2行/施行日期: 不是日期"),
    ("a day of another century", put(CLAUSES, FIRST, date=date(1926, 12, 1)), "条款: 第2行/施行日期: 不是日期"),
    ("English for Chinese", put(CLAUSES, FIRST, new_zh="Report"), "条款: 第2行/新要点（中文）: 这一栏要写中文"),
    ("Chinese for English", put(CLAUSES, FIRST, note_en="新规定"), "条款: 第2行/说明（英文）: 这一栏要写英文"),
    (
        "the present gist",
        put(CLAUSES, FIRST, new_zh="one gist 1（中文）", new_en="one gist 1 in English"),
        "条款: 第2行/新要点（中文）: 与现要点相同",
    ),
    (
        "an older gist",
        put(CLAUSES, SECOND, new_zh="two gist 1（中文）", new_en="two gist 1 in English"),
        "条款: 第3行/新要点（中文）: 与第1版的要点一字不差",
    ),
    (
        "a change of meaning in one language",
        put(CLAUSES, FIRST, new_en="one gist 1 in English"),
        "条款: 第2行/新要点（英文）: 含义有变，这一种文字却没有改",
    ),
    (
        "a changed gist in a grey cell",
        spoil(CLAUSES, FIRST, gist_zh="改了"),
        "条款: 第2行/现要点（中文）: 与登记册不同",
    ),
    ("a changed title", spoil(CLAUSES, FIRST, title="改了"), "条款: 第2行/文件: 与登记册不同"),
    ("a changed place", put(CLAUSES, FIRST, locator="第九条"), "条款: 第2行/条次: 与登记册不同"),
    (
        "a change that rests on an older gist",
        put(CLAUSES, SECOND, gist_zh="two gist 1（中文）", gist_en="two gist 1 in English"),
        "条款: 第3行/现要点（中文）: 与登记册不同",
    ),
    (
        "a doubled row",
        lambda grids: grids[CLAUSES].append(list(grids[CLAUSES][1])),
        "条款: 第4行/条款编号: 与第2行重复",
    ),
    ("a doubled slot", lambda grids: grids[SLOTS].append(list(grids[SLOTS][2])), "本地内容: 第4行/编号: 与第3行重复"),
    ("a slot in one language", put(SLOTS, 2, new_en=""), "本地内容: 第2行/新内容（英文）: 没有填写"),
    (
        "the present content",
        put(SLOTS, 3, new_zh="十日", new_en="Ten days"),
        "本地内容: 第3行/新内容（中文）: 与现内容相同",
    ),
    (
        "a changed content in a grey cell",
        spoil(SLOTS, 2, value_zh="二十日"),
        "本地内容: 第2行/现内容（中文）: 与登记册不同",
    ),
    ("no such sheet", lambda grids: grids.pop(SLOTS), "本地内容: -: 没有这张工作表"),
    ("no heading", lambda grids: grids[CLAUSES].pop(0), "条款: 第1行: 没有找到表头"),
    ("an empty sheet", lambda grids: grids[CLAUSES].clear(), "条款: 第1行: 没有找到表头"),
    (
        "a column that is gone",
        lambda grids: [row.pop() for row in grids[CLAUSES]],
        "条款: 第1行/说明（英文）: 这一栏须有一个",
    ),
    (
        "a column that is there twice",
        double_kind,
        "条款: 第1行/变化性质: 这一栏须有一个",
    ),
]


@pytest.mark.parametrize(("edit", "line"), [case[1:] for case in SPOILT], ids=[case[0] for case in SPOILT])
def test_a_form_is_refused_because_of(register: Library, edit: Edit, line: str) -> None:
    found = faults(register, edit)
    assert any(one.startswith(line) for one in found), found


def test_every_fault_is_told_in_the_order_of_sheets_and_rows(register: Library) -> None:
    found = faults(
        register,
        put(SLOTS, 2, new_en=""),
        put(CLAUSES, SECOND, kind="", date="昨天"),
        spoil(CLAUSES, FIRST, title="改了"),
    )
    assert [line.split(": ")[:2] for line in found] == [
        ["条款", "第2行/文件"],
        ["条款", "第3行/变化性质"],
        ["条款", "第3行/施行日期"],
        ["本地内容", "第2行/新内容（英文）"],
    ]


def test_columns_may_stand_in_another_order_and_lines_above_the_heading(register: Library) -> None:
    grids = grids_of(register)
    fill(grids[CLAUSES], CLAUSES, FIRST, CHANGE)
    grids[CLAUSES] = [["2026年12月"], [], *(list(reversed(row)) for row in grids[CLAUSES])]
    assert update_of(register, grids).meanings == {"rule/one": 2}


def test_rows_that_ask_for_nothing_may_be_missing_empty_or_older_than_the_register(register: Library) -> None:
    grids = grids_of(register)
    fill(grids[CLAUSES], CLAUSES, SECOND, {"gist_zh": "two gist 1（中文）", "gist_en": "two gist 1 in English"})
    del grids[CLAUSES][1]
    grids[CLAUSES].append(["", "  "])
    assert not update_of(register, grids)


def test_a_form_that_was_written_before_asks_for_nothing_more(register: Library) -> None:
    grids = grids_of(register)
    fill(grids[CLAUSES], CLAUSES, FIRST, CHANGE)
    fill(grids[SLOTS], SLOTS, 3, CONTENT)
    again = update_of(update_of(register, grids).applied(register), grids)
    assert not again
    assert again.recorded == ("rule/one", "time-limits")
