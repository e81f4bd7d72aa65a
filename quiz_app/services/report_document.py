"""A stored report as the document that page, Word file and workbook show, in one language.

Every figure is read from the frozen body; `domain.report_words` says in words what each one counts.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from ..content.text import Language, Text
from ..content.visibility import Reader, extent_of
from ..domain.document import Cell, Document, Section, Share, Table
from ..domain.report_words import FIGURES, NOTES, WORDS
from ..store.reports import ReportRow

_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
_OF_MODULE = ("required", "completed", "rate", "new", "make_up", "late")
_UNFINISHED = ("in_progress", "not_started", "overdue", "waived")
_OF_GROUP = ("required", "completed", "rate", "make_up", "overdue")


def as_document(row: ReportRow, language: Language, reader: Reader = "committee") -> Document:
    """The document of a stored report, with what this reader sees; every figure is read from its frozen body."""
    return _Writer(row, language, reader).document()


class _Writer:
    """Writes one report in one language for one reader."""

    def __init__(self, row: ReportRow, language: Language, reader: Reader) -> None:
        self.row = row
        self.reader: Reader = reader
        self.language: Language = language
        self.body: dict[str, Any] = json.loads(row.body)
        self.figures: dict[str, Any] | None = self.body["figures"]
        self.zone = ZoneInfo(row.time_zone)

    def document(self) -> Document:
        """All parts in order."""
        name = self.body["enterprise"][self.language]
        title = name + self._say("title") if self.language == "zh" else f"{name}: {self._say('title')}"
        return Document(
            language=self.language,
            title=title + (self._say("corrected_title") if self.body["corrects"] else ""),
            subtitle=self._month(),
            identity=self._identity(),
            sections=self._sections(),
            unit=name,
            date=self._day(self.row.recorded_at.astimezone(self.zone).date()),
            seal_place=self._say("seal"),
            footer=f"{self._say('footer')}　{self.row.serial}",
            method=((self._say("method"), self._say("method_text")),),
            signing=(self._say("signed"), self._say("instructions")),
        )

    def _identity(self) -> Sequence[tuple[str, str]]:
        lines = [
            ("serial", self.row.serial),
            ("as_of", self._day(self.row.as_of)),
            ("known_at", self.row.known_at.astimezone(self.zone).strftime("%Y-%m-%d %H:%M:%S %z")),
        ]
        if self.body["corrects"]:
            words = self._say("corrected", n=self.row.version, previous=self.body["corrects"], note=self.row.note or "")
            lines.append(("corrects", words))
        lines.append(("digest", self.row.sha256))
        return tuple((self._say(key), value) for key, value in lines)

    def _sections(self) -> Sequence[Section]:
        if self.figures is None:
            hidden = self._say("hidden", as_of=self._day(self.row.as_of))
            return (Section(self._say("overview"), (hidden,)),)
        overview = Section(self._say("overview"), (self._summary(self.figures["total"]),), (self._total(),))
        modules = self._section("modules", self._modules(), self._unfinished())
        return (overview, modules, *self._by_group(), *self._most_missed())

    def _by_group(self) -> Sequence[Section]:
        if extent_of("completion_counts", self.reader) != "own_enterprise":
            return ()
        named = (("units", "unit"), ("branches", "branch"))
        return [self._section(key, self._groups(key, first)) for key, first in named if self._rows(key)]

    def _most_missed(self) -> Sequence[Section]:
        if extent_of("missed_concepts", self.reader) != "own_enterprise":
            return ()
        if not self.body["concepts"]:
            return [Section(self._say("concepts"), (self._say("no_concepts"),))]
        return [self._section("concepts", self._concepts())]

    def _section(self, heading: str, *tables: Table) -> Section:
        return Section(self._say(heading), (), tables)

    def _summary(self, total: dict[str, int]) -> str:
        cycle = self.body["cycle"]
        days = {key: self._day(date.fromisoformat(cycle[key])) for key in ("opens_on", "due_on")}
        words = {**total, "rate": _percent(total["rate"])}
        return self._say("summary", cycle=cycle[self.language], as_of=self._day(self.row.as_of), **days, **words)

    def _total(self) -> Table:
        assert self.figures is not None, "a report without figures has no tables"
        total = self.figures["total"]
        rows = [
            (self._words(figure.title), _cell(key, total[key]), self._words(figure.meaning))
            for key, figure in FIGURES.items()
        ]
        return self._table("total", "overview", ("figure", "value", "meaning"), rows)

    def _modules(self) -> Table:
        rows, chart = [], []
        for one in self._rows("modules"):
            title = one["title"][self.language]
            rows.append((title, *(_cell(key, one[key]) for key in _OF_MODULE)))
            chart.append(_share(title, one))
        return self._table("modules", "modules", ("module", *_OF_MODULE), rows, chart)

    def _unfinished(self) -> Table:
        rows = [(one["title"][self.language], *(one[key] for key in _UNFINISHED)) for one in self._rows("modules")]
        return self._table("unfinished", "unfinished", ("module", *_UNFINISHED), rows)

    def _groups(self, key: str, first: str) -> Table:
        rows, chart = [], []
        for one in self._rows(key):
            name = self._group_name(key, one)
            rows.append((name, *(_cell(figure, one[figure]) for figure in _OF_GROUP)))
            chart.append(_share(name, one))
        header = (first, *("all" if figure == "completed" else figure for figure in _OF_GROUP))
        return self._table(key, key, header, rows, chart)

    def _group_name(self, key: str, group: dict[str, Any]) -> str:
        members = group["members"]
        if len(members) == 1:
            return str(group["names"][0][self.language])
        if key == "branches" and "" in members:
            return self._say("merged_with_none", n=len(members) - 1)
        return self._say(f"merged_{key}", n=len(members))

    def _concepts(self) -> Table:
        rows = []
        between = "；" if self.language == "zh" else "; "
        for one in self.body["concepts"]:
            title = one["title"][self.language]
            if one["as_of"] != self.row.as_of.isoformat():
                title = self._say("older", title=title, as_of=self._day(date.fromisoformat(one["as_of"])))
            clauses = between.join(clause[self.language] for clause in one["clauses"])
            figures = (one["answered"], one["missed"], _percent(one["rate"]))
            rows.append((title, one["module"][self.language], clauses, *figures))
        header = ("concept", "module", "clauses", "answered", "missed", "missed_rate")
        return self._table("concepts", "concepts", header, rows)

    def _table(
        self,
        key: str,
        caption: str,
        header: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        chart: Sequence[Share] = (),
    ) -> Table:
        note = self._words(NOTES[key])
        return Table(key, self._say(caption), note, tuple(map(self._say, header)), tuple(rows), tuple(chart))

    def _rows(self, key: str) -> Sequence[dict[str, Any]]:
        assert self.figures is not None, "a report without figures has no tables"
        return tuple(self.figures[key])

    def _say(self, key: str, **values: object) -> str:
        return WORDS[key].in_language(self.language).format(**values)

    def _words(self, text: Text) -> str:
        return text.in_language(self.language).format(as_of=self._day(self.row.as_of), month=self._month())

    def _day(self, value: date) -> str:
        if self.language == "zh":
            return f"{value.year}年{value.month}月{value.day}日"
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"

    def _month(self) -> str:
        year, number = (int(part) for part in self.row.period.split("-"))
        return f"{year}年{number}月" if self.language == "zh" else f"{_MONTHS[number - 1]} {year}"


def _share(label: str, row: dict[str, int]) -> Share:
    return Share(label, row["completed"], row["required"], f"{row['completed']} / {row['required']}")


def _cell(key: str, value: int) -> Cell:
    return _percent(value) if key == "rate" else value


def _percent(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}%"
