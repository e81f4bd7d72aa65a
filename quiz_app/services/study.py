"""What a person owes and has done: one line a module, and one module in full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ..content.library import Library
from ..content.modules import StudyModule
from ..domain.errors import NotFound
from ..domain.people import Learner
from ..domain.standing import Standing, StandingDates, State, standing_of
from ..store import cycles, people, standings, units
from ..store.cycles import CycleRow
from .reopened import ChangedClause, changed_clauses
from .zone import local_date


@dataclass(frozen=True)
class StudyLine:
    """A module and where the person stands in it; `passed_on` is shown to nobody else."""

    module: StudyModule
    standing: Standing
    passed_on: date | None


@dataclass(frozen=True)
class Study:
    """The person's page: the cycle, if there is one, and a line for every module of the library."""

    cycle: CycleRow | None
    lines: tuple[StudyLine, ...]

    @property
    def owed(self) -> tuple[StudyLine, ...]:
        """The modules the cycle asks of the person."""
        return tuple(line for line in self.lines if line.standing.state is not State.OUT_OF_SCOPE)

    @property
    def others(self) -> tuple[StudyLine, ...]:
        """The modules open to read and answer all the same."""
        return tuple(line for line in self.lines if line.standing.state is State.OUT_OF_SCOPE)


@dataclass(frozen=True)
class ModuleView:
    """One module for one person, with the changed clauses behind a 待补学."""

    module: StudyModule
    line: StudyLine
    cycle: CycleRow | None
    changes: tuple[ChangedClause, ...]


def my_study(learner: Learner, library: Library, now: datetime) -> Study:
    """Where the person stands in every module today."""
    today = local_date(now)
    cycle = cycles.current_cycle(learner.enterprise_id, today, now)
    dates = standings.rows_of(learner.enterprise_id, cycle.id, learner.member_id) if cycle else {}
    in_scope = cycle is not None and _in_scope(learner, cycle, today, now)
    return Study(cycle, tuple(_line(module, cycle, dates, in_scope, today) for module in library.modules_in_order))


def my_module(learner: Learner, module_id: str, library: Library, now: datetime) -> ModuleView:
    """One module; raises `NotFound` where the library has none of this id."""
    study = my_study(learner, library, now)
    line = next((line for line in study.lines if line.module.id == module_id), None)
    if line is None:
        raise NotFound
    changes = changed_clauses(learner, line.module, library, now) if line.passed_on else ()
    return ModuleView(line.module, line, study.cycle, changes)


def _line(
    module: StudyModule, cycle: CycleRow | None, dates: dict[str, StandingDates], in_scope: bool, today: date
) -> StudyLine:
    if cycle is None:
        return StudyLine(module, standing_of(StandingDates(today), False, today), None)
    held = dates.get(module.id, StandingDates(cycle.rule.due_on))
    asked = in_scope and module.id in cycle.module_ids
    return StudyLine(module, standing_of(held, asked, today), held.passed_on)


def _in_scope(learner: Learner, cycle: CycleRow, today: date, now: datetime) -> bool:
    tree = units.tree(learner.enterprise_id, today, now)
    return people.is_in_audience(learner.enterprise_id, learner.member_id, cycle, tree, today, now)
