"""未完成名单: HR issues a frozen list on a named request; everybody on it can see who asked and what for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from ..content.library import Library
from ..content.text import Language, Text
from ..domain.errors import NotFound
from ..domain.unfinished import EXTENT_WORDS, NOT_LISTED, Request, listed_codes
from ..store import audit
from ..store import completion as people
from ..store import unfinished as store
from ..store.completion import Filters, Sort
from ..store.cycles import CycleRow
from ..store.db import CONFLICT, saving
from ..store.ground import Trees, ground
from ..store.unfinished import ListRow, NamedUnfinished, Unfinished
from .completion import Asked, Heading, Listing, headings, listing
from .completion_export import DEMO, File
from .instance import is_demo
from .zone import local_time

ISSUED = "unfinished_list_issued"
TAKEN = "unfinished_list_taken"

PAGE = 100


@dataclass(frozen=True)
class UnfinishedLine:
    """A row of a list as it is shown: name, unit, module, due date, and nothing else."""

    name: str
    unit: Text
    module: Text
    due_on: date


@dataclass(frozen=True)
class IssuedList:
    """An issued list: its request, the study task, the unit it is about, and a page of its rows."""

    row: ListRow
    cycle: CycleRow
    unit: Text
    lines: tuple[UnfinishedLine, ...]
    after: int | None


def issue(enterprise_id: str, account_id: str, request: Request, once: str, library: Library, now: datetime) -> str:
    """Issues the list as of now and returns its id; the same form sent again gives the same list.

    Whoever is on it is told in the same save who asked and what for. Raises `NoOpenCycle`, and
    `NotFound` for a unit of another enterprise.
    """
    earlier = store.id_of(enterprise_id, once)
    if earlier is not None:
        return earlier
    try:
        with saving() as current:
            found = listing(enterprise_id, Asked(unit=request.unit_id or ""), library, now)
            rows = _unfinished(found, request)
            list_id = store.add(
                current,
                enterprise_id,
                found.cycle.id,
                found.as_of,
                request,
                rows,
                issued_by=account_id,
                once=once,
                now=now,
            )
            audit.record_each(
                current,
                enterprise_id,
                ISSUED,
                now,
                actor=account_id,
                subjects=dict.fromkeys(row.member_id for row in rows),
                values={"list": list_id, "requested_by": request.requested_by, "purpose": request.purpose},
            )
    except CONFLICT:
        # A second tap lost the race for the same form: the list of the first one stands.
        earlier = store.id_of(enterprise_id, once)
        if earlier is None:
            raise
        return earlier
    return list_id


def issued(enterprise_id: str) -> list[ListRow]:
    """All lists issued, the latest first."""
    return store.issued(enterprise_id)


def read(enterprise_id: str, list_id: str, library: Library, after: int = 0) -> IssuedList:
    """An issued list from a position on; raises `NotFound` for another enterprise's."""
    row, cycle, known = _found(enterprise_id, list_id)
    rows = store.rows_of(enterprise_id, list_id, after, PAGE + 1)
    shown = rows[:PAGE]
    lines = tuple(_lines(shown, known, headings(cycle, library)))
    return IssuedList(row, cycle, _about(row, known), lines, shown[-1].position if len(rows) > PAGE else None)


def file(
    enterprise_id: str,
    account_id: str,
    list_id: str,
    library: Library,
    language: Language,
    enterprise: Text,
    now: datetime,
) -> File:
    """An issued list as a workbook, with an audit row that names who took it; raises `NotFound`."""
    # Loaded only here, so that the workers do not carry the library of workbooks.
    from ..adapters.unfinished_xlsx import unfinished_workbook

    row, cycle, known = _found(enterprise_id, list_id)
    lines = _lines(store.rows_of(enterprise_id, list_id), known, headings(cycle, library))
    body = unfinished_workbook(
        ((one.name, one.unit.in_language(language), one.module.in_language(language), one.due_on) for one in lines),
        (
            (label.in_language(language), value.in_language(language))
            for label, value in _notes(row, cycle, known, enterprise)
        ),
        language,
    )
    with saving() as current:
        audit.record(current, enterprise_id, TAKEN, now, actor=account_id, values={"list": list_id})
    name = "未完成名单" if language == "zh" else "unfinished-study"
    return File(f"{name}-{row.as_of.isoformat()}.xlsx", body)


def _unfinished(found: Listing, request: Request) -> list[Unfinished]:
    """The rows of the list in reading order: by unit, name, staff number and module."""
    codes = listed_codes(request.extent)
    order = {unit.id: place for place, unit in enumerate(found.units)}
    everybody = people.everybody(found.scope, Filters(unit_id=found.filters.unit_id, codes=codes), Sort())
    chosen = sorted(everybody, key=lambda row: (order.get(row.unit_id, len(order)), row.name, row.staff_number))
    return [
        Unfinished(row.member_id, module_id, row.unit_id, cell.due_on)
        for row in chosen
        for module_id, cell, code in zip(found.cycle.module_ids, row.cells, row.codes, strict=True)
        if code in codes and cell.due_on is not None
    ]


def _found(enterprise_id: str, list_id: str) -> tuple[ListRow, CycleRow, Trees]:
    row = store.one(enterprise_id, list_id)
    if row is None:
        raise NotFound
    held = ground(enterprise_id, row.as_of, row.issued_at)
    assert held.cycle is not None, "a list is issued only on a study task"
    return row, held.cycle, held.trees


def _lines(rows: list[NamedUnfinished], known: Trees, modules: tuple[Heading, ...]) -> Iterator[UnfinishedLine]:
    titles = {heading.id: heading.title for heading in modules}
    return (UnfinishedLine(row.name, known.name(row.unit_id), titles[row.module_id], row.due_on) for row in rows)


def _about(row: ListRow, known: Trees) -> Text:
    if row.request.unit_id is None:
        return Text(zh="全企业", en="the whole enterprise")
    name = known.name(row.request.unit_id)
    return Text(zh=f"{name.zh}（含下级）", en=f"{name.en}, with all below")


def _notes(row: ListRow, cycle: CycleRow, known: Trees, enterprise: Text) -> Iterator[tuple[Text, Text]]:
    request = row.request
    if is_demo():
        yield Text(zh="演示数据", en="Demo data"), DEMO
    yield Text(zh="企业", en="Enterprise"), enterprise
    yield Text(zh="学习任务", en="Study task"), Text(zh=cycle.name_zh, en=cycle.name_en)
    yield Text(zh="索取方", en="Requested by"), Text(zh=request.requested_by, en=request.requested_by)
    yield Text(zh="用途", en="Purpose"), Text(zh=request.purpose, en=request.purpose)
    yield Text(zh="范围", en="About"), _about(row, known)
    yield Text(zh="列入的模块", en="Modules listed"), EXTENT_WORDS[request.extent]
    yield Text(zh="不列入", en="Not listed"), NOT_LISTED
    moment = local_time(row.issued_at).strftime("%Y-%m-%d %H:%M")
    yield (
        Text(zh="数据截至", en="Cut-off"),
        Text(zh=f"{moment} 出具，之后的学习不改变本名单", en=f"issued {moment}; later study does not change this list"),
    )
    yield (
        Text(zh="人数", en="People"),
        Text(zh=f"{row.people} 人，{row.rows} 条", en=f"{row.people} people, {row.rows} lines"),
    )
    yield Text(zh="告知", en="Notice"), TOLD


TOLD = Text(
    zh="名单中的每个人都能在“我的记录”里看到这份名单的索取方和用途。",
    en="Everybody on this list can see under My record who asked for it and what for.",
)
"""What the people on a list are told, said to those who issue or read it."""
