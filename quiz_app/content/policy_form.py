"""The form 政策更新单: its sheets and columns, the rows it goes out with, and the rows it comes back with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from unicodedata import category

from .faults import ContentInvalid, Fault, fault
from .library import Library
from .local import Slot
from .policy import Clause, Instrument
from .text import Text

Cell = str | date
Grids = Mapping[str, Sequence[Sequence[Cell]]]
"""The cells of each sheet by its name, from the first row and column on; an empty cell is an empty text."""

CLAUSES, SLOTS, NOTES = "条款", "本地内容", "说明"
HEADING_ROWS = 10
"""The heading stands in one of the first rows; somebody may have put a line above it."""


class FormInvalid(ContentInvalid):
    """A form holds faults, kept in the order of its sheets and rows; nothing of it is used."""

    closing = Text(
        zh="更新单没有写入，登记册没有改动。请在更新单里改好以上各处，再导入一次。",
        en="Nothing was written and the register is unchanged. Please mend the places above and import the form again.",
    )

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(faults)
        self.faults = tuple(dict.fromkeys(faults))


@dataclass(frozen=True)
class FormColumn:
    """A column of the form; `width` in letters, `filled` where the city writes."""

    key: str
    heading: Text
    width: int
    filled: bool = False


CLAUSE_COLUMNS = (
    FormColumn("instrument", Text(zh="制度编号", en="Document id"), 16),
    FormColumn("title", Text(zh="文件", en="Document"), 20),
    FormColumn("clause", Text(zh="条款编号", en="Clause id"), 12),
    FormColumn("locator", Text(zh="条次", en="Place"), 12),
    FormColumn("gist_zh", Text(zh="现要点（中文）", en="Gist now, Chinese"), 38),
    FormColumn("gist_en", Text(zh="现要点（英文）", en="Gist now, English"), 42),
    FormColumn("new_zh", Text(zh="新要点（中文）", en="New gist, Chinese"), 38, filled=True),
    FormColumn("new_en", Text(zh="新要点（英文）", en="New gist, English"), 42, filled=True),
    FormColumn("kind", Text(zh="变化性质", en="Kind of change"), 16, filled=True),
    FormColumn("date", Text(zh="施行日期", en="Applies from"), 14, filled=True),
    FormColumn("note_zh", Text(zh="说明（中文）", en="Note, Chinese"), 24, filled=True),
    FormColumn("note_en", Text(zh="说明（英文）", en="Note, English"), 26, filled=True),
)
SLOT_COLUMNS = (
    FormColumn("slot", Text(zh="编号", en="Id"), 16),
    FormColumn("title", Text(zh="名称", en="Name"), 24),
    FormColumn("provider", Text(zh="由谁提供", en="Provided by"), 16),
    FormColumn("value_zh", Text(zh="现内容（中文）", en="Content now, Chinese"), 24),
    FormColumn("value_en", Text(zh="现内容（英文）", en="Content now, English"), 24),
    FormColumn("new_zh", Text(zh="新内容（中文）", en="New content, Chinese"), 40, filled=True),
    FormColumn("new_en", Text(zh="新内容（英文）", en="New content, English"), 42, filled=True),
)
SHEETS: Mapping[str, tuple[FormColumn, ...]] = {CLAUSES: CLAUSE_COLUMNS, SLOTS: SLOT_COLUMNS}
KINDS: Mapping[str, Text] = {
    "meaning": Text(zh="含义有变", en="Meaning changed"),
    "cosmetic": Text(zh="只改文字", en="Wording only"),
}
"""What the column 变化性质 may say, by the kind of the revision."""


@dataclass(frozen=True)
class FormRow:
    """A row as it came back; `cells` by the key of the column, texts cleaned."""

    sheet: str
    number: int
    cells: Mapping[str, Cell]

    @property
    def ref(self) -> str:
        """The id of what the row is about: ``instrument/clause`` or that of a slot."""
        return "/".join(self.text(key) for key in _ID_KEYS[self.sheet])

    @property
    def id_key(self) -> str:
        """The column that an id's fault is told at."""
        return _ID_KEYS[self.sheet][-1]

    @property
    def is_filled(self) -> bool:
        """Whether the city wrote anything in this row."""
        return any(self.text(column.key) for column in SHEETS[self.sheet] if column.filled)

    def text(self, key: str) -> str:
        """The text of a cell; a day as ``2026-12-01``."""
        return str(self.cells[key])

    def fault(self, key: str, zh: str, en: str) -> Fault:
        """A fault at a cell of this row, its place as ``row/column``."""
        heading = next(column.heading.zh for column in SHEETS[self.sheet] if column.key == key)
        return fault(self.sheet, f"第{self.number}行/{heading}", zh, en)


