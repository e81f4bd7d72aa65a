"""A suggested form as a Word file a clerk can edit: tables with room to write, in the faces of official papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from ..content.forms import NO_DETERMINATION, SUGGESTED, Form, FormSection, Row
from ..content.text import Language, Text
from .form_grid import Box, Columns, add_boxes, add_facts, add_table
from .word_page import (
    BODY,
    BODY_SIZE,
    HEADING,
    NOTE_SIZE,
    SUBHEADING,
    TABLE_LINE,
    TITLE,
    TITLE_SIZE,
    add_footer,
    new_page,
    numeral,
    paragraph,
)
from .word_zip import same_bytes

FINE_SIZE, FINE_LINE = Pt(10.5), Pt(15)
"""The date below the title and the clauses at the end."""


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
    dated = paragraph(word, sheet.revised, SUBHEADING, FINE_SIZE, center=True, indent=False, line=FINE_LINE)
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
    add_facts(word, sheet.both("填写以前", "Before filling in"), lines)


def _section(word: Any, number: int, section: FormSection, sheet: Sheet) -> None:
    _heading(word, numeral(number, sheet.language) + sheet.say(section.title))
    if section.note:
        _small(word, sheet.say(section.note), keep=True)
    for rows in _runs(section.rows):
        if rows[0].kind == "table":
            _table(word, rows[0], sheet, captioned=len(section.rows) > 1)
        else:
            add_boxes(word, sheet.say(section.title), [_box(row, sheet) for row in rows])


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


def _box(row: Row, sheet: Sheet) -> Box:
    hint = sheet.say(row.hint) if row.hint else ""
    return Box(sheet.say(row.label), hint, row.lines or 1, tuple(sheet.say(one) for one in row.options))


def _table(word: Any, row: Row, sheet: Sheet, *, captioned: bool) -> None:
    if captioned:
        _small(word, sheet.say(row.label), keep=True, bold=True)
    if row.hint:
        _small(word, sheet.say(row.hint), keep=True)
    columns = Columns(
        labels=tuple(sheet.say(column.label) for column in row.columns),
        shares=tuple(column.width for column in row.columns),
        number=sheet.both("序号", "No.") if row.numbered else None,
    )
    first = [sheet.say(entry) for entry in row.entries] + [""] * row.blank
    add_table(word, sheet.say(row.label), columns, first)


def _basis(word: Any, sheet: Sheet) -> None:
    if not sheet.basis:
        return
    _heading(word, sheet.both("依据和参考", "Basis and reference"))
    for line in sheet.basis:
        paragraph(word, line, SUBHEADING, FINE_SIZE, indent=False, line=FINE_LINE)


def _heading(word: Any, title: str) -> None:
    """A heading that Word's navigation knows as one, whatever its face."""
    made = paragraph(word, title, HEADING, BODY_SIZE, indent=False, keep=True)
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "0")
    made._element.get_or_add_pPr().append(level)


def _small(word: Any, text: str, *, center: bool = False, keep: bool = False, bold: bool = False) -> None:
    face = BODY if bold else SUBHEADING
    made = paragraph(word, text, face, NOTE_SIZE, center=center, indent=False, keep=keep, line=TABLE_LINE)
    made.runs[0].bold = bold
    made.paragraph_format.space_after = Pt(2)


def _name_faces(word: Any, sheet: Sheet) -> None:
    """Chinese quotation marks take the Chinese face, which they do only when every run asks for it."""
    if sheet.language == "zh":
        for fonts in word.element.body.iter(qn("w:rFonts")):
            fonts.set(qn("w:hint"), "eastAsia")
