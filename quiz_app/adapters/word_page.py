"""What our Word files share: the page, the faces and the tables of GB/T 9704-2012, without head, number or seal.

Margins 37/35/28/26 mm, body 16 pt on fixed 29 pt lines, title 22 pt; only font names are written, no font is shipped.
"""

from __future__ import annotations

from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

BODY, TITLE, HEADING, SUBHEADING = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312"
LATIN = "Times New Roman"
BODY_SIZE, TITLE_SIZE, TABLE_SIZE, NOTE_SIZE = Pt(16), Pt(22), Pt(12), Pt(12)
LINE, TABLE_LINE = Pt(29), Pt(18)
TEXT_WIDTH = 156.0
"""Millimetres between the margins."""

_NUMERALS = "一二三四五六七八九十"


def new_page() -> Any:
    """An empty A4 document with these margins and faces."""
    word: Any = docx.Document()
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = LATIN, BODY_SIZE
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)
    return word


def numeral(number: int, language: str) -> str:
    """What stands before the heading of section `number`, counted from 0; ten to twenty are 十 to 二十."""
    if language != "zh":
        return f"{number + 1}. "
    tens, ones = divmod(number + 1, 10)
    before = "" if not tens else "十" if tens == 1 else f"{_NUMERALS[tens - 1]}十"
    return f"{before}{_NUMERALS[ones - 1] if ones else ''}、"


def paragraph(
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
    """A new paragraph; `keep` holds it on the page of the next one."""
    made = word.add_paragraph()
    form = made.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, line
    form.space_before = form.space_after = Pt(0)
    form.keep_with_next = keep
    if center:
        made.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if indent:
        form.first_line_indent = Pt(2 * size.pt)
    run(made, text, font, size)
    return made


def run(made: Any, text: str, font: str, size: Pt) -> Any:
    """A piece of text in a paragraph, with its face named for Latin and East Asian letters."""
    added = made.add_run(text)
    added.font.name, added.font.size = LATIN, size
    added._element.rPr.rFonts.set(qn("w:eastAsia"), font)
    return added


def fill(cell: Any, text: str, *, bold: bool = False, center: bool = False) -> None:
    """Write into a cell."""
    first = cell.paragraphs[0]
    form = first.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, TABLE_LINE
    form.space_before = form.space_after = Pt(2)
    if center:
        first.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run(first, text, BODY, TABLE_SIZE).bold = bold


def set_widths(grid: Any, widths: list[float]) -> None:
    """Give the columns of a table their widths in millimetres."""
    grid.autofit = False
    # Word reads the cells, LibreOffice the columns of the grid: both are set.
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(width)
    for row in grid.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def repeat_header(row: Any) -> None:
    """Show this row again at the head of each page its table reaches."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def keep_together(row: Any) -> None:
    """Do not break this row between pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def add_footer(word: Any, text: str) -> None:
    """A foot with this text and the page number on the outer side: right on odd pages, left on even ones."""
    word.settings.odd_and_even_pages_header_footer = True
    section = word.sections[0]
    sides = ((section.footer, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT))
    for footer, side in sides:
        made = footer.paragraphs[0]
        made.alignment = side
        run(made, f"{text}　", BODY, Pt(10.5))
        run(made, "— ", "宋体", Pt(14))
        _page_number(made)
        run(made, " —", "宋体", Pt(14))


def _page_number(made: Any) -> None:
    for kind, text in (("begin", None), (None, "PAGE"), ("separate", None), (None, "1"), ("end", None)):
        added = run(made, "", "宋体", Pt(14))
        if kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText" if text == "PAGE" else "w:t")
            element.text = text
        added._element.append(element)
