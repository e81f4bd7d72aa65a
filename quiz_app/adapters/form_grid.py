"""The grids of a form in Word: labels beside or above boxes to write in, options to tick, tables with empty rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from .word_page import (
    BODY,
    SUBHEADING,
    TABLE_LINE,
    TABLE_SIZE,
    TEXT_WIDTH,
    fill,
    keep_together,
    paragraph,
    repeat_header,
    run,
    set_widths,
)

FACT_WIDTH, LABEL_WIDTH, NUMBER_WIDTH = 30.0, 44.0, 15.0
"""Millimetres: of the labels beside sentences, of those beside boxes, of a column of running numbers."""

FIRST_LINE, NEXT_LINE, ENTRY = 10.5, 8.5, 14.0
"""Millimetres: heights of a box of one line, of each further line, of a table row that begins with a text."""

LATIN_LETTER, CELL_MARGINS = 2.4, 4.5
"""Millimetres: of a bold Latin letter in a table, of the margins in a cell."""

WIDE_FROM = 4
"""From this many lines a box takes the whole width, below its label."""

INLINE, TICK = 25, 3
"""Han characters: of a line of options, of the box and the gap that each option takes beside its words."""

TOGETHER = 6
"""A table up to this many rows is not broken between pages."""

_HAN = 0x2E7F
_SHADE = "F2F2F2"


@dataclass(frozen=True)
class Box:
    """A label with its hint, and room of so many lines or the options to tick."""

    label: str
    hint: str
    lines: int
    options: tuple[str, ...]


@dataclass(frozen=True)
class Columns:
    """The heads of a table and their shares of its width; `number` is the head of a running number before them."""

    labels: tuple[str, ...]
    shares: tuple[int, ...]
    number: str | None


def add_facts(word: Any, caption: str, lines: Sequence[tuple[str, str]]) -> None:
    """A table of labels and sentences."""
    grid = _grid(word, 2, caption)
    for label, text in lines:
        cells = grid.add_row().cells
        _label(cells[0], label)
        _write(cells[1], text)
    set_widths(grid, [FACT_WIDTH, TEXT_WIDTH - FACT_WIDTH])
    _finish(word, grid)


def add_boxes(word: Any, caption: str, boxes: Sequence[Box]) -> None:
    """One grid of boxes; a large one takes the whole width, under its label."""
    grid = _grid(word, 2, caption)
    for box in boxes:
        cells = grid.add_row().cells
        _height(grid.rows[-1], box.lines)
        _label(cells[0], box.label, box.hint)
        _write(cells[1], _options(box.options))
    set_widths(grid, [LABEL_WIDTH, TEXT_WIDTH - LABEL_WIDTH])
    # From the last to the first, so that the places of the rows still to be widened stay right.
    for place in reversed(range(len(boxes))):
        if boxes[place].lines >= WIDE_FROM:
            _widen(grid, place, boxes[place].lines)
    _finish(word, grid)


def add_table(word: Any, caption: str, columns: Columns, first: Sequence[str]) -> None:
    """A table with a row for each text of `first`, which stands in its first column and may be empty."""
    heads = [columns.number, *columns.labels] if columns.number else list(columns.labels)
    grid = _grid(word, len(heads), caption, rows=1)
    for cell, head in zip(grid.rows[0].cells, heads, strict=True):
        _label(cell, head)
    repeat_header(grid.rows[0])
    for number, text in enumerate(first, start=1):
        cells = grid.add_row().cells
        made = grid.rows[-1]
        made.height, made.height_rule = Mm(ENTRY if text else FIRST_LINE), WD_ROW_HEIGHT_RULE.AT_LEAST
        if columns.number:
            fill(cells[0], str(number), center=True)
        fill(cells[1 if columns.number else 0], text)
    _keep_with_next(grid.rows[: -1 if len(first) <= TOGETHER else 1])
    set_widths(grid, _widths(columns, first))
    _finish(word, grid)


def _widen(grid: Any, place: int, lines: int) -> None:
    label, box = grid.rows[place], grid.add_row()
    label._tr.addnext(box._tr)
    for row in (label, box):
        row.cells[0].merge(row.cells[1])
    for spare in label.cells[0].paragraphs[1:]:
        if not spare.text:
            spare._element.getparent().remove(spare._element)
    _keep_with_next([label])
    label.height = None
    _height(box, lines)


def _widths(columns: Columns, first: Sequence[str]) -> list[float]:
    """The shares of the columns, but none narrower than its longest word; the others give that way in proportion."""
    left = TEXT_WIDTH - (NUMBER_WIDTH if columns.number else 0.0)
    needs = [_needed(label) for label in columns.labels]
    needs[0] = max([needs[0], *map(_needed, first)])
    widths = [left * share / sum(columns.shares) for share in columns.shares]
    narrow = {place for place, width in enumerate(widths) if width < needs[place]}
    rest = sum(width for place, width in enumerate(widths) if place not in narrow)
    free = left - sum(needs[place] for place in narrow)
    widths = [needs[place] if place in narrow else width * free / rest for place, width in enumerate(widths)]
    return [NUMBER_WIDTH, *widths] if columns.number else widths


def _needed(text: str) -> float:
    """Millimetres that the longest Latin word of a text takes in a cell; Chinese breaks anywhere."""
    words = (word for word in text.split() if all(ord(letter) <= _HAN for letter in word))
    return max(map(len, words), default=0) * LATIN_LETTER + CELL_MARGINS


def _options(options: Sequence[str]) -> str:
    marked = [f"□\u00a0{one}" for one in options]
    inline = sum(_length(one) + TICK for one in options) <= INLINE
    return "　　".join(marked) if inline else "\n".join(marked)


def _length(text: str) -> float:
    return sum(1.0 if ord(letter) > _HAN else 0.55 for letter in text)


def _grid(word: Any, columns: int, caption: str, rows: int = 0) -> Any:
    grid = word.add_table(rows=rows, cols=columns, style="Table Grid")
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    named = OxmlElement("w:tblCaption")
    named.set(qn("w:val"), caption)
    grid._tbl.tblPr.append(named)
    return grid


def _finish(word: Any, grid: Any) -> None:
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
        run(below, hint, SUBHEADING, Pt(10.5))


def _write(cell: Any, text: str) -> None:
    lines = text.split("\n")
    fill(cell, lines[0])
    for line in lines[1:]:
        below = cell.add_paragraph()
        below.paragraph_format.line_spacing = TABLE_LINE
        run(below, line, BODY, TABLE_SIZE)
