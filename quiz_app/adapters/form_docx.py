"""A suggested form as a Word file a clerk can edit: tables with room to write, in the faces of official papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from ..content.forms import NO_DETERMINATION, SUGGESTED, Form, FormSection, Row
from ..content.text import Language, Text
from .word_page import (
    BODY,
    BODY_SIZE,
    HEADING,
    NOTE_SIZE,
    SUBHEADING,
    TABLE_LINE,
    TABLE_SIZE,
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
    run,
    set_widths,
)
from .word_zip import same_bytes

LABEL_WIDTH, NUMBER_WIDTH = 44.0, 15.0
"""Millimetres: of the labels beside boxes, of a column of running numbers."""

FIRST_LINE, NEXT_LINE, ENTRY = 10.5, 8.5, 15.0
"""Millimetres: heights of a box of one line, of each further line, of a table row that begins with a text."""

WIDE_FROM = 4
"""From this many lines a box takes the whole width, below its label."""

INLINE, TICK = 25, 3
"""Han characters: of a line of options, of the box and the gap that each option takes beside its words."""

TOGETHER = 6
"""A table up to this many rows is not broken between pages."""

HINT_SIZE, HINT_LINE = Pt(10.5), Pt(15)
_SHADE = "F2F2F2"


@dataclass(frozen=True)
class Sheet:
    """A form in one language; the clauses it follows, what has to be asked first and its date are sentences."""

    form: Form
    language: Language
    basis: tuple[str, ...]
    asks: tuple[str, ...]
    revised: str

    def say(self, text: Text) -> str:
        """A text in the sheet's language."""
        return text.in_language(self.language)

    def both(self, zh: str, en: str) -> str:
        """The wording in the sheet's language."""
        return zh if self.language == "zh" else en


def render(sheet: Sheet) -> bytes:
    """The Word file of a form; the same sheet gives the same bytes."""
    word = new_page()
    paragraph(word, sheet.say(sheet.form.title), TITLE, TITLE_SIZE, center=True, indent=False, line=Pt(34))
    _small(word, sheet.say(SUGGESTED), center=True)
    dated = paragraph(word, sheet.revised, SUBHEADING, HINT_SIZE, center=True, indent=False, line=HINT_LINE)
    dated.paragraph_format.space_after = Pt(6)
    _introduction(word, sheet)
    for number, section in enumerate(sheet.form.sections):
        _section(word, number, section, sheet)
    _basis(word, sheet)
    add_footer(word, sheet.say(NO_DETERMINATION))
    _name_faces(word, sheet)
    return same_bytes(word, sheet.say(sheet.form.title), sheet.form.revised, sheet.language)


def _introduction(word: Any, sheet: Sheet) -> None:
    form = sheet.form
    lines = [
        (sheet.both("做什么用", "Purpose"), sheet.say(form.purpose)),
        (sheet.both("谁填", "Who fills it in"), sheet.say(form.filled_by)),
        (sheet.both("什么时候", "When"), sheet.say(form.when)),
        (sheet.both("请注意", "Please note"), sheet.say(form.warning)),
    ]
    if sheet.asks:
        lines.append((sheet.both("先问清", "Ask first"), "\n".join(sheet.asks)))
    grid = _grid(word, 2, sheet.both("填写以前", "Before filling in"))
    for label, text in lines:
        cells = grid.add_row().cells
        _label(cells[0], label)
        _write(cells[1], text)
    _finish(word, grid, [30.0, TEXT_WIDTH - 30.0])


def _section(word: Any, number: int, section: FormSection, sheet: Sheet) -> None:
    title = numeral(number, sheet.language) + sheet.say(section.title)
    _outline(paragraph(word, title, HEADING, BODY_SIZE, indent=False, keep=True))
    if section.note:
        _small(word, sheet.say(section.note), keep=True)
    for rows in _runs(section.rows):
        if rows[0].kind == "table":
            _table(word, rows[0], sheet, captioned=len(section.rows) > 1)
        else:
            _boxes(word, rows, sheet, sheet.say(section.title))


