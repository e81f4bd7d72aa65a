"""Forms 政策更新单 as an office fills them in, in memory and as files."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from quiz_app.adapters.policy_form import policy_form_bytes
from quiz_app.config import PACKAGE, PROJECT
from quiz_app.content.library import Library
from quiz_app.content.loader import load_library
from quiz_app.content.policy_form import CLAUSES, SHEETS, SLOTS, Cell, prefilled_rows

CHANGE: dict[str, Cell] = {
    "new_zh": "新的要点：先报告，再补救。",
    "new_en": "The new gist: report first, then repair.",
    "kind": "含义有变",
    "date": "2026-12-01",
    "note_zh": "依据新的规定修改。",
    "note_en": "Changed under the new rules.",
}
"""What fills the row of a clause without fault."""

CONTENT: dict[str, Cell] = {
    "new_zh": "市国资委综合处\n电话：025-00000000",
    "new_en": "General office\nPhone: 025-00000000",
}
"""What fills the row of a slot without fault."""

Grid = list[list[Cell]]


def grids_of(library: Library) -> dict[str, Grid]:
    """The cells of a blank form as they are read."""
    grids: dict[str, Grid] = {}
    for sheet, columns in SHEETS.items():
        rows: Grid = [[row.get(column.key, "") for column in columns] for row in prefilled_rows(library, sheet)]
        grids[sheet] = [[f"{column.heading.zh}\n{column.heading.en}" for column in columns], *rows]
    return grids


def place_of(sheet: str, key: str) -> int:
    """The place of a column, from 0."""
    return [column.key for column in SHEETS[sheet]].index(key)


def fill(grid: Grid, sheet: str, row: int, cells: dict[str, Cell]) -> None:
    """Writes cells by key into a row, counted as people count rows."""
    for key, value in cells.items():
        grid[row - 1][place_of(sheet, key)] = value


def packaged_library() -> Library:
    """The library of the product."""
    return load_library(PACKAGE / "library", PROJECT / "cases")


def filled_form(
    path: Path,
    library: Library | None = None,
    *,
    clauses: dict[str, dict[str, Cell]] | None = None,
    slots: dict[str, dict[str, Cell]] | None = None,
) -> Path:
    """A form saved by a spreadsheet program, with cells by the reference of a clause and the id of a slot.

    Without any it changes the meaning of the first clause.
    """
    library = library or packaged_library()
    book = load_workbook(BytesIO(policy_form_bytes(library)))
    if clauses is None and slots is None:
        clauses = {next(iter(library.clauses)): CHANGE}
    for sheet, ids, changes in ((CLAUSES, list(library.clauses), clauses), (SLOTS, list(library.slots), slots)):
        for ref, cells in (changes or {}).items():
            _fill_page(book[sheet], sheet, ids.index(ref) + 2, cells)
    book.save(path)
    return path


def _fill_page(page: Worksheet, sheet: str, row: int, cells: dict[str, Cell]) -> None:
    for key, value in cells.items():
        page.cell(row, place_of(sheet, key) + 1).value = value
