"""导出记录: which lists were taken out of the system, by whom, when and with which filter."""

from __future__ import annotations

from dataclasses import dataclass

from ..content.text import Text
from ..store.hr_log import LogRow, actions
from . import completion_export, unfinished

PAGE = 50

WORDS: dict[str, Text] = {
    completion_export.ACTION: Text(zh="导出完成情况", en="Completion list taken as a file"),
    unfinished.TAKEN: Text(zh="下载未完成名单", en="List of unfinished study taken as a file"),
}


@dataclass(frozen=True)
class LogPage:
    """A page of the log, the latest first; `after` leads to earlier rows."""

    rows: tuple[LogRow, ...]
    after: str | None


def exports(enterprise_id: str, after: str = "") -> LogPage:
    """The files taken, the latest first."""
    rows = actions(enterprise_id, list(WORDS), after or None, PAGE + 1)
    return LogPage(tuple(rows[:PAGE]), rows[PAGE - 1].id if len(rows) > PAGE else None)
