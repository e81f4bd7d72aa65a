"""Workbooks in which text stays text: no string becomes a formula, a number or a link."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import ceil
from typing import IO, Any
from unicodedata import east_asian_width

import xlsxwriter

MAX_SHEET_NAME = 31
MAX_WIDTH = 60.0
LINE_HEIGHT = 16.0
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


def new_workbook(target: IO[bytes]) -> Any:
    """An empty workbook written to `target` when it is closed."""
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    return xlsxwriter.Workbook(target, options)


def text_width(cells: Iterable[str]) -> float:
    """A column width that holds the widest of these texts, at most 60; a Han character counts two."""
    return min(MAX_WIDTH, max((_letters(cell) for cell in cells), default=0) * 1.1 + 3)


def row_height(cells: Iterable[tuple[str, float]]) -> float:
    """The height of a row that shows these texts whole in columns of these widths; not every program finds it itself."""
    lines = max((ceil(_letters(text) * 1.1 / (width - 1)) for text, width in cells), default=1)
    return LINE_HEIGHT * max(1, lines)


def _letters(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


class SheetNames:
    """Names that a workbook accepts, each used once."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def of(self, title: str) -> str:
        """A sheet name near the title."""
        plain = _FORBIDDEN.sub(" ", title)[:MAX_SHEET_NAME].strip() or "Sheet"
        name, number = plain, 2
        while name.casefold() in self._used:
            tail = f" {number}"
            name, number = plain[: MAX_SHEET_NAME - len(tail)] + tail, number + 1
        self._used.add(name.casefold())
        return name
