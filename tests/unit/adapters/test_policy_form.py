"""The form as a workbook: nothing in it becomes a formula, and what offices send back is read or refused."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from quiz_app.adapters import policy_form
from quiz_app.adapters.policy_form import policy_form_bytes, read_policy_form
from quiz_app.content.library import Library
from quiz_app.content.local import Slot
from quiz_app.content.policy_form import CLAUSE_COLUMNS, CLAUSES, NOTES, SLOTS, FormInvalid
from quiz_app.content.policy_update import PolicyUpdate, update_of
from quiz_app.content.text import Text
from tests.content_factories import make_clause, make_instrument, small_library, text
from tests.policy_forms import CHANGE, CONTENT, filled_form, place_of


@pytest.fixture
def register() -> Library:
    """A register whose texts look like formulas, links and numbers."""
    clause = make_clause("one").model_copy(update={"gist": Text(zh="=1+1", en="http://example.invalid")})
    numbered = make_clause("007").model_copy(update={"locator": Text(zh="+86", en="-1")})
    slot = Slot(id="contact", title=text("contact"), provider=text("city"), value=Text(zh="@甲\n乙", en="A\nB"))
    rule = make_instrument(clause, numbered)
    return replace(small_library(), instruments={"rule": rule}, modules={}, slots={"contact": slot})


def book_of(register: Library) -> openpyxl.Workbook:
    """The form as another program opens it."""
    return openpyxl.load_workbook(BytesIO(policy_form_bytes(register)))


def test_every_clause_and_slot_has_its_row_and_what_is_to_fill_is_empty(register: Library) -> None:
    book = book_of(register)
    assert book.sheetnames == [CLAUSES, SLOTS, NOTES]
    rows = list(book[CLAUSES].iter_rows(values_only=True))
    assert rows[0] == tuple(f"{column.heading.zh}\n{column.heading.en}" for column in CLAUSE_COLUMNS)
    assert rows[1][:6] == ("rule", "rule（中文）", "one", "one（中文）", "=1+1", "http://example.invalid")
    assert rows[2][2:4] == ("007", "+86")
    assert {value for row in rows[1:] for value in row[6:]} == {None}
    assert [row[0] for row in book[SLOTS].iter_rows(min_row=2, values_only=True)] == ["contact"]


def test_a_text_stays_a_text(register: Library) -> None:
    for page in book_of(register).worksheets:
        for cell in (cell for row in page.iter_rows() for cell in row if cell.value is not None):
            assert (cell.data_type, cell.hyperlink) == ("s", None), cell.value


def test_the_header_is_frozen_and_filters_the_rows_and_the_kind_is_chosen_from_a_list(register: Library) -> None:
    page = book_of(register)[CLAUSES]
    assert (page.freeze_panes, page.auto_filter.ref, page.print_title_rows) == ("E2", "A1:L3", "$1:$1")
    (kinds,) = (rule for rule in page.data_validations.dataValidation if rule.type == "list")
    assert (str(kinds.sqref), kinds.formula1) == ("I2:I3", '"含义有变,只改文字"')
    given, filled = (page.cell(2, place_of(CLAUSES, key) + 1) for key in ("gist_zh", "new_zh"))
    assert (given.fill.fgColor.rgb, filled.fill.fill_type) == ("FFF2F2F2", None)
    assert filled.number_format == "@"


def test_the_notes_say_where_to_send_it_and_which_register_it_was_made_from(register: Library) -> None:
    notes = "\n".join(str(value) for row in book_of(register)[NOTES].iter_rows(values_only=True) for value in row)
    assert "请向这里询问：@甲\n乙" in notes
    assert "ask here: A\nB" in notes
    assert "共2条，最近一次更新：2026-01-01" in notes
    assert "{" not in notes


def test_the_same_register_gives_the_same_bytes(register: Library) -> None:
    assert policy_form_bytes(register) == policy_form_bytes(register)


def test_what_an_office_saved_is_read_with_its_days_and_whole_numbers(register: Library, tmp_path: Path) -> None:
    change = {**CHANGE, "date": date(2026, 12, 1)}
    path = filled_form(tmp_path / "form.xlsx", register, clauses={"rule/007": change}, slots={"contact": CONTENT})
    book = openpyxl.load_workbook(path)
    book[CLAUSES].cell(3, 3).value = 7
    book.save(path)
    grids = read_policy_form(BytesIO(path.read_bytes()), "form.xlsx")
    assert grids[CLAUSES][2][2] == "7"
    assert grids[CLAUSES][2][9] == date(2026, 12, 1)
    assert grids[SLOTS][1][5:] == [CONTENT["new_zh"], CONTENT["new_en"]]


def test_a_blank_form_that_another_program_saved_changes_nothing(register: Library, tmp_path: Path) -> None:
    path = filled_form(tmp_path / "form.xlsx", register, clauses={}, slots={})
    assert update_of(register, read_policy_form(BytesIO(path.read_bytes()), "form.xlsx")) == PolicyUpdate()


def packed(parts: dict[str, bytes]) -> bytes:
    """A zip file of these parts."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def without_sense(body: bytes) -> bytes:
    """A workbook whose sheets are no longer XML."""
    with zipfile.ZipFile(BytesIO(body)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return packed({name: b"<" if "worksheets" in name else part for name, part in parts.items()})


BAD: list[tuple[str, Callable[[bytes], bytes], str]] = [
    ("a text", lambda _body: "制度编号,文件\n".encode(), "不是 xlsx 工作簿"),
    ("nothing", lambda _body: b"", "不是 xlsx 工作簿"),
    ("an old workbook or one with a password", lambda _body: b"\xd0\xcf\x11\xe0" + bytes(600), "不是 xlsx 工作簿"),
    ("another kind of office file", lambda _body: packed({"word/document.xml": b"<x/>"}), "不是 xlsx 工作簿"),
    ("half a workbook", lambda body: body[: len(body) // 2], "不是 xlsx 工作簿"),
    ("a workbook without sense", without_sense, "文件已经损坏"),
    ("a changed byte", lambda body: body[:900] + b"\0\0\0\0" + body[904:], "文件已经损坏"),
]


@pytest.mark.parametrize(("spoil", "reason"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_a_file_is_refused_with_a_sentence(register: Library, spoil: Callable[[bytes], bytes], reason: str) -> None:
    with pytest.raises(FormInvalid) as refused:
        read_policy_form(BytesIO(spoil(policy_form_bytes(register))), "form.xlsx")
    (fault,) = refused.value.faults
    assert fault.line().startswith(f"form.xlsx: -: {reason}")


def test_a_file_that_unpacks_to_far_more_than_a_form_is_not_unpacked(
    register: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policy_form, "LARGEST", 1000)
    with pytest.raises(FormInvalid, match="far more than a form"):
        read_policy_form(BytesIO(policy_form_bytes(register)), "form.xlsx")
