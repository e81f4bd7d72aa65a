"""Why a row of the form 政策更新单 cannot be taken, and what a row without fault says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from .faults import Fault
from .local import Slot
from .policy import Clause, Instrument, seal_of
from .policy_form import KINDS, SHEETS, FormRow, cleaned, given_of_clause, given_of_slot
from .text import Text

_DAY = re.compile(r"(20\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")


def day_of(row: FormRow) -> str | None:
    """The day a change applies from, as ``2026-12-01``; nothing where the cell holds no day of this century."""
    cell = row.cells["date"]
    if isinstance(cell, date):
        return cell.isoformat() if cell.year // 100 == 20 else None
    parts = _DAY.fullmatch(cell.replace(" ", ""))
    try:
        return date(*map(int, parts.groups())).isoformat() if parts else None
    except ValueError:
        return None


def kind_of(row: FormRow) -> Literal["meaning", "cosmetic"]:
    """The kind of a row whose cell says one of the two."""
    return "meaning" if row.text("kind") == KINDS["meaning"].zh else "cosmetic"


def new_gist(row: FormRow) -> Text:
    """The new gist, each language as one paragraph."""
    return _paragraphs(row, "new_zh", "new_en")


def new_note(row: FormRow) -> Text:
    """The note on the change, each language as one paragraph."""
    return _paragraphs(row, "note_zh", "note_en")


def new_value(row: FormRow) -> Text:
    """The new content of a slot, in the lines it was written in."""
    zh, en = row.text("new_zh"), row.text("new_en")
    return Text(zh=zh, en=en)


def unknown_fault(row: FormRow) -> Fault:
    """The fault of a row whose id is missing or nobody's."""
    if not row.ref.strip("/"):
        return row.fault(row.id_key, "没有编号，不知道说的是哪一条", "has no id, so nobody knows what it is about")
    return row.fault(
        row.id_key,
        f"没有编号为 {row.ref} 的条目；编号不能改，要增加条目请与内容编辑联系",
        f"nothing has the id {row.ref}; ids stay as they are, and new entries are made by the author",
    )


def doubled_faults(rows: Sequence[FormRow]) -> Iterator[Fault]:
    """A fault for each row that repeats an earlier one."""
    first: dict[str, int] = {}
    for row in rows:
        number = first.setdefault(row.ref, row.number)
        if number != row.number:
            yield row.fault(row.id_key, f"与第{number}行重复，只能留一行", f"repeats row {number}; keep one of them")


def is_recorded_clause(row: FormRow, clause: Clause) -> bool:
    """Whether the clause's last revision is the one this row asks for, so that the form was imported before."""
    last = clause.revisions[-1]
    if not row.is_filled or last.before is None or last.note is None or _empty_faults(row):
        return False
    return (
        _same(new_gist(row), clause.gist)
        and _same(new_note(row), last.note)
        and (KINDS[last.kind].zh, last.date) == (row.text("kind"), day_of(row))
        and _agrees(row, "gist", last.before)
    )


def is_recorded_slot(row: FormRow, slot: Slot) -> bool:
    """Whether the slot's content is what this row asks for, beside an earlier content."""
    if slot.value is None or not row.is_filled or _empty_faults(row):
        return False
    return _same(new_value(row), slot.value) and not _agrees(row, "value", slot.value)


def clause_faults(row: FormRow, instrument: Instrument, clause: Clause) -> Iterator[Fault]:
    """Every fault of a row about this clause."""
    given = given_of_clause(instrument, clause)
    earlier = next((n for n in range(1, clause.revision) if _agrees(row, "gist", clause.gist_at(n))), None)
    if earlier and not row.is_filled:
        # A row that asks for nothing may come from a form made before the clause last changed.
        given |= {"gist_zh": row.text("gist_zh"), "gist_en": row.text("gist_en")}
    yield from _changed_faults(row, given)
    if row.is_filled:
        empty = _empty_faults(row)
        yield from empty
        yield from _language_faults(row, "new_zh", "new_en", "note_zh", "note_en")
        yield from _kind_and_day_faults(row)
        if not empty:
            yield from _gist_faults(row, clause)