_ID_KEYS = {CLAUSES: ("instrument", "clause"), SLOTS: ("slot",)}


def given_of_clause(instrument: Instrument, clause: Clause) -> dict[str, str]:
    """What the row of a clause goes out with beside its ids."""
    return {
        "title": instrument.title.zh,
        "locator": clause.locator.zh,
        "gist_zh": clause.gist.zh,
        "gist_en": clause.gist.en,
    }


def given_of_slot(slot: Slot) -> dict[str, str]:
    """What the row of a slot goes out with beside its id."""
    value = {"value_zh": slot.value.zh, "value_en": slot.value.en} if slot.value else {"value_zh": "", "value_en": ""}
    return {"title": slot.title.zh, "provider": slot.provider.zh, **value}


def prefilled_rows(library: Library, sheet: str) -> Iterator[dict[str, str]]:
    """What a sheet goes out with, by the key of the column: a row a clause or slot, the columns to fill left out."""
    if sheet == CLAUSES:
        for instrument, clause in library.clauses.values():
            yield {"instrument": instrument.id, "clause": clause.id, **given_of_clause(instrument, clause)}
    else:
        for slot in library.slots.values():
            yield {"slot": slot.id, **given_of_slot(slot)}


def rows_of(grids: Grids, sheet: str) -> tuple[list[FormRow], list[Fault]]:
    """The rows of a sheet that hold anything, or the fault that keeps it from being read."""
    if sheet not in grids:
        return [], [fault(sheet, "-", "没有这张工作表", "there is no such sheet")]
    grid = grids[sheet]
    columns = SHEETS[sheet]
    headings = [[cleaned(cell).split("\n")[0] for cell in row] for row in grid[:HEADING_ROWS]]
    known = {column.heading.zh for column in columns}
    best = max(range(len(headings)), key=lambda number: len(known & set(headings[number])), default=None)
    if best is None or len(known & set(headings[best])) < 2:
        return [], [
            fault(sheet, "第1行", "没有找到表头，请在导出的更新单里填写", "no heading; fill in the form as exported")
        ]
    found = headings[best]
    wrong = [column.heading.zh for column in columns if found.count(column.heading.zh) != 1]
    if wrong:
        place = f"第{best + 1}行/"
        return [], [
            fault(sheet, place + one, "这一栏须有一个，也只能有一个", "exactly one such column is needed")
            for one in wrong
        ]
    places = {column.key: found.index(column.heading.zh) for column in columns}
    return list(_rows(sheet, grid[best + 1 :], best + 2, places)), []


def _rows(sheet: str, grid: Sequence[Sequence[Cell]], first: int, places: Mapping[str, int]) -> Iterator[FormRow]:
    for number, row in enumerate(grid, start=first):
        cells = {key: cleaned(row[place]) if place < len(row) else "" for key, place in places.items()}
        if any(cells.values()):
            yield FormRow(sheet, number, {**cells, **_days(row, places)})


def _days(row: Sequence[Cell], places: Mapping[str, int]) -> dict[str, Cell]:
    """The cells that a workbook holds as days, kept as days."""
    cells = ((key, row[place]) for key, place in places.items() if place < len(row))
    return {key: cell for key, cell in cells if isinstance(cell, date)}


def cleaned(cell: Cell) -> str:
    """A text without what nobody sees: spaces at the ends of lines, runs of spaces, characters without a form."""
    kept = (" " if category(letter) == "Zs" else letter for letter in str(cell) if not _is_unseen(letter))
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in "".join(kept).split("\n"))
    return "\n".join(line for line in lines if line)


def _is_unseen(letter: str) -> bool:
    return category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") and letter not in "\n\t"
