"""The completion list as a file: the same query and the same words as the page, and who took it on record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from ..content.text import Language, Text
from ..domain.completion import WANTED_WORDS, ModuleTally, Tally, Wanted, tally
from ..store import audit
from ..store.db import saving
from . import completion
from .completion import Line, Listing
from .instance import is_demo
from .zone import local_time

ACTION = "completion_exported"

EVERYBODY = Text(zh="没有筛选，全部在应学范围的人员", en="No filter: everybody in the audience")

EXTENT = Text(
    zh="只有是否完成，完成日期只到月份。答案、得分、作答次数、把握程度不在任何名单中。",
    en="Only whether a module is done; the month of completion, never the date. "
    "Answers, scores, tries and confidence are on no list.",
)

DEMO = Text(zh="企业与人员均为虚构", en="Enterprises and people are invented")


@dataclass(frozen=True)
class File:
    """A file to hand over: its name and what is in it."""

    name: str
    body: bytes


def export(found: Listing, enterprise: Text, account_id: str, language: Language, now: datetime) -> File:
    """The list under its filters as a workbook, with an audit row that names who took it and with which filters."""
    # Loaded only here, so that the workers do not carry the library of workbooks.
    from ..adapters.completion_xlsx import completion_workbook

    written = _Written(found, language)
    body = completion_workbook(
        [heading.title for heading in found.headings],
        written.rows(),
        (_in(language, note) for note in _notes(found, enterprise, written)),
        language,
    )
    words = filter_words(found)
    values = {"filter_zh": words.zh, "filter_en": words.en, "as_of": found.as_of.isoformat()}
    with saving() as current:
        audit.record(current, found.scope.enterprise_id, ACTION, now, actor=account_id, values=values)
    name = "完成情况" if language == "zh" else "completion"
    return File(f"{name}-{found.as_of.isoformat()}.xlsx", body)


class _Written:
    """The rows of the file, counted while they are written, so that the notes speak of these very rows."""

    def __init__(self, found: Listing, language: Language) -> None:
        self._found, self._language = found, language
        self._counts: Counter[tuple[int, ...]] = Counter()

    def rows(self) -> Iterator[list[str | date | None]]:
        for line in completion.lines(self._found):
            self._counts[tuple(cell.code for cell in line.cells)] += 1
            yield cells(line, self._language)

    @property
    def tally(self) -> Tally:
        return tally(self._counts, len(self._found.headings))


def cells(line: Line, language: Language) -> list[str | date | None]:
    """A person's row as the page shows it, in values."""
    row: list[str | date | None] = [
        line.staff_number,
        line.name,
        line.unit.in_language(language),
        line.branch.in_language(language) if line.branch else None,
    ]
    for cell in line.cells:
        row += [cell.words.in_language(language), cell.month, cell.due_on]
    return row


def filter_words(found: Listing) -> Text:
    """What the list is narrowed to, in words."""
    parts = list(_filter_parts(found))
    if not parts:
        return EVERYBODY
    return Text(
        zh="；".join(f"{label.zh}：{value.zh}" for label, value in parts),
        en="; ".join(f"{label.en}: {value.en}" for label, value in parts),
    )


def _filter_parts(found: Listing) -> Iterator[tuple[Text, Text]]:
    asked, filters = found.asked, found.filters
    if filters.unit_id:
        yield Text(zh="单位（含下级）", en="Unit with all below"), found.trees.name(filters.unit_id)
    if filters.branch_id:
        yield Text(zh="党组织（含下级）", en="Party organisation with all below"), found.trees.name(filters.branch_id)
    if filters.codes is not None:
        words = WANTED_WORDS[Wanted(asked.state)]
        title = next((one.title for one in found.headings if one.id == filters.module_id), None)
        if title is None:
            yield Text(zh="任一模块的状态", en="State of any module"), words
        else:
            yield Text(zh=f"{title.zh}的状态", en=f"State of {title.en}"), words
    if filters.text:
        yield Text(zh="姓名或工号含", en="Name or staff number contains"), Text(zh=filters.text, en=filters.text)


def _notes(found: Listing, enterprise: Text, written: _Written) -> Iterator[tuple[Text, Text]]:
    if is_demo():
        yield Text(zh="演示数据", en="Demo data"), DEMO
    cycle, figures = found.cycle, written.tally
    task = Text(
        zh=f"{cycle.name_zh}，{cycle.rule.opens_on}开始，{cycle.rule.due_on}前完成",
        en=f"{cycle.name_en}, opened {cycle.rule.opens_on}, due {cycle.rule.due_on}",
    )
    moment = local_time(found.scope.known_at).strftime("%Y-%m-%d %H:%M")
    yield Text(zh="企业", en="Enterprise"), enterprise
    yield Text(zh="学习任务", en="Study task"), task
    yield Text(zh="筛选条件", en="Filter"), filter_words(found)
    yield (
        Text(zh="数据截至", en="Cut-off"),
        Text(zh=f"{moment}，状态按 {found.as_of} 计", en=f"{moment}; states are as of {found.as_of}"),
    )
    yield Text(zh="人数", en="People"), Text(zh=f"本表 {figures.people} 人", en=f"{figures.people} on this list")
    for heading, one in zip(found.headings, figures.modules, strict=True):
        yield heading.title, module_words(one)
    yield Text(zh="范围", en="Extent"), EXTENT


def module_words(one: ModuleTally) -> Text:
    """The figures of a module in a sentence that begins with the denominator; a part that is nobody is left out."""
    unfinished = one.in_progress + one.not_started
    return Text(
        zh=f"应学 {one.required} 人，已完成 {one.completed} 人"
        + _among("（其中{}）", "、", f"待补学 {one.make_up} 人", f"逾期完成 {one.late} 人")
        + f"，未完成 {unfinished} 人"
        + _among("（{}）", "、", f"学习中 {one.in_progress} 人", f"未开始 {one.not_started} 人")
        + _among("，{}", "", f"未完成的人中已逾期 {one.overdue} 人")
        + _among("；{}，不计在内", "", f"免学 {one.waived} 人"),
        en=f"{one.required} required, {one.completed} completed"
        + _among(" (of them {})", ", ", f"{one.make_up} to make up", f"{one.late} late")
        + f", {unfinished} unfinished"
        + _among(" ({})", ", ", f"{one.in_progress} in progress", f"{one.not_started} not started")
        + _among(", {}", "", f"{one.overdue} of the unfinished overdue")
        + _among("; {} and not counted", "", f"{one.waived} waived"),
    )


def _among(frame: str, join: str, *parts: str) -> str:
    """The parts whose number is not nought, in their frame, or nothing."""
    said = [part for part in parts if "0" not in part.split()]
    return frame.format(join.join(said)) if said else ""


def _in(language: Language, note: tuple[Text, Text]) -> tuple[str, str]:
    return note[0].in_language(language), note[1].in_language(language)
