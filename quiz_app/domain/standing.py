"""The standing of a person in a module: a pure function of facts, rules, a date and a cut-off (product.md §2.3).

`dates_of` reduces the facts known at a moment to a handful of dates; `standing_of` turns those
dates into the word shown on a day. The word is never stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from ..content.text import Text

DEFAULT_MAKE_UP_DAYS = 30
"""Days to make up after a change of meaning, unless the enterprise sets another span (product.md §8.1)."""


class State(StrEnum):
    """The words of product.md §3; 待补学 counts as completed in totals."""

    OUT_OF_SCOPE = "out_of_scope"
    WAIVED = "waived"
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    MAKE_UP = "make_up"

    @property
    def counts_as_completed(self) -> bool:
        """Whether totals count it as 已完成."""
        return self in (State.COMPLETED, State.MAKE_UP)


class Lateness(StrEnum):
    """How a state lies to its due date."""

    NONE = "none"
    OVERDUE = "overdue"
    LATE = "late"


STATE_WORDS: dict[State, Text] = {
    State.OUT_OF_SCOPE: Text(zh="不在应学范围", en="Not required"),
    State.WAIVED: Text(zh="免学（已批准）", en="Waived (approved)"),
    State.NOT_STARTED: Text(zh="未开始", en="Not started"),
    State.IN_PROGRESS: Text(zh="学习中", en="In progress"),
    State.COMPLETED: Text(zh="已完成", en="Completed"),
    State.MAKE_UP: Text(zh="待补学（政策更新）", en="To make up (policy changed)"),
}
LATENESS_WORDS: dict[Lateness, Text] = {
    Lateness.NONE: Text(zh="按期", en="On time"),
    Lateness.OVERDUE: Text(zh="逾期未完成", en="Overdue"),
    Lateness.LATE: Text(zh="逾期完成", en="Completed late"),
}


@dataclass(frozen=True)
class CycleRule:
    """What a cycle asks: its dates, whether earlier passes count, days allowed for a make-up."""

    opens_on: date
    due_on: date
    earlier_passes_count: bool = False
    make_up_days: int = DEFAULT_MAKE_UP_DAYS


@dataclass(frozen=True)
class Pin:
    """The revision of a clause on which a concept of a pass rests."""

    concept_id: str
    clause_ref: str
    revision: int


@dataclass(frozen=True)
class PassFact:
    """A pass of the module; `kind` is ``quiz`` for a full one, ``make_up`` for re-opened concepts only."""

    kind: str
    passed_on: date
    recorded_at: datetime
    pins: frozenset[Pin] = frozenset()


@dataclass(frozen=True)
class SittingFact:
    """A sitting of the module was begun."""

    started_on: date
    recorded_at: datetime


@dataclass(frozen=True)
class WaiverFact:
    """A waiver in effect for ``[valid_from, valid_to)``; rows withdrawn before the cut-off are left out by the caller.

    Of several the one that lasts longest counts, so a second one withdraws the first unless their spans overlap.
    """

    valid_from: date
    valid_to: date | None
    recorded_at: datetime


@dataclass(frozen=True)
class ExtensionFact:
    """A later due date; the latest recorded one holds, of two recorded together the later day."""

    due_on: date
    recorded_at: datetime


@dataclass(frozen=True)
class MeaningChange:
    """A change of meaning of a clause, from the day it applies; cosmetic changes never get here."""

    clause_ref: str
    revision: int
    effective_on: date
    recorded_at: datetime


@dataclass(frozen=True)
class ModuleFacts:
    """Everything known about one person and module."""

    sittings: Sequence[SittingFact] = ()
    passes: Sequence[PassFact] = ()
    waivers: Sequence[WaiverFact] = ()
    extensions: Sequence[ExtensionFact] = ()


@dataclass(frozen=True)
class StandingDates:
    """What a standing row holds: dates only."""

    due_on: date
    started_on: date | None = None
    passed_on: date | None = None
    reopened_on: date | None = None
    make_up_due_on: date | None = None
    waived_from: date | None = None
    waived_to: date | None = None


@dataclass(frozen=True)
class Standing:
    """The word shown for a person and module on a day, and the date it is owed by."""

    state: State
    lateness: Lateness
    due_on: date | None


def dates_of(
    facts: ModuleFacts, rule: CycleRule, changes: Iterable[MeaningChange], as_of: date, known_at: datetime
) -> StandingDates:
    """The dates that follow from the facts holding up to `as_of` and recorded up to `known_at`."""
    passes = [one for one in facts.passes if one.recorded_at <= known_at and one.passed_on <= as_of]
    sittings = [one for one in facts.sittings if one.recorded_at <= known_at and one.started_on <= as_of]
    passed_on = min((p.passed_on for p in passes if p.kind == "quiz" and _counts(p.passed_on, rule)), default=None)
    reopened_on = _reopened_on(passes, changes, as_of, known_at) if passed_on else None
    waiver = _waiver(facts.waivers, as_of, known_at)
    return StandingDates(
        due_on=_due_on(facts.extensions, rule, known_at),
        started_on=min((s.started_on for s in sittings if _counts(s.started_on, rule)), default=None),
        passed_on=passed_on,
        reopened_on=reopened_on,
        make_up_due_on=reopened_on + timedelta(days=rule.make_up_days) if reopened_on else None,
        waived_from=waiver.valid_from if waiver else None,
        waived_to=waiver.valid_to if waiver else None,
    )


def standing_of(dates: StandingDates, in_scope: bool, as_of: date) -> Standing:
    """The word for these dates on a day."""
    if not in_scope:
        return Standing(State.OUT_OF_SCOPE, Lateness.NONE, None)
    if dates.waived_from and dates.waived_from <= as_of and (dates.waived_to is None or as_of < dates.waived_to):
        return Standing(State.WAIVED, Lateness.NONE, None)
    if dates.passed_on is None or dates.passed_on > as_of:
        begun = dates.started_on is not None and dates.started_on <= as_of
        state = State.IN_PROGRESS if begun else State.NOT_STARTED
        return Standing(state, Lateness.OVERDUE if as_of > dates.due_on else Lateness.NONE, dates.due_on)
    late = Lateness.LATE if dates.passed_on > dates.due_on else Lateness.NONE
    if dates.reopened_on and dates.reopened_on <= as_of:
        return Standing(State.MAKE_UP, late, dates.make_up_due_on)
    return Standing(State.COMPLETED, late, dates.due_on)


def reopened_pins(
    passes: Iterable[PassFact], changes: Iterable[MeaningChange], as_of: date, known_at: datetime
) -> dict[Pin, date]:
    """The pins that a change of meaning has overtaken, each with the day the first such change applied.

    Of several passes the highest revision pinned for a concept and clause counts, so a make-up closes
    exactly what it covered.
    """
    best: dict[tuple[str, str], Pin] = {}
    for one in passes:
        if one.recorded_at <= known_at and one.passed_on <= as_of:
            for pin in one.pins:
                held = best.get((pin.concept_id, pin.clause_ref))
                if held is None or held.revision < pin.revision:
                    best[pin.concept_id, pin.clause_ref] = pin
    found: dict[Pin, date] = {}
    known = [c for c in changes if c.recorded_at <= known_at and c.effective_on <= as_of]
    for pin in best.values():
        days = [c.effective_on for c in known if c.clause_ref == pin.clause_ref and c.revision > pin.revision]
        if days:
            found[pin] = min(days)
    return found


def _reopened_on(
    passes: Sequence[PassFact], changes: Iterable[MeaningChange], as_of: date, known_at: datetime
) -> date | None:
    return min(reopened_pins(passes, changes, as_of, known_at).values(), default=None)


def _counts(day: date, rule: CycleRule) -> bool:
    return rule.earlier_passes_count or day >= rule.opens_on


def _due_on(extensions: Sequence[ExtensionFact], rule: CycleRule, known_at: datetime) -> date:
    known = [one for one in extensions if one.recorded_at <= known_at]
    return max(known, key=lambda one: (one.recorded_at, one.due_on)).due_on if known else rule.due_on


def _waiver(waivers: Sequence[WaiverFact], as_of: date, known_at: datetime) -> WaiverFact | None:
    """The waiver that lasts longest, so that one which has ended never hides another that still holds."""
    known = [one for one in waivers if one.recorded_at <= known_at and one.valid_from <= as_of]
    return max(known, key=lambda one: (one.valid_to or date.max, -one.valid_from.toordinal()), default=None)
