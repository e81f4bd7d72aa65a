"""The kind of a standing as an SQL expression, equal to `domain.standing.standing_of` (a property test holds them)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, case, func, literal_column, or_

from ..domain.completion import KINDS, Kind
from ..domain.standing import Lateness, State


def kind_code(standing: Any, cycle_due_on: date, as_of: date) -> ColumnElement[int]:
    """The place in `KINDS` of a left-joined `Standing` row on a day; no row means no fact yet.

    `KINDS` is ordered so that the answer to each question adds a step to the place; so the expression
    stays short, and a list of three modules within what the driver keeps prepared.
    """
    due_on = func.coalesce(standing.due_on, cycle_due_on)
    waived = and_(standing.waived_from <= as_of, or_(standing.waived_to.is_(None), standing.waived_to > as_of))
    done = _place(State.MAKE_UP, Lateness.LATE) + _steps(
        (standing.passed_on > due_on, 0, _LESS_LATE), (standing.reopened_on <= as_of, 0, _NOT_REOPENED)
    )
    owed = _place(State.NOT_STARTED, Lateness.OVERDUE) + _steps(
        (standing.started_on <= as_of, _BEGUN, 0), (due_on < as_of, 0, _NOT_OVERDUE)
    )
    return case((waived, _place(State.WAIVED, Lateness.NONE)), (standing.passed_on <= as_of, done), else_=owed)


def _place(state: State, lateness: Lateness) -> ColumnElement[int]:
    return _constant(KINDS.index((state, lateness)))


def _steps(*questions: tuple[ColumnElement[bool], int, int]) -> ColumnElement[int]:
    first, second = (case((asked, _constant(yes)), else_=_constant(no)) for asked, yes, no in questions)
    return first + second


def _constant(number: int) -> ColumnElement[int]:
    # A constant of the program and no value of a person, so it stands in the statement itself.
    return literal_column(str(number), Integer)


def _step(one: Kind, other: Kind) -> int:
    return KINDS.index(other) - KINDS.index(one)


_LESS_LATE = _step((State.MAKE_UP, Lateness.LATE), (State.MAKE_UP, Lateness.NONE))
_NOT_REOPENED = _step((State.MAKE_UP, Lateness.LATE), (State.COMPLETED, Lateness.LATE))
_BEGUN = _step((State.NOT_STARTED, Lateness.OVERDUE), (State.IN_PROGRESS, Lateness.OVERDUE))
_NOT_OVERDUE = _step((State.NOT_STARTED, Lateness.OVERDUE), (State.NOT_STARTED, Lateness.NONE))
