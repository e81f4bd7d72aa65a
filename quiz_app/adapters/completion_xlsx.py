"""The completion list as a workbook: the columns of the page, each module as state, month and due date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..content.text import Language, Text
from .sheets import Column, Notes, Value, list_workbook

_PLACES = (
    (Text(zh="工号", en="Staff number"), 12),
    (Text(zh="姓名", en="Name"), 12),
    (Text(zh="单位", en="Unit"), 26),
    (Text(zh="党组织", en="Party organisation"), 20),
)
_MONTH = Text(zh="完成月份", en="month completed")
_DUE = Text(zh="应完成日期", en="due date")
_SHEET = Text(zh="完成情况", en="Completion")
_NOTES = Text(zh="说明", en="Notes")


def completion_workbook(
    modules: Sequence[Text], rows: Iterable[Sequence[Value]], notes: Iterable[tuple[str, str]], language: Language
) -> bytes:
    """The workbook; a row holds staff number, name, unit, branch, and for each module state, month and due date."""

    def say(text: Text) -> str:
        return text.in_language(language)

    columns = [Column(say(heading), width) for heading, width in _PLACES]
    for title in modules:
        columns.append(Column(say(title), 25))
        columns.append(Column(_of(title, _MONTH, language), 15))
        columns.append(Column(_of(title, _DUE, language), 15))
    return list_workbook(say(_SHEET), columns, rows, Notes(say(_NOTES), notes))


def _of(title: Text, what: Text, language: Language) -> str:
    return f"{title.zh}：{what.zh}" if language == "zh" else f"{title.en}: {what.en}"
