"""A report as it is shown: one value in one language that page, Word file and workbook all read.

Because the three renderers get the same finished rows, a figure cannot differ between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Cell = str | int


@dataclass(frozen=True)
class Share:
    """A row of a bar chart: `part` of `whole`, and the words behind the bar."""

    label: str
    part: int
    whole: int
    words: str


@dataclass(frozen=True)
class Table:
    """A table; `note` says in words what is counted, of whom, and up to when."""

    key: str
    caption: str
    note: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    chart: Sequence[Share] = ()

    def cells(self, column: int) -> list[Cell]:
        """The cells of a column, without its header."""
        return [row[column] for row in self.rows]

    def holds_words(self, column: int) -> bool:
        """Whether a column holds words and not figures; counts are numbers and rates end in a percent sign."""
        return any(isinstance(cell, str) and not cell.endswith("%") for cell in self.cells(column))


@dataclass(frozen=True)
class Section:
    """A numbered part: paragraphs first, then tables."""

    heading: str
    paragraphs: Sequence[str] = ()
    tables: Sequence[Table] = ()


@dataclass(frozen=True)
class Document:
    """A whole report: title, the lines that identify it, its parts, and the words around them.

    `signing` are the places left empty for the signed paper.
    """

    language: str
    title: str
    subtitle: str
    identity: Sequence[tuple[str, str]]
    sections: Sequence[Section]
    unit: str
    date: str
    seal_place: str
    footer: str
    method: Sequence[tuple[str, str]]
    signing: Sequence[str] = ()
