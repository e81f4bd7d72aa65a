"""A report as a Word file in the layout of GB/T 9704-2012, without red head, number or seal of its own.

Margins 37/35/28/26 mm, body 16 pt on fixed 29 pt lines, title 22 pt; only font names are written, no font is shipped.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from ..domain.document import Document, Section, Table

BODY, TITLE, HEADING, SUBHEADING = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312"
LATIN = "Times New Roman"
BODY_SIZE, TITLE_SIZE, TABLE_SIZE, NOTE_SIZE = Pt(16), Pt(22), Pt(12), Pt(12)
LINE, TABLE_LINE = Pt(29), Pt(18)
TEXT_WIDTH, CHARACTER, CELL_MARGINS = 156.0, 4.3, 4.0
"""Millimetres: between the margins, of one Han character in a table, of the margins in a cell."""

SIGNING_HEIGHTS = Mm(16), Mm(40)
_NUMERALS = "一二三四五六七八九十"


def render(document: Document) -> bytes:
    """The Word file of a report."""
    word: Any = docx.Document()
    _page(word)
    _paragraph(word, document.title, TITLE, TITLE_SIZE, center=True, indent=False)
    _paragraph(word, document.subtitle, SUBHEADING, BODY_SIZE, center=True, indent=False)
    _identity(word, document)
    for number, section in enumerate(document.sections):
        _section(word, number, section, document.language)
    _method(word, document)
    _sign_off(word, document)
    _signing(word, document)
    _footer(word, document)
    buffer = BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def _page(word: Any) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = LATIN, BODY_SIZE
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)


def _identity(word: Any, document: Document) -> None:
    grid = word.add_table(rows=0, cols=2)
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    for label, value in document.identity:
        cells = grid.add_row().cells
        _fill(cells[0], label, bold=True)
        _fill(cells[1], value)
    _widths(grid, [38, 118])


def _section(word: Any, number: int, section: Section, language: str) -> None:
    numeral = f"{_NUMERALS[number]}、" if language == "zh" else f"{number + 1}. "
    _paragraph(word, numeral + section.heading, HEADING, BODY_SIZE, keep=True)
    for text in section.paragraphs:
        _paragraph(word, text, BODY, BODY_SIZE)
    for table in section.tables:
        if table.caption != section.heading:
            _paragraph(word, table.caption, SUBHEADING, Pt(14), center=True, indent=False, keep=True)
        _table(word, table)


def _table(word: Any, table: Table) -> None:
    grid = word.add_table(rows=1, cols=len(table.header), style="Table Grid")
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, (cell, text) in enumerate(zip(grid.rows[0].cells, table.header, strict=True)):
        _fill(cell, text, bold=True, center=column > 0 and not table.holds_words(column))
    _repeat_header(grid.rows[0])
    for row in table.rows:
        cells = grid.add_row().cells
        for column, (cell, value) in enumerate(zip(cells, row, strict=True)):
            _fill(cell, str(value), center=column > 0 and not table.holds_words(column))
    for row in grid.rows:
        _keep_together(row)
    _widths(grid, _column_widths(table))
    _paragraph(word, table.note, BODY, NOTE_SIZE, indent=False, line=Pt(18))


def _method(word: Any, document: Document) -> None:
    for label, value in document.method:
        _paragraph(word, f"{label}{value}", BODY, NOTE_SIZE, indent=False, line=Pt(18))


def _sign_off(word: Any, document: Document) -> None:
    for text in ("", document.unit, document.seal_place, document.date):
        paragraph = _paragraph(word, text, BODY, BODY_SIZE, indent=False, keep=text != document.date)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Pt(32)


def _signing(word: Any, document: Document) -> None:
    if not document.signing:
        return
    _paragraph(word, "", BODY, BODY_SIZE, indent=False)
    grid = word.add_table(rows=0, cols=2, style="Table Grid")
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    for number, label in enumerate(document.signing):
        row = grid.add_row()
        row.height, row.height_rule = SIGNING_HEIGHTS[min(number, 1)], WD_ROW_HEIGHT_RULE.AT_LEAST
        _fill(row.cells[0], label, bold=True)
        _keep_together(row)
    _widths(grid, [38, TEXT_WIDTH - 38])


def _footer(word: Any, document: Document) -> None:
    # The number stands on the outer side: right on odd pages, left on even ones.
    word.settings.odd_and_even_pages_header_footer = True
    section = word.sections[0]
    sides = ((section.footer, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT))
    for footer, side in sides:
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        _run(paragraph, f"{document.footer}　", BODY, Pt(10.5))
        _run(paragraph, "— ", "宋体", Pt(14))
        _page_number(paragraph)
        _run(paragraph, " —", "宋体", Pt(14))


def _paragraph(
    word: Any,
    text: str,
    font: str,
    size: Pt,
    *,
    center: bool = False,
    indent: bool = True,
    keep: bool = False,
    line: Pt = LINE,
) -> Any:
    paragraph = word.add_paragraph()
    form = paragraph.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, line
    form.space_before = form.space_after = Pt(0)
    form.keep_with_next = keep
    if center:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if indent:
        form.first_line_indent = Pt(2 * size.pt)
    _run(paragraph, text, font, size)
    return paragraph


def _run(paragraph: Any, text: str, font: str, size: Pt) -> Any:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = LATIN, size
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
    return run


def _fill(cell: Any, text: str, *, bold: bool = False, center: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    form = paragraph.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, TABLE_LINE
    form.space_before = form.space_after = Pt(2)
    if center:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = _run(paragraph, text, BODY, TABLE_SIZE)
    run.bold = bold


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


def _widths(grid: Any, widths: list[float]) -> None:
    grid.autofit = False
    # Word reads the cells, LibreOffice the columns of the grid: both are set.
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(width)
    for row in grid.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def _repeat_header(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep_together(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _page_number(paragraph: Any) -> None:
    for kind, text in (("begin", None), (None, "PAGE"), ("separate", None), (None, "1"), ("end", None)):
        run = _run(paragraph, "", "宋体", Pt(14))
        if kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText" if text == "PAGE" else "w:t")
            element.text = text
        run._element.append(element)
