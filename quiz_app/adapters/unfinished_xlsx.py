"""An issued list of unfinished study as a workbook: name, unit, module and due date, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..content.text import Language, Text
from .sheets import Column, Notes, Value, list_workbook

_COLUMNS = (
    (Text(zh="姓名", en="Name"), 14),
    (Text(zh="单位", en="Unit"), 32),
    (Text(zh="学习模块", en="Module"), 32),
    (Text(zh="应完成日期", en="Due date"), 16),
)
_SHEET = Text(zh="未完成名单", en="Unfinished study")
_NOTES = Text(zh="说明", en="Notes")


def unfinished_workbook(rows: Iterable[Sequence[Value]], notes: Iterable[tuple[str, str]], language: Language) -> bytes:
    """The workbook; a row holds name, unit, module and due date."""
    columns = [Column(heading.in_language(language), width) for heading, width in _COLUMNS]
    return list_workbook(_SHEET.in_language(language), columns, rows, Notes(_NOTES.in_language(language), notes))
