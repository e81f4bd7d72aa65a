"""The form 政策更新单 as a workbook: written for the city to fill, and read when it comes back."""

from __future__ import annotations

import zipfile
import zlib
from datetime import UTC, date, datetime
from io import BytesIO
from typing import IO, Any

from python_calamine import CalamineError, CalamineWorkbook

from ..content.faults import fault
from ..content.library import Library
from ..content.policy_form import (
    CLAUSES,
    KINDS,
    NOTES,
    SHEETS,
    SLOTS,
    Cell,
    FormColumn,
    FormInvalid,
    Grids,
    prefilled_rows,
)
from ..content.text import Text
from .policy_form_notes import notes_of
from .workbook import LINE_HEIGHT, new_workbook, row_height

LARGEST = 20_000_000
"""Bytes that a form may hold when unpacked; a filled one has about a twentieth of it."""

_FONT = "宋体"
_GIVEN = "F2F2F2"
_A3, _A4 = 8, 9
_ROOM = 6.0
"""Points that a row has beside its lines."""

_HIGHEST = 409.0
"""Points that a row may be high at most."""

_LEAST = {CLAUSES: 2, SLOTS: 5}
"""Lines that a row has room for at least, because a row with a height does not grow with what is typed."""

_NOTE_WIDTHS = (20.0, 96.0)
_TITLE_HEIGHT = 28.0
_EXAMPLE = "2026-12-01"
_NO_WORKBOOK = Text(
    zh="不是 xlsx 工作簿，或者加了密码；请另存为不加密码的 xlsx 文件",
    en="is no xlsx workbook, or has a password; please save it as an xlsx file without one",
)
_TOO_LARGE = Text(
    zh="内容太多，不像是更新单；请在导出的更新单里填写",
    en="holds far more than a form does; please fill in the form as exported",
)
_DAMAGED = Text(
    zh="文件已经损坏，读不出来；请重新另存或者重新发送",
    en="is damaged and cannot be read; please save or send it again",
)


def policy_form_bytes(library: Library) -> bytes:
    """The blank form as an xlsx file, filled with what the register holds now; the same library gives the same bytes."""
    target = BytesIO()
    book = new_workbook(target)
    book.set_properties({"title": "政策更新单", "created": _moment(library)})
    formats = _Formats(book)
    for sheet, columns in SHEETS.items():
        _write_sheet(book.add_worksheet(sheet), sheet, columns, library, formats)
    _write_notes(book.add_worksheet(NOTES), library, formats)
    book.close()
    return target.getvalue()


def read_policy_form(file: IO[bytes], name: str) -> Grids:
    """The cells of each sheet of a form; raises `FormInvalid` where the file is no workbook that can be read."""
    reason = _unreadable(file)
    if reason:
        raise FormInvalid([fault(name, "-", reason.zh, reason.en)])
    file.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(file)
        sheets = [(one, book.get_sheet_by_name(one)) for one in book.sheet_names if one in SHEETS]
        return {one: [[_cell(cell) for cell in row] for row in sheet.to_python(False)] for one, sheet in sheets}
    except CalamineError as error:
        raise FormInvalid([fault(name, "-", _DAMAGED.zh, _DAMAGED.en)]) from error


def _unreadable(file: IO[bytes]) -> Text | None:
    """Why a file is not read at all."""
    try:
        with zipfile.ZipFile(file) as parts:
            if "xl/workbook.xml" not in parts.namelist():
                return _NO_WORKBOOK
            if sum(part.file_size for part in parts.infolist()) > LARGEST:
                return _TOO_LARGE
            return _DAMAGED if parts.testzip() else None
    except zipfile.BadZipFile:
        return _NO_WORKBOOK
    except (zlib.error, EOFError, NotImplementedError, RuntimeError):
        return _DAMAGED