def _runs(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Each table by itself; boxes and choices that follow each other together, in one grid."""
    together: list[Row] = []
    for row in rows:
        if row.kind == "table":
            if together:
                yield together
            yield [row]
            together = []
        else:
            together.append(row)
    if together:
        yield together


def _boxes(word: Any, rows: list[Row], sheet: Sheet, title: str) -> None:
    grid = _grid(word, 2, title)
    for row in rows:
        cells = grid.add_row().cells
        _height(grid.rows[-1], row.lines or 1)
        _label(cells[0], sheet.say(row.label), sheet.say(row.hint) if row.hint else "")
        if row.options:
            _write(cells[1], _options([sheet.say(one) for one in row.options]))
        else:
            _write(cells[1], "")
    set_widths(grid, [LABEL_WIDTH, TEXT_WIDTH - LABEL_WIDTH])
    _widen(grid, rows)
    _finish(word, grid)


def _widen(grid: Any, rows: list[Row]) -> None:
    """Give each large box the whole width, under its label; from the last to the first, so that places stay right."""
    for place in reversed(range(len(rows))):
        lines = rows[place].lines or 1
        if lines < WIDE_FROM:
            continue
        label = grid.rows[place]
        box = grid.add_row()
        label._tr.addnext(box._tr)
        for row in (label, box):
            row.cells[0].merge(row.cells[1])
        for spare in label.cells[0].paragraphs[1:]:
            if not spare.text:
                spare._element.getparent().remove(spare._element)
        _keep_with_next([label])
        label.height = None
        _height(box, lines)


def _table(word: Any, row: Row, sheet: Sheet, *, captioned: bool) -> None:
    if captioned:
        _small(word, sheet.say(row.label), keep=True, bold=True)
    if row.hint:
        _small(word, sheet.say(row.hint), keep=True)
    headers = [sheet.say(column.label) for column in row.columns]
    first = [sheet.say(entry) for entry in row.entries] + [""] * row.blank
    if row.numbered:
        headers.insert(0, sheet.both("序号", "No."))
    grid = _grid(word, len(headers), sheet.say(row.label), rows=1)
    for cell, text in zip(grid.rows[0].cells, headers, strict=True):
        _label(cell, text)
    repeat_header(grid.rows[0])
    _keep_with_next(grid.rows[:1])
    for number, text in enumerate(first, start=1):
        cells = grid.add_row().cells
        made = grid.rows[-1]
        made.height, made.height_rule = Mm(ENTRY if text else FIRST_LINE), WD_ROW_HEIGHT_RULE.AT_LEAST
        if row.numbered:
            fill(cells[0], str(number), center=True)
        fill(cells[1 if row.numbered else 0], text)
    if len(first) <= TOGETHER:
        _keep_with_next(grid.rows[:-1])
    _finish(word, grid, _column_widths(row))


def _column_widths(row: Row) -> list[float]:
    left = TEXT_WIDTH - (NUMBER_WIDTH if row.numbered else 0.0)
    whole = sum(column.width for column in row.columns)
    shares = [left * column.width / whole for column in row.columns]
    return [NUMBER_WIDTH, *shares] if row.numbered else shares


def _basis(word: Any, sheet: Sheet) -> None:
    if not sheet.basis:
        return
    title = sheet.both("依据和参考", "Basis and reference")
    _outline(paragraph(word, title, HEADING, BODY_SIZE, indent=False, keep=True))
    for line in sheet.basis:
        paragraph(word, line, SUBHEADING, HINT_SIZE, indent=False, line=HINT_LINE)


def _options(options: list[str]) -> str:
    marked = [f"□\u00a0{one}" for one in options]
    inline = sum(_length(one) + TICK for one in options) <= INLINE
    return "　　".join(marked) if inline else "\n".join(marked)


def _length(text: str) -> float:
    return sum(1.0 if ord(letter) > 0x2E7F else 0.55 for letter in text)


def _small(word: Any, text: str, *, center: bool = False, keep: bool = False, bold: bool = False) -> Any:
    face = BODY if bold else SUBHEADING
    made = paragraph(word, text, face, NOTE_SIZE, center=center, indent=False, keep=keep, line=Pt(20))
    made.runs[0].bold = bold
    return made


def _grid(word: Any, columns: int, caption: str, rows: int = 0) -> Any:
    grid = word.add_table(rows=rows, cols=columns, style="Table Grid")
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    named = OxmlElement("w:tblCaption")
    named.set(qn("w:val"), caption)
    grid._tbl.tblPr.append(named)
    return grid


def _finish(word: Any, grid: Any, widths: list[float] | None = None) -> None:
    if widths is not None:
        set_widths(grid, widths)
    for row in grid.rows:
        keep_together(row)
    # Without a paragraph between them two tables would become one.
    paragraph(word, "", BODY, Pt(6), indent=False, line=Pt(10))


def _keep_with_next(rows: Sequence[Any]) -> None:
    for row in rows:
        for kept in row._tr.iter(qn("w:p")):
            kept.get_or_add_pPr().get_or_add_keepNext()


def _height(row: Any, lines: int) -> None:
    row.height, row.height_rule = Mm(FIRST_LINE + NEXT_LINE * (lines - 1)), WD_ROW_HEIGHT_RULE.AT_LEAST


def _label(cell: Any, label: str, hint: str = "") -> None:
    fill(cell, label, bold=True)
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", _SHADE)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)
    if hint:
        below = cell.add_paragraph()
        below.paragraph_format.space_after = Pt(2)
        below.paragraph_format.line_spacing = Pt(14)
        run(below, hint, SUBHEADING, HINT_SIZE)


def _write(cell: Any, text: str) -> None:
    lines = text.split("\n")
    fill(cell, lines[0])
    for line in lines[1:]:
        below = cell.add_paragraph()
        below.paragraph_format.line_spacing = TABLE_LINE
        run(below, line, BODY, TABLE_SIZE)


def _outline(heading: Any) -> None:
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "0")
    heading._element.get_or_add_pPr().append(level)


def _name_faces(word: Any, sheet: Sheet) -> None:
    """Chinese quotation marks take the Chinese face, which they do only when every run asks for it."""
    if sheet.language == "zh":
        for fonts in word.element.body.iter(qn("w:rFonts")):
            fonts.set(qn("w:hint"), "eastAsia")
