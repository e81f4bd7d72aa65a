"""A workbook of one list and its notes, written so that Excel takes nothing for a formula, a link or a number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any
from unicodedata import east_asian_width

import xlsxwriter

Value = str | date | None

_FONT = "宋体"
_TEXT = "@"
_DAY = "yyyy-mm-dd"
_LINE, _ROOM = 15, 5
"""Points that a line of text takes, and that a row has beside its lines."""


@dataclass(frozen=True)
class Column:
    """A heading and the width it is given, in characters."""

    heading: str
    width: int


@dataclass(frozen=True)
class Notes:
    """The second sheet: what the list is, each line a label and what it says.

    The lines are asked for after the rows were written, so they may say how many there were.
    """

    sheet: str
    lines: Iterable[tuple[str, str]]


def list_workbook(sheet: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]], notes: Notes) -> bytes:
    """The workbook of a list: frozen header with filter, every id as text, a second sheet of notes."""
    target = BytesIO()
    book = xlsxwriter.Workbook(
        target,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": {"font_name": _FONT, "font_size": 11},
        },
    )
    _write_list(book, book.add_worksheet(sheet), columns, rows)
    _write_notes(book, book.add_worksheet(notes.sheet), notes)
    book.close()
    return target.getvalue()


def _write_list(book: Any, page: Any, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> None:
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 2})
    text = book.add_format({"num_format": _TEXT, "valign": "vcenter", "text_wrap": True})
    day = book.add_format({"num_format": _DAY, "valign": "vcenter", "align": "left"})
    _for_paper(page)
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    widths = [column.width for column in columns]
    for place, width in enumerate(widths):
        page.set_column(place, place, width)
    page.set_row(0, _height([column.heading for column in columns], widths))
    for place, column in enumerate(columns):
        page.write_string(0, place, column.heading, heading)
    last = 0
    for last, row in enumerate(rows, start=1):
        page.set_row(last, _height(row, widths))
        for place, value in enumerate(row):
            if isinstance(value, date):
                page.write_datetime(last, place, value, day)
            elif value:
                page.write_string(last, place, value, text)
    page.autofilter(0, 0, last, len(columns) - 1)


def _write_notes(book: Any, page: Any, notes: Notes) -> None:
    label = book.add_format({"bold": True, "valign": "vcenter", "text_wrap": True})
    text = book.add_format({"num_format": _TEXT, "valign": "vcenter", "text_wrap": True})
    _for_paper(page)
    widths = (24, 90)
    for place, width in enumerate(widths):
        page.set_column(place, place, width)
    for number, line in enumerate(notes.lines):
        page.set_row(number, _height(line, widths))
        page.write_string(number, 0, line[0], label)
        page.write_string(number, 1, line[1], text)


def _height(row: Sequence[Value], widths: Sequence[int]) -> int:
    """The height that shows every text of a row in full; programs differ in whether they find it themselves."""
    lines = (
        -(-_wide(value) // (width - 2)) for value, width in zip(row, widths, strict=True) if isinstance(value, str)
    )
    return _LINE * max([1, *lines]) + _ROOM


def _wide(text: str) -> int:
    """The width of a text in characters; a Chinese character takes two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _for_paper(page: Any) -> None:
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_header("&C&A")
    page.set_footer("&C&P / &N")
