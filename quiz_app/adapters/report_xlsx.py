"""A report as a workbook: one sheet a table, and a second sheet that says what each figure means."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from ..domain.document import Cell, Document, Table
from .workbook import SheetNames, new_workbook, row_height, text_width

_NOTES = {"zh": "说明", "en": "Notes"}
_LABEL_WIDTH, _NOTE_WIDTH = 28.0, 90.0


@dataclass(frozen=True)
class _Formats:
    header: Any
    label: Any
    words: Any
    number: Any
    percent: Any


def render(document: Document) -> bytes:
    """The workbook of a report."""
    buffer = BytesIO()
    book = new_workbook(buffer)
    formats = _Formats(
        header=book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        label=book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        words=book.add_format({"text_wrap": True, "valign": "top"}),
        number=book.add_format({"valign": "top", "align": "right", "indent": 1}),
        percent=book.add_format({"valign": "top", "align": "right", "indent": 1, "num_format": "0.0%"}),
    )
    names = SheetNames()
    tables = [table for section in document.sections for table in section.tables]
    for table in tables[:1]:
        _sheet(book.add_worksheet(names.of(table.caption)), table, formats)
    _notes(book.add_worksheet(names.of(_NOTES[document.language])), document, formats)
    for table in tables[1:]:
        _sheet(book.add_worksheet(names.of(table.caption)), table, formats)
    book.close()
    return buffer.getvalue()


def _sheet(sheet: Any, table: Table, formats: _Formats) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(1, 1)
    widths = [text_width([f"{title}　", *map(str, table.cells(column))]) for column, title in enumerate(table.header)]
    for column, (title, width) in enumerate(zip(table.header, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, formats.header)
    for number, row in enumerate(table.rows, start=1):
        sheet.set_row(number, row_height(zip(map(str, row), widths, strict=True)))
        for column, value in enumerate(row):
            _cell(sheet, number, column, value, formats)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.header) - 1)


def _cell(sheet: Any, row: int, column: int, value: Cell, formats: _Formats) -> None:
    if isinstance(value, int):
        sheet.write_number(row, column, value, formats.number)
    elif column > 0 and value.endswith("%"):
        # A rate stays a number, so that a reader can sort and compute with it.
        sheet.write_number(row, column, round(float(value[:-1]) / 100, 3), formats.percent)
    else:
        sheet.write_string(row, column, value, formats.words)


def _notes(sheet: Any, document: Document, formats: _Formats) -> None:
    sheet.set_column(0, 0, _LABEL_WIDTH)
    sheet.set_column(1, 1, _NOTE_WIDTH)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    lines = [(document.title, document.subtitle), *document.identity]
    lines += [("", text) for section in document.sections for text in section.paragraphs]
    lines += [(table.caption, table.note) for section in document.sections for table in section.tables]
    lines += [*document.method, ("", document.footer)]
    for number, (label, value) in enumerate(lines):
        sheet.set_row(number, row_height([(label, _LABEL_WIDTH), (value, _NOTE_WIDTH)]))
        sheet.write_string(number, 0, label, formats.label)
        sheet.write_string(number, 1, value, formats.words)