def slot_faults(row: FormRow, slot: Slot) -> Iterator[Fault]:
    """Every fault of a row about this slot."""
    yield from _changed_faults(row, given_of_slot(slot))
    if row.is_filled:
        empty = _empty_faults(row)
        yield from empty
        if not empty and slot.value and _same(new_value(row), slot.value):
            yield row.fault(
                "new_zh",
                "与现内容相同，没有变化；不改的话请清空新内容",
                "equal to the present content; clear it if nothing changes",
            )


def _changed_faults(row: FormRow, given: dict[str, str]) -> Iterator[Fault]:
    for key, value in given.items():
        if row.text(key) != cleaned(value):
            yield row.fault(
                key,
                "与登记册不同：这一栏不能改；如果登记册后来更新过，请重新导出更新单再填",
                "differs from the register: this column is not to be changed; if the register has moved on, export the form anew",
            )


def _empty_faults(row: FormRow) -> list[Fault]:
    columns = [column for column in SHEETS[row.sheet] if column.filled]
    return [
        row.fault(
            column.key, "没有填写；改这一行，各栏都要填", "is empty; a row that changes something fills every column"
        )
        for column in columns
        if not row.text(column.key)
    ]


def _language_faults(row: FormRow, *keys: str) -> Iterator[Fault]:
    for key in keys:
        text = row.text(key)
        if text and key.endswith("_zh") and not _HAN.search(text):
            yield row.fault(key, "这一栏要写中文", "is to be written in Chinese")
        elif text and key.endswith("_en") and not _LATIN.search(text):
            yield row.fault(key, "这一栏要写英文", "is to be written in English")


def _kind_and_day_faults(row: FormRow) -> Iterator[Fault]:
    kinds = [word.zh for word in KINDS.values()]
    if row.text("kind") and row.text("kind") not in kinds:
        zh = f"只能填{'或者'.join(f'“{kind}”' for kind in kinds)}"
        yield row.fault("kind", zh, f"is neither {' nor '.join(kinds)}")
    if row.text("date") and day_of(row) is None:
        yield row.fault("date", "不是日期，请写成 2026-12-01 这样", "is no date; write it like 2026-12-01")


def _gist_faults(row: FormRow, clause: Clause) -> Iterator[Fault]:
    gist = new_gist(row)
    if _same(gist, clause.gist):
        yield row.fault(
            "new_zh", "与现要点相同，没有变化；不改的话请清空这一行", "equal to the present gist; clear the row"
        )
        return
    seal = seal_of(gist)
    for revision in clause.revisions[:-1]:
        if seal == revision.seal:
            yield row.fault(
                "new_zh",
                f"与第{revision.number}版的要点一字不差；恢复旧要点请与内容编辑联系",
                f"word for word the gist of revision {revision.number}; to go back to it, ask the author",
            )
    for key, new, old in (("new_zh", gist.zh, clause.gist.zh), ("new_en", gist.en, clause.gist.en)):
        if row.text("kind") == KINDS["meaning"].zh and new == cleaned(old):
            yield row.fault(key, "含义有变，这一种文字却没有改", "the meaning changed, but not in this language")


def _agrees(row: FormRow, name: str, text: Text) -> bool:
    """Whether the cells of the present text hold this one."""
    return (row.text(f"{name}_zh"), row.text(f"{name}_en")) == (cleaned(text.zh), cleaned(text.en))


def _same(one: Text, other: Text) -> bool:
    return (one.zh, one.en) == (cleaned(other.zh), cleaned(other.en))


def _paragraphs(row: FormRow, zh_key: str, en_key: str) -> Text:
    zh, en = row.text(zh_key).replace("\n", ""), row.text(en_key).replace("\n", " ")
    return Text(zh=zh, en=en)
