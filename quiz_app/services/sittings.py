"""A person's sitting: beginning, answering, passing. Every repeated post answers the first result again."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from ..content.library import Library
from ..content.modules import Concept, Item, StudyModule
from ..domain.errors import MissingInput, NotFound, NothingToMakeUp
from ..domain.people import Learner
from ..domain.scoring import Asked, Outcome, first_items, next_position, option_order, outcome, parallel_item
from ..store import cycles, learning, standings
from ..store.db import CONFLICT, Session, new_id, saving
from ..store.learning import SittingEntry, SittingRow
from ..store.library import time_zone
from .libraries import Libraries
from .reopened import reopened_concepts

__all__ = ["MAKE_UP", "QUIZ", "SittingEntry", "SittingView", "answer", "begin", "view"]

QUIZ, MAKE_UP = "quiz", "make_up"


@dataclass(frozen=True)
class SittingView:
    """A sitting as its pages show it."""

    row: SittingRow
    module: StudyModule
    concepts: tuple[Concept, ...]
    entries: tuple[SittingEntry, ...]
    library: Library

    @property
    def outcome(self) -> Outcome:
        """Open, passed, or closed without a pass."""
        return outcome(self.concepts, self.asked)

    @property
    def asked(self) -> tuple[Asked, ...]:
        """The items asked so far, in order."""
        return tuple(entry.asked for entry in self.entries)

    @property
    def next_position(self) -> int | None:
        """The position to answer next, or nothing."""
        return next_position(self.asked) if self.outcome is Outcome.OPEN else None

    def entry(self, position: int) -> SittingEntry:
        """The item at a position; raises `NotFound` where there is none."""
        for entry in self.entries:
            if entry.asked.position == position:
                return entry
        raise NotFound

    def item(self, entry: SittingEntry) -> Item:
        """The item an entry asks."""
        return self.library.items[entry.asked.item_id]


def begin(
    learner: Learner, module_id: str, libraries: Libraries, now: datetime, chance: random.Random, kind: str = QUIZ
) -> str:
    """The id of the open sitting of a module, begun now unless one is open already.

    Raises `NotFound` for an unknown module and `NothingToMakeUp` where no concept is re-opened.
    """
    module = libraries.current.modules.get(module_id)
    if module is None:
        raise NotFound
    earlier = learning.sittings_of(learner.enterprise_id, learner.member_id, module_id)
    open_one = _open_sitting(earlier, libraries, kind)
    if open_one is not None:
        return open_one
    concepts = module.concepts if kind == QUIZ else reopened_concepts(learner, module, libraries.current, now)
    if not concepts:
        raise NothingToMakeUp
    row = SittingRow(
        id=new_id(),
        member_id=learner.member_id,
        module_id=module_id,
        kind=kind,
        number=len(earlier) + 1,
        started_on=_today(now),
        release_digest=libraries.current.digest,
    )
    used = [entry.asked.item_id for _, entries in earlier for entry in entries]
    items = [
        SittingEntry(asked, option_order(libraries.current.items[asked.item_id], chance), None, None)
        for asked in first_items(concepts, used, chance)
    ]
    try:
        with saving() as current:
            learning.add_sitting(current, learner.enterprise_id, row, items, now)
            _refresh(current, learner, now)
    except CONFLICT:
        # A second tap lost the race for the same number: the sitting of the first one stands.
        return learning.sittings_of(learner.enterprise_id, learner.member_id, module_id)[0][0].id
    return row.id


def view(learner: Learner, sitting_id: str, libraries: Libraries) -> SittingView:
    """One's own sitting; raises `NotFound` for anybody else's."""
    return _view(learner, learning.sitting(learner.enterprise_id, sitting_id), libraries)


def answer(
    learner: Learner,
    sitting_id: str,
    position: int,
    option_id: str,
    confidence: int | None,
    libraries: Libraries,
    now: datetime,
    chance: random.Random,
) -> SittingView:
    """Records the answer to the item at a position and all that follows from it, in one save.

    A missed concept comes back with its parallel item; the last answer closes the sitting, with a
    pass where the rule gives one. An item answered before keeps its first answer. Raises `NotFound`
    and `MissingInput`.
    """
    with saving() as current:
        seen = _view(learner, learning.sitting(learner.enterprise_id, sitting_id, lock=True), libraries)
        entry = seen.entry(position)
        if entry.option_id is not None or seen.outcome is not Outcome.OPEN:
            return seen
        option = seen.item(entry).option(option_id)
        if option is None:
            raise MissingInput
        answered = replace(
            entry, asked=replace(entry.asked, right=option.right), option_id=option.id, confidence=confidence
        )
        learning.add_answer(current, learner.enterprise_id, sitting_id, answered, now)
        seen = _with_entry(seen, answered)
        if seen.outcome is Outcome.PASSED:
            concept_ids = [concept.id for concept in seen.concepts]
            learning.add_pass(current, learner.enterprise_id, seen.row, concept_ids, _today(now), now)
            _refresh(current, learner, now)
        elif seen.outcome is Outcome.OPEN and not option.right:
            seen = _ask_parallel(current, learner, seen, answered, chance)
    return seen


def _ask_parallel(
    current: Session, learner: Learner, seen: SittingView, missed: SittingEntry, chance: random.Random
) -> SittingView:
    concept = next(one for one in seen.concepts if one.id == missed.asked.concept_id)
    asked = parallel_item(concept, seen.asked, chance)
    entry = SittingEntry(asked, option_order(seen.library.items[asked.item_id], chance), None, None)
    learning.add_item(current, learner.enterprise_id, seen.row.id, entry)
    return replace(seen, entries=(*seen.entries, entry))


def _with_entry(seen: SittingView, changed: SittingEntry) -> SittingView:
    position = changed.asked.position
    return replace(
        seen, entries=tuple(changed if entry.asked.position == position else entry for entry in seen.entries)
    )


def _view(learner: Learner, found: tuple[SittingRow, list[SittingEntry]] | None, libraries: Libraries) -> SittingView:
    if found is None or found[0].member_id != learner.member_id:
        raise NotFound
    row, entries = found
    library = libraries.of_release(row.release_digest)
    return SittingView(row, library.modules[row.module_id], _concepts(row, entries, library), tuple(entries), library)


def _concepts(row: SittingRow, entries: Sequence[SittingEntry], library: Library) -> tuple[Concept, ...]:
    asked = {entry.asked.concept_id for entry in entries}
    return tuple(concept for concept in library.modules[row.module_id].concepts if concept.id in asked)


def _open_sitting(
    earlier: Sequence[tuple[SittingRow, list[SittingEntry]]], libraries: Libraries, kind: str
) -> str | None:
    for row, entries in earlier:
        concepts = _concepts(row, entries, libraries.of_release(row.release_digest))
        if row.kind == kind and outcome(concepts, [entry.asked for entry in entries]) is Outcome.OPEN:
            return row.id
    return None


def _refresh(current: Session, learner: Learner, now: datetime) -> None:
    cycle = cycles.current_cycle(learner.enterprise_id, _today(now), now)
    if cycle is not None:
        standings.refresh(current, learner.enterprise_id, cycle, now, [learner.member_id])


def _today(now: datetime) -> date:
    return now.astimezone(time_zone()).date()
