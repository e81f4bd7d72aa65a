"""The suggested forms a clerk fills in on paper or in Word: what each asks, for whom, and on which clauses."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .text import ClauseRef, FullDate, Model, Slug, Text

SUGGESTED = Text(
    zh="建议表样，不是规定格式；本企业、主管部门另有表样的从其规定。",
    en="A suggested form, not a prescribed format; where your enterprise or the competent authority has a form of its "
    "own, that one applies.",
)
"""What every form says of itself, on each page and in each file."""

NO_DETERMINATION = Text(
    zh="建议表样，学习参考，不构成认定意见",
    en="Suggested form, for study only; this is no determination",
)
"""The foot of every sheet."""

RowKind = Literal["box", "choice", "table"]
MOST_LINES = 12
"""The largest box; what is longer goes on a sheet of its own."""


class Column(Model):
    """A column of a table; `width` is its share of the table's width."""

    label: Text
    width: int = Field(default=2, ge=1, le=6)


class Row(Model):
    """One thing a form asks: a box of so many lines, boxes to tick, or a table.

    A table has `columns`; its rows begin with the texts of `entries`, followed by `blank` empty ones, and
    `numbered` puts a running number before each. Exactly one of the three kinds is given.
    """

    label: Text
    hint: Text | None = None
    lines: int | None = Field(default=None, ge=1, le=MOST_LINES)
    options: tuple[Text, ...] = ()
    columns: tuple[Column, ...] = ()
    entries: tuple[Text, ...] = ()
    blank: int = Field(default=0, ge=0, le=20)
    numbered: bool = False

    @property
    def kind(self) -> RowKind:
        """Which of the three the row is."""
        if self.columns:
            return "table"
        return "choice" if self.options else "box"


class FormSection(Model):
    """Some rows under one heading; `correction` marks those that ask what was, or will be, put right."""

    title: Text
    note: Text | None = None
    correction: bool = False
    rows: tuple[Row, ...] = Field(min_length=1)


class Form(Model):
    """One form: who fills it in, when and what for, the clauses it follows, and what it asks.

    `slots` name what the local authority alone can say and the person has to ask first.
    """

    id: Slug
    number: int = Field(ge=1)
    revised: FullDate
    title: Text
    purpose: Text
    filled_by: Text
    when: Text
    warning: Text
    clauses: tuple[ClauseRef, ...] = ()
    slots: tuple[Slug, ...] = ()
    sections: tuple[FormSection, ...] = Field(min_length=1)
