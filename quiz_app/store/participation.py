"""What a report counts, straight from the facts: one statement for the people, one for the concepts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, case, func, select

from ..domain.completion import KINDS, Kind
from .cycles import CycleRow
from .db import session
from .participation_query import NEW, CutOff, Scope, counted
from .tables.learning import Answer, Sitting, SittingItem
from .units import UnitTree

__all__ = [
    "CutOff",
    "MissedCount",
    "ModuleState",
    "ProfileCount",
    "first_answers",
    "first_answers_query",
    "profile_counts",
    "state_of",
]


@dataclass(frozen=True)
class ModuleState:
    """The kind of a standing, and whether it is a completion of this month."""

    kind: Kind
    new: bool = False


@dataclass(frozen=True)
class ProfileCount:
    """How many people of a unit and branch share the same state in every module of the cycle."""

    unit_id: str
    branch_id: str | None
    states: tuple[ModuleState, ...]
    people: int


@dataclass(frozen=True)
class MissedCount:
    """How many people first answered a concept, and how many of them missed it."""

    module_id: str
    concept_id: str
    answered: int
    missed: int


@cache
def state_of(code: int) -> ModuleState:
    """The state that a code of the statement stands for."""
    kind = KINDS[code % NEW]
    return ModuleState(kind, code >= NEW and kind[0].counts_as_completed)


def profile_counts(enterprise_id: str, cycle: CycleRow, tree: UnitTree, cut: CutOff) -> list[ProfileCount]:
    """The people of a cycle's audience by unit, branch and state in each module, in one statement.

    Agrees with `domain.standing` on any facts; a person is counted once, whatever rows there are.
    """
    width = len(cycle.module_ids)
    rows = session().execute(counted(Scope(enterprise_id, cycle, tree, cut)))
    return [ProfileCount(row[0], row[1], tuple(state_of(code) for code in row[2 : 2 + width]), row[-1]) for row in rows]


def first_answers(enterprise_id: str, cycle: CycleRow, as_of: date, known_at: datetime) -> list[MissedCount]:
    """How each concept was answered at the very first try, in sittings begun from the cycle's opening to a day.

    A person's first sitting of a module asks every concept once at the first try, so each row counts people.
    """
    rows = session().execute(first_answers_query(enterprise_id, cycle, as_of, known_at))
    return [MissedCount(*row) for row in rows]


def first_answers_query(
    enterprise_id: str, cycle: CycleRow, as_of: date, known_at: datetime
) -> Select[str, str, int, Any]:
    """The statement behind `first_answers`."""
    missed = func.sum(case((Answer.right, 0), else_=1))
    return (
        select(Sitting.module_id, SittingItem.concept_id, func.count(), missed)
        .join(SittingItem, and_(SittingItem.enterprise_id == enterprise_id, SittingItem.sitting_id == Sitting.id))
        .join(
            Answer,
            and_(
                Answer.enterprise_id == enterprise_id,
                Answer.sitting_id == SittingItem.sitting_id,
                Answer.position == SittingItem.position,
            ),
        )
        .where(
            Sitting.enterprise_id == enterprise_id,
            Sitting.number == 1,
            Sitting.kind == "quiz",
            Sitting.module_id.in_(cycle.module_ids),
            Sitting.started_on.between(cycle.rule.opens_on, as_of),
            SittingItem.try_number == 1,
            Answer.recorded_at <= known_at,
        )
        .group_by(Sitting.module_id, SittingItem.concept_id)
        .order_by(Sitting.module_id, SittingItem.concept_id)
    )
