"""The completion list 完成情况: the kinds of standing it sorts, filters and counts by (product.md §3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ..content.text import Text
from .standing import Lateness, State

Kind = tuple[State, Lateness]

KINDS: tuple[Kind, ...] = (
    (State.NOT_STARTED, Lateness.OVERDUE),
    (State.IN_PROGRESS, Lateness.OVERDUE),
    (State.NOT_STARTED, Lateness.NONE),
    (State.IN_PROGRESS, Lateness.NONE),
    (State.MAKE_UP, Lateness.LATE),
    (State.MAKE_UP, Lateness.NONE),
    (State.COMPLETED, Lateness.LATE),
    (State.COMPLETED, Lateness.NONE),
    (State.WAIVED, Lateness.NONE),
)
"""Every standing of somebody in the audience, what needs attention first; the place is the kind's code."""

KIND_WORDS: dict[Kind, Text] = {
    (State.NOT_STARTED, Lateness.OVERDUE): Text(zh="逾期未完成（未开始）", en="Overdue (not started)"),
    (State.IN_PROGRESS, Lateness.OVERDUE): Text(zh="逾期未完成（学习中）", en="Overdue (in progress)"),
    (State.NOT_STARTED, Lateness.NONE): Text(zh="未开始", en="Not started"),
    (State.IN_PROGRESS, Lateness.NONE): Text(zh="学习中", en="In progress"),
    (State.MAKE_UP, Lateness.LATE): Text(
        zh="待补学（政策更新；逾期完成）", en="To make up (policy changed; completed late)"
    ),
    (State.MAKE_UP, Lateness.NONE): Text(zh="待补学（政策更新）", en="To make up (policy changed)"),
    (State.COMPLETED, Lateness.LATE): Text(zh="逾期完成", en="Completed late"),
    (State.COMPLETED, Lateness.NONE): Text(zh="已完成", en="Completed"),
    (State.WAIVED, Lateness.NONE): Text(zh="免学（已批准）", en="Waived (approved)"),
}


class Wanted(StrEnum):
    """What the list can be filtered by; the words overlap, as they do in totals."""

    UNFINISHED = "unfinished"
    OVERDUE = "overdue"
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    MAKE_UP = "make_up"
    LATE = "late"
    WAIVED = "waived"


WANTED_WORDS: dict[Wanted, Text] = {
    Wanted.UNFINISHED: Text(zh="未完成（含未开始、学习中）", en="Unfinished (not started or in progress)"),
    Wanted.OVERDUE: Text(zh="逾期未完成", en="Overdue"),
    Wanted.NOT_STARTED: Text(zh="未开始", en="Not started"),
    Wanted.IN_PROGRESS: Text(zh="学习中", en="In progress"),
    Wanted.COMPLETED: Text(zh="已完成（含待补学）", en="Completed (with those to make up)"),
    Wanted.MAKE_UP: Text(zh="待补学（政策更新）", en="To make up (policy changed)"),
    Wanted.LATE: Text(zh="逾期完成", en="Completed late"),
    Wanted.WAIVED: Text(zh="免学（已批准）", en="Waived (approved)"),
}


@dataclass(frozen=True)
class Cell:
    """A person's standing in a module as a list shows it: never the date of the pass, at most its month.

    `due_on` is set where something is still owed.
    """

    state: State
    lateness: Lateness
    due_on: date | None = None
    month: str | None = None

    @property
    def words(self) -> Text:
        """The state in words."""
        return KIND_WORDS[self.state, self.lateness]

    @property
    def code(self) -> int:
        """The place of the kind in `KINDS`."""
        return KINDS.index((self.state, self.lateness))


def matches(wanted: Wanted, kind: Kind) -> bool:
    """Whether a kind of standing is among those a filter asks for."""
    state, lateness = kind
    if wanted is Wanted.UNFINISHED:
        return state in (State.NOT_STARTED, State.IN_PROGRESS)
    if wanted is Wanted.OVERDUE:
        return lateness is Lateness.OVERDUE
    if wanted is Wanted.COMPLETED:
        return state.counts_as_completed
    if wanted is Wanted.LATE:
        return lateness is Lateness.LATE
    return state.value == wanted.value


def codes_of(wanted: Wanted) -> tuple[int, ...]:
    """The codes of the kinds a filter asks for."""
    return tuple(code for code, kind in enumerate(KINDS) if matches(wanted, kind))


@dataclass(frozen=True)
class ModuleTally:
    """How many people stand where in a module; `required` leaves out the waived and is the denominator."""

    required: int
    completed: int
    make_up: int
    in_progress: int
    not_started: int
    overdue: int
    late: int
    waived: int


@dataclass(frozen=True)
class Tally:
    """How many people a list holds, and how they stand.

    `required` owe at least one module; `all_done` of them have completed every module they owe.
    """

    people: int
    required: int
    all_done: int
    modules: tuple[ModuleTally, ...]


def tally(counts: Mapping[tuple[int, ...], int], modules: int) -> Tally:
    """The figures of a list from the number of people with each combination of kinds."""
    owing = {codes: number for codes, number in counts.items() if any(_owed(code) for code in codes)}
    done = sum(number for codes, number in owing.items() if all(_done(code) for code in codes if _owed(code)))
    return Tally(
        people=sum(counts.values()),
        required=sum(owing.values()),
        all_done=done,
        modules=tuple(_of_module(counts, place) for place in range(modules)),
    )


def _owed(code: int) -> bool:
    return KINDS[code][0] is not State.WAIVED


def _done(code: int) -> bool:
    return KINDS[code][0].counts_as_completed


def _of_module(counts: Mapping[tuple[int, ...], int], place: int) -> ModuleTally:
    def number(wanted: Wanted) -> int:
        return sum(people for codes, people in counts.items() if matches(wanted, KINDS[codes[place]]))

    waived = number(Wanted.WAIVED)
    return ModuleTally(
        required=sum(counts.values()) - waived,
        completed=number(Wanted.COMPLETED),
        make_up=number(Wanted.MAKE_UP),
        in_progress=number(Wanted.IN_PROGRESS),
        not_started=number(Wanted.NOT_STARTED),
        overdue=number(Wanted.OVERDUE),
        late=number(Wanted.LATE),
        waived=waived,
    )
