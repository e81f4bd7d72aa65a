"""What a policy update says on the shell: old and new texts, and how many people would study again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from ..content.library import Library
from ..content.local import SLOT_EMPTY
from ..content.policy_form import KINDS
from ..content.policy_update import ClauseUpdate, PolicyUpdate, SlotUpdate
from ..content.text import LANGUAGES, Text
from ..services.policy_update import Reach
from ..services.zone import local_time


def difference_lines(update: PolicyUpdate, library: Library, today: date) -> Iterator[str]:
    """Old and new text of every clause and slot; `library` is the one with the update."""
    for clause in update.clauses:
        yield from _clause_lines(clause, library, today)
    for slot in update.slots:
        yield from _slot_lines(slot)
    if update.recorded:
        yield f"登记册已有，不再写入 / already in the register, not written again: {', '.join(update.recorded)}"


def reach_line(update: PolicyUpdate, found: Reach, moment: datetime) -> str:
    """How many people would study again, with denominator and cut-off."""
    if not update.meanings:
        return "没有含义变化，谁都不用补学。 / No change of meaning; nobody studies again."
    counted_at = local_time(moment).strftime("%Y-%m-%d %H:%M")
    if found.people is None:
        return "要补学的人：应学不足5人，不显示人数。 / To study again: fewer than 5 people are required, so it is not shown."
    return (
        f"要补学的人：{found.people} 人（全部企业当前学习任务应学 {found.required} 人，截至 {counted_at}）。 / "
        f"To study again: {found.people} of {found.required} people required in the current study tasks "
        f"of all enterprises, as of {counted_at}."
    )


def _clause_lines(update: ClauseUpdate, library: Library, today: date) -> Iterator[str]:
    instrument, clause, revision = update.instrument, update.clause, update.revision
    kind = KINDS[revision.kind]
    yield f"{update.ref}  {instrument.short_title.zh} {clause.locator.zh}"
    yield f"  {kind.zh} / {kind.en}, {revision.date}"
    if revision.date > today.isoformat():
        yield "  ! 施行日期还没有到，写入以后网站就显示新要点 / not yet in force; the site would show the new gist at once"
    yield from _text_lines(clause.gist, update.gist)
    if revision.note is not None:
        yield f"  说明 / note: {revision.note.zh} / {revision.note.en}"
    if revision.kind == "meaning":
        yield from _concept_lines(update.ref, library)
    yield ""


def _slot_lines(update: SlotUpdate) -> Iterator[str]:
    yield f"{update.slot.id}  {update.slot.title.zh}"
    yield from _text_lines(update.slot.value or SLOT_EMPTY, update.value)
    yield ""


def _text_lines(before: Text, after: Text) -> Iterator[str]:
    for language in LANGUAGES:
        for sign, text in (("-", before), ("+", after)):
            yield from (f"  {sign} {line}" for line in text.in_language(language).split("\n"))


def _concept_lines(ref: str, library: Library) -> Iterator[str]:
    cited = {(one.module_id, one.concept_id) for one in library.citations if one.clause_ref == ref}
    if not cited:
        yield "  没有知识点引用这一条，谁都不用补学 / no concept cites this clause, so nobody studies again"
        return
    yield "  要补学的知识点 / concepts to study again:"
    for module in library.modules_in_order:
        for concept in module.concepts:
            if (module.id, concept.id) in cited:
                yield f"    {module.title.zh}：{concept.title.zh}"
