"""Each form in Word asks what its file asks, in the faces of official papers, with the same bytes at every build."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

from quiz_app.adapters import form_docx, form_grid
from quiz_app.adapters.form_docx import Sheet
from quiz_app.adapters.word_page import numeral
from quiz_app.config import PACKAGE, PROJECT
from quiz_app.content.forms import NO_DETERMINATION, SUGGESTED, Form
from quiz_app.content.library import Library
from quiz_app.content.loader import load_library
from quiz_app.content.text import LANGUAGES, Language, Text

CLAUSE, ASK, DAY = "某条例第一条（现行）。", "咨询部门：待主管部门提供", "表样日期：2026年11月23日。"


@pytest.fixture(scope="module")
def library() -> Library:
    """The library as it is shipped."""
    return load_library(PACKAGE / "library", PROJECT / "cases")


def sheets(library: Library) -> Iterator[Sheet]:
    """Every form in both languages."""
    for form in library.forms_in_order:
        for language in LANGUAGES:
            yield Sheet(form, language, (CLAUSE,), (ASK,), DAY)


def word_of(sheet: Sheet) -> Any:
    """The file of a sheet, read back."""
    return docx.Document(BytesIO(form_docx.render(sheet)))


def texts_of(form: Form) -> Iterator[Text]:
    """Everything the file of a form says."""
    yield from (form.title, form.purpose, form.filled_by, form.when, form.warning, SUGGESTED)
    for section in form.sections:
        yield from [section.note] if section.note else []
        for row in section.rows:
            yield from [row.hint] if row.hint else []
            yield from (column.label for column in row.columns)
            yield from (*row.entries, *row.options)


def missing(sheet: Sheet, word: Any) -> list[str]:
    """What the sheet says and its Word file does not, as a paragraph or a piece of a line of options."""
    paragraphs = word.element.body.iter(qn("w:p"))
    said = {"".join(one.text or "" for one in paragraph.iter(qn("w:t"))) for paragraph in paragraphs}
    options = {piece for text in said for piece in text.replace("□\u00a0", "").split("　　")}
    heads = {numeral(place, sheet.language) + sheet.say(one.title) for place, one in enumerate(sheet.form.sections)}
    captions = {one.get(qn("w:val")) for one in word.element.body.iter(qn("w:tblCaption"))}
    labels = {sheet.say(row.label) for section in sheet.form.sections for row in section.rows}
    wanted = {sheet.say(text) for text in texts_of(sheet.form)} | heads | {CLAUSE, ASK, DAY}
    return sorted((wanted - said - options) | (labels - said - captions))


def test_every_form_says_in_word_what_its_file_says(library: Library) -> None:
    found = {f"{sheet.form.id} {sheet.language}": missing(sheet, word_of(sheet)) for sheet in sheets(library)}
    assert len(found) == 14
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_what_a_file_leaves_out_is_named(library: Library) -> None:
    sheet = next(sheets(library))
    section = sheet.form.sections[0]
    shorter = sheet.form.model_copy(update={"sections": (section.model_copy(update={"rows": section.rows[1:]}),)})
    word = word_of(Sheet(shorter, sheet.language, (CLAUSE,), (ASK,), DAY))
    assert section.rows[0].label.zh in missing(sheet, word)


def test_the_same_form_gives_the_same_bytes_at_any_time(library: Library) -> None:
    for sheet in sheets(library):
        data = form_docx.render(sheet)
        assert data == form_docx.render(sheet)
        with zipfile.ZipFile(BytesIO(data)) as packed:
            assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        properties = docx.Document(BytesIO(data)).core_properties
        assert f"{properties.created:%Y-%m-%d} {properties.modified:%Y-%m-%d}" == " ".join([sheet.form.revised] * 2)


def test_the_file_carries_its_own_title_and_nothing_of_the_template(library: Library) -> None:
    sheet = next(sheets(library))
    with zipfile.ZipFile(BytesIO(form_docx.render(sheet))) as packed:
        names = packed.namelist()
        core = packed.read("docProps/core.xml").decode()
    assert not [name for name in names if "thumbnail" in name or "stylesWithEffects" in name]
    assert sheet.form.title.zh in core
    assert "python" not in core.lower()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_that_of_official_papers_without_head_number_or_seal(library: Library, language: Language) -> None:
    sheet = Sheet(library.forms["application"], language, (), (), DAY)
    word = word_of(sheet)
    section = word.sections[0]
    margins = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
    assert [round(one.mm) for one in margins] == [37, 35, 28, 26]
    assert section.page_width == pytest.approx(Mm(210), abs=Mm(1))
    for footer in (section.footer, section.even_page_footer):
        assert footer.paragraphs[0].text.startswith(sheet.say(NO_DETERMINATION))
    assert not section.header.paragraphs[0].text
    faces = {run.get(qn("w:eastAsia")) for run in word.element.body.iter(qn("w:rFonts"))}
    assert faces == {"仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312"}
    assert {run.get(qn("w:ascii")) for run in word.element.body.iter(qn("w:rFonts"))} == {"Times New Roman"}
    hints = {run.get(qn("w:hint")) for run in word.element.body.iter(qn("w:rFonts"))}
    assert hints == ({"eastAsia"} if language == "zh" else {None})


def test_there_is_room_to_write_and_tables_have_borders(library: Library) -> None:
    for sheet in sheets(library):
        word = word_of(sheet)
        assert {table.style.name for table in word.tables} == {"Table Grid"}
        for table in word.tables[1:]:
            widths = [cell.width.mm for cell in table.rows[0].cells]
            assert sum(widths) == pytest.approx(156, abs=1) or len({*widths}) == 1
            empty = [row for row in table.rows if not "".join(cell.text for cell in row.cells[1:]).strip()]
            assert all(row.height is None or row.height >= Mm(10) for row in empty)


def test_a_large_box_takes_the_whole_width_under_its_label(library: Library) -> None:
    word = word_of(Sheet(library.forms["application"], "zh", (), (), DAY))
    rows = next(table for table in word.tables if table.rows[0].cells[0].text.startswith("事项名称")).rows
    place = next(place for place, row in enumerate(rows) if row.cells[0].text.startswith("经过"))
    label, box = rows[place].cells, rows[place + 1].cells
    assert label[0]._tc is label[1]._tc
    assert box[0]._tc is box[1]._tc
    assert not box[0].text.strip()
    assert rows[place + 1].height.mm == pytest.approx(form_grid.FIRST_LINE + 6 * form_grid.NEXT_LINE, abs=0.5)
    assert rows[place + 2].cells[0].text.startswith("损失和影响")


def test_no_column_is_narrower_than_its_longest_word() -> None:
    word = docx.Document()
    columns = form_grid.Columns(labels=("Ground", "Facts", "Considerations"), shares=(1, 6, 1), number="No.")
    form_grid.add_table(word, "x", columns, ["Consequences", ""])
    widths = [cell.width.mm for cell in word.tables[0].rows[0].cells if cell.width is not None]
    assert widths[0] == pytest.approx(15, abs=0.1)
    assert widths[1] >= len("Consequences") * form_grid.LATIN_LETTER
    assert widths[3] >= len("Considerations") * form_grid.LATIN_LETTER
    assert sum(widths) == pytest.approx(156, abs=0.5)


def test_sections_are_numbered_as_official_papers_number_them() -> None:
    assert [numeral(place, "zh") for place in (0, 9, 10, 18, 19, 20)] == [
        "一、",
        "十、",
        "十一、",
        "十九、",
        "二十、",
        "二十一、",
    ]
    assert numeral(10, "en") == "11. "
