"""Workbooks of lists: nothing typed by a person becomes a formula, a link or a number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from quiz_app.adapters.completion_xlsx import completion_workbook
from quiz_app.adapters.sheets import Column, Notes, Value, list_workbook
from quiz_app.adapters.unfinished_xlsx import unfinished_workbook
from quiz_app.content.text import Text


def made(rows: list[list[Value]], notes: list[tuple[str, str]] | None = None) -> bytes:
    columns = [Column("工号", 12), Column("姓名", 12)]
    return list_workbook("名单", columns, rows, Notes("说明", notes or [("人数", "1")]))


@pytest.mark.parametrize("value", ["=1+1", "+86", "-1", "@SUM(A1)", "http://example.invalid", "00012", "1e5"])
def test_a_text_stays_a_text(value: str) -> None:
    cell = load_workbook(BytesIO(made([[value, "张某"]]))).worksheets[0]["A2"]
    assert (cell.value, cell.data_type, cell.number_format) == (value, "s", "@")
    assert cell.hyperlink is None


def test_the_header_is_frozen_and_filters_the_rows_there_are() -> None:
    page = load_workbook(BytesIO(made([["1", "张某"], ["2", "李某"]]))).worksheets[0]
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:B3"
    assert page.print_title_rows == "$1:$1"
    assert page.column_dimensions["A"].width > 11


def test_a_list_of_nobody_still_has_its_header() -> None:
    page = load_workbook(BytesIO(made([]))).worksheets[0]
    assert [cell.value for cell in page[1]] == ["工号", "姓名"]
    assert page.max_row == 1


def test_days_are_days_and_an_empty_value_is_an_empty_cell() -> None:
    page = load_workbook(BytesIO(made([["1", date(2026, 11, 30)], ["2", None]]))).worksheets[0]
    assert page["B2"].value == datetime(2026, 11, 30)  # noqa: DTZ001 - a workbook has no zones
    assert page["B3"].value is None


def test_the_notes_are_asked_for_after_the_rows_were_written() -> None:
    written: list[str] = []

    def rows() -> Iterator[list[Value]]:
        written.append("row")
        yield ["1", "张某"]

    def notes() -> Iterator[tuple[str, str]]:
        yield "人数", str(len(written))

    body = list_workbook("名单", [Column("工号", 12), Column("姓名", 12)], rows(), Notes("说明", notes()))
    assert load_workbook(BytesIO(body)).worksheets[1]["B1"].value == "1"


def test_each_module_of_the_completion_list_has_state_month_and_due_date() -> None:
    body = completion_workbook([Text(zh="模块一", en="One")], [], [], "zh")
    page = load_workbook(BytesIO(body)).worksheets[0]
    headings = ["工号", "姓名", "单位", "党组织", "模块一", "模块一：完成月份", "模块一：应完成日期"]
    assert [cell.value for cell in page[1]] == headings
    assert load_workbook(BytesIO(completion_workbook([], [], [], "en"))).sheetnames == ["Completion", "Notes"]


def test_the_list_of_unfinished_study_has_four_columns_and_no_more() -> None:
    for language, headings in (
        ("zh", ["姓名", "单位", "学习模块", "应完成日期"]),
        ("en", ["Name", "Unit", "Module", "Due date"]),
    ):
        body = unfinished_workbook([], [], language)  # type: ignore[arg-type]
        assert [cell.value for cell in load_workbook(BytesIO(body)).worksheets[0][1]] == headings