def _cell(value: object) -> Cell:
    """A cell as text or day; a whole number loses the point that workbooks give it."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


class _Formats:
    """The looks of cells: what is given lies on grey, what the city writes on white within lines."""

    def __init__(self, book: Any) -> None:
        base = {
            "font_name": _FONT,
            "font_size": 11,
            "text_wrap": True,
            "valign": "top",
            "border": 1,
            "border_color": "BFBFBF",
        }
        text = {**base, "num_format": "@"}
        self.given_heading = book.add_format({**base, "bold": True, "valign": "vcenter", "bg_color": "D9D9D9"})
        self.heading = book.add_format({**base, "bold": True, "valign": "vcenter"})
        self.given = book.add_format({**text, "bg_color": _GIVEN})
        self.filled = book.add_format(text)
        self.day = book.add_format({**base, "num_format": "yyyy-mm-dd", "align": "left"})
        self.label = book.add_format(
            {"font_name": _FONT, "font_size": 11, "bold": True, "text_wrap": True, "valign": "top"}
        )
        self.note = book.add_format(
            {"font_name": _FONT, "font_size": 11, "text_wrap": True, "valign": "top", "num_format": "@"}
        )
        self.title = book.add_format({"font_name": _FONT, "font_size": 16, "bold": True})


def _write_sheet(page: Any, sheet: str, columns: tuple[FormColumn, ...], library: Library, formats: _Formats) -> None:
    _for_paper(page, _A3 if sheet == CLAUSES else _A4)
    page.freeze_panes(1, sum(not column.filled for column in columns[:4]))
    page.repeat_rows(0)
    for place, column in enumerate(columns):
        page.set_column(place, place, column.width)
        look = formats.heading if column.filled else formats.given_heading
        page.write_string(0, place, f"{column.heading.zh}\n{column.heading.en}", look)
    page.set_row(0, 2 * LINE_HEIGHT + _ROOM)
    last = 0
    for last, row in enumerate(prefilled_rows(library, sheet), start=1):
        page.set_row(last, _height(sheet, row))
        for place, column in enumerate(columns):
            if column.filled:
                page.write_blank(last, place, None, formats.day if column.key == "date" else formats.filled)
            else:
                page.write_string(last, place, row[column.key], formats.given)
    page.autofilter(0, 0, last, len(columns) - 1)
    _validate(page, columns, last)


def _height(sheet: str, row: dict[str, str]) -> float:
    cells = [(row.get(column.key, ""), float(column.width)) for column in SHEETS[sheet]]
    lines = max(row_height(cells), _LEAST[sheet] * LINE_HEIGHT)
    return min(_HIGHEST, lines + _ROOM)


def _validate(page: Any, columns: tuple[FormColumn, ...], last: int) -> None:
    """A list to choose the kind from, and a hint how to write the day."""
    for place, column in enumerate(columns):
        if column.key == "kind":
            kinds = [word.zh for word in KINDS.values()]
            message = f"请选择：{'、'.join(kinds)}"
            page.data_validation(
                1,
                place,
                last,
                place,
                {"validate": "list", "source": kinds, "error_title": "变化性质", "error_message": message},
            )
        if column.key == "date":
            hint = f"写成 {_EXAMPLE}"
            page.data_validation(
                1, place, last, place, {"validate": "any", "input_title": "施行日期", "input_message": hint}
            )


def _write_notes(page: Any, library: Library, formats: _Formats) -> None:
    _for_paper(page, _A4, landscape=False)
    for place, width in enumerate(_NOTE_WIDTHS):
        page.set_column(place, place, width)
    first = 0
    for title, lines in notes_of(library):
        page.set_row(first, _TITLE_HEIGHT)
        page.write_string(first, 0, title, formats.title)
        for row, line in enumerate(lines, start=first + 1):
            page.set_row(row, row_height(zip(line, _NOTE_WIDTHS, strict=True)) + _ROOM)
            page.write_string(row, 0, line[0], formats.label)
            page.write_string(row, 1, line[1], formats.note)
        first += len(lines) + 2


def _for_paper(page: Any, paper: int, *, landscape: bool = True) -> None:
    if landscape:
        page.set_landscape()
    page.set_paper(paper)
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.set_footer("&L政策更新单 &A&R&P / &N")


def _moment(library: Library) -> datetime:
    """When the register last changed, so that the same register gives the same file."""
    days = (revision.date for _, clause in library.clauses.values() for revision in clause.revisions)
    return datetime.fromisoformat(max(days, default="2026-01-01")).replace(tzinfo=UTC)
