"""A report as a Word file in the layout of GB/T 9704-2012, without red head, number or seal of its own."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from ..domain.document import Document, Section, Table
from .word_page import (
    BODY,
    BODY_SIZE,
    HEADING,
    NOTE_SIZE,
    SUBHEADING,
    TEXT_WIDTH,
    TITLE,
    TITLE_SIZE,
    add_footer,
    fill,
    keep_together,
    new_page,
    numeral,
    paragraph,
    repeat_header,
    set_widths,
)

CHARACTER, CELL_MARGINS = 4.3, 4.0
"""Millimetres: of one Han character in a table, of the margins in a cell."""

SIGNING_HEIGHTS = Mm(16), Mm(40)


def render(document: Document) -> bytes:
    """The Word file of a report."""
    word = new_page()
    paragraph(word, document.title, TITLE, TITLE_SIZE, center=True, indent=False)
    paragraph(word, document.subtitle, SUBHEADING, BODY_SIZE, center=True, indent=False)
    _identity(word, document)
    for number, section in enumerate(document.sections):
        _section(word, number, section, document.language)
    _method(word, document)
    _sign_off(word, document)
    _signing(word, document)
    add_footer(word, document.footer)
    buffer = BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def _identity(word: Any, document: Document) -> None:
    grid = word.add_table(rows=0, cols=2)
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    for label, value in document.identity:
        cells = grid.add_row().cells
        fill(cells[0], label, bold=True)
        fill(cells[1], value)
    set_widths(grid, [38, 118])


def _section(word: Any, number: int, section: Section, language: str) -> None:
    paragraph(word, numeral(number, language) + section.heading, HEADING, BODY_SIZE, keep=True)
    for text in section.paragraphs:
        paragraph(word, text, BODY, BODY_SIZE)
    for table in section.tables:
        if table.caption != section.heading:
            paragraph(word, table.caption, SUBHEADING, Pt(14), center=True, indent=False, keep=True)
        _table(word, table)


def _table(word: Any, table: Table) -> None:
    grid = word.add_table(rows=1, cols=len(table.header), style="Table Grid")
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, (cell, text) in enumerate(zip(grid.rows[0].cells, table.header, strict=True)):
        fill(cell, text, bold=True, center=column > 0 and not table.holds_words(column))
    repeat_header(grid.rows[0])
    for row in table.rows:
        cells = grid.add_row().cells
        for column, (cell, value) in enumerate(zip(cells, row, strict=True)):
            fill(cell, str(value), center=column > 0 and not table.holds_words(column))
    for row in grid.rows:
        keep_together(row)
    set_widths(grid, _column_widths(table))
    paragraph(word, table.note, BODY, NOTE_SIZE, indent=False, line=Pt(18))


def _method(word: Any, document: Document) -> None:
    for label, value in document.method:
        paragraph(word, f"{label}{value}", BODY, NOTE_SIZE, indent=False, line=Pt(18))


def _sign_off(word: Any, document: Document) -> None:
    for text in ("", document.unit, document.seal_place, document.date):
        line = paragraph(word, text, BODY, BODY_SIZE, indent=False, keep=text != document.date)
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        line.paragraph_format.right_indent = Pt(32)


def _signing(word: Any, document: Document) -> None:
    if not document.signing:
        return
    paragraph(word, "", BODY, BODY_SIZE, indent=False)
    grid = word.add_table(rows=0, cols=2, style="Table Grid")
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    for number, label in enumerate(document.signing):
        row = grid.add_row()
        row.height, row.height_rule = SIGNING_HEIGHTS[min(number, 1)], WD_ROW_HEIGHT_RULE.AT_LEAST
        fill(row.cells[0], label, bold=True)
        keep_together(row)
    set_widths(grid, [38, TEXT_WIDTH - 38])


def _column_widths(table: Table) -> list[float]:
    """Columns of figures get what their header needs; columns of words share the rest by the length of their text."""
    columns = range(len(table.header))
    needs = [max(_length(text) for text in (table.header[one], *map(str, table.cells(one)))) for one in columns]
    words = [one for one in columns if one == 0 or table.holds_words(one)]
    widths = {one: max(_longest_word(table.header[one]), 3) * CHARACTER + CELL_MARGINS for one in columns}
    widths = {one: width for one, width in widths.items() if one not in words}
    left = TEXT_WIDTH - sum(widths.values())
    weights = {one: min(needs[one], 24) + 4 for one in words}
    widths |= {one: left * weights[one] / sum(weights.values()) for one in words}
    return [widths[one] for one in columns]


def _longest_word(text: str) -> float:
    return max(_length(word) for word in text.split())


def _length(text: str) -> float:
    """The length of a text in Han characters; a Latin letter is about half as wide."""
    return sum(1.0 if ord(letter) > 0x2E7F else 0.55 for letter in text)
