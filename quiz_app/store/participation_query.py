"""The one statement that counts the people of a report: from the facts to a code for each module.

Every part reduces one table to a row a person with a column a module, as `domain.standing.dates_of`
reduces the facts of one person to dates; the words of these dates are then `standing_code.kind_code`,
and the people are counted by them. A property test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, null, select, true

from .cycles import CycleRow, in_audience
from .library import latest_release, meaning_changes
from .overtaken import overtaken
from .standing_code import kind_code
from .tables.learning import ModulePass, PassPin, Sitting
from .tables.library import ReleaseCitation
from .tables.people import Extension, Membership, Waiver
from .units import UnitTree
from .valid import holds

NEW = 100
"""Added to the code of a kind when the module was completed since the first day of the month."""


@dataclass(frozen=True)
class CutOff:
    """The day a report speaks of and the moment of what was known; a later record changes nothing."""

    as_of: date
    known_at: datetime
    month_begins: date


@dataclass(frozen=True)
class Scope:
    """Whose people are counted, and by which facts."""

    enterprise_id: str
    cycle: CycleRow
    tree: UnitTree
    cut: CutOff


def counted(scope: Scope) -> Any:
    """Unit, branch, a code for each module of the cycle, and how many people share them."""
    people = _people(scope)
    parts = {
        "passed": _passed(scope).subquery("passed"),
        "begun": _begun(scope).subquery("begun"),
        "waived": _waived(scope).subquery("waived"),
        "due": _due(scope).subquery("due"),
    }
    newest = _newest_meanings(scope.cut)
    if newest:
        parts["reopened"] = _reopened(scope, newest).subquery("reopened")
    joined: Any = people
    for part in parts.values():
        joined = joined.outerjoin(part, part.c.member_id == people.c.member_id)
    numbers = range(len(scope.cycle.module_ids))
    codes = [_code(number, scope, parts) for number in numbers]
    groups = (people.c.unit_id, people.c.branch_id)
    labels = [f"state{number}" for number in numbers]
    return select(*groups, *codes, func.count()).select_from(joined).group_by(*groups, *labels)


def _people(scope: Scope) -> Any:
    # Both places in one pass over the memberships; a person outside the audience has no unit and is left out.
    asked = and_(Membership.line == "administrative", in_audience(scope.cycle, scope.tree))
    unit_id = func.min(case((asked, Membership.unit_id)))
    branch_id = func.min(case((Membership.line == "party", Membership.unit_id)))
    return (
        select(Membership.member_id, unit_id.label("unit_id"), branch_id.label("branch_id"))
        .where(holds(Membership, scope.enterprise_id, scope.cut.as_of, scope.cut.known_at))
        .group_by(Membership.member_id)
        .having(unit_id.is_not(None))
        .subquery("people")
    )


def _code(number: int, scope: Scope, parts: dict[str, Any]) -> ColumnElement[int]:
    column = f"m{number}"
    passed_on = parts["passed"].c[column]
    dates = SimpleNamespace(
        due_on=parts["due"].c.due_on,
        waived_from=parts["waived"].c[column],
        waived_to=null(),
        started_on=parts["begun"].c[column],
        passed_on=passed_on,
        reopened_on=parts["reopened"].c[column] if "reopened" in parts else null(),
    )
    new = case((passed_on >= scope.cut.month_begins, NEW), else_=0)
    return (kind_code(dates, scope.cycle.rule.due_on, scope.cut.as_of) + new).label(f"state{number}")


def _passed(scope: Scope) -> Any:
    return (
        select(ModulePass.member_id, *_by_module(ModulePass.module_id, ModulePass.passed_on, scope))
        .where(
            ModulePass.enterprise_id == scope.enterprise_id,
            ModulePass.kind == "quiz",
            ModulePass.recorded_at <= scope.cut.known_at,
            ModulePass.passed_on <= scope.cut.as_of,
            _counts(ModulePass.passed_on, scope),
        )
        .group_by(ModulePass.member_id)
    )


def _begun(scope: Scope) -> Any:
    return (
        select(Sitting.member_id, *_by_module(Sitting.module_id, Sitting.started_on, scope))
        .where(
            Sitting.enterprise_id == scope.enterprise_id,
            Sitting.recorded_at <= scope.cut.known_at,
            Sitting.started_on <= scope.cut.as_of,
            _counts(Sitting.started_on, scope),
        )
        .group_by(Sitting.member_id)
    )


def _newest_meanings(cut: CutOff) -> dict[str, int]:
    newest: dict[str, int] = {}
    for change in meaning_changes(cut.known_at):
        if change.effective_on <= cut.as_of:
            newest[change.clause_ref] = max(change.revision, newest.get(change.clause_ref, 0))
    return newest


def _reopened(scope: Scope, newest: dict[str, int]) -> Any:
    still_cited = exists().where(
        ReleaseCitation.digest == latest_release(scope.cut.known_at),
        ReleaseCitation.module_id == ModulePass.module_id,
        ReleaseCitation.concept_id == PassPin.concept_id,
        ReleaseCitation.clause_ref == PassPin.clause_ref,
    )
    found = overtaken(scope.enterprise_id, newest, still_cited, scope.cut.as_of, scope.cut.known_at).subquery()
    days = _by_module(found.c.module_id, literal(scope.cut.as_of), scope)
    return select(found.c.member_id, *days).group_by(found.c.member_id)


def _waived(scope: Scope) -> Any:
    return (
        select(Waiver.member_id, *_by_module(Waiver.module_id, Waiver.valid_from, scope))
        .where(holds(Waiver, scope.enterprise_id, scope.cut.as_of, scope.cut.known_at))
        .where(Waiver.cycle_id == scope.cycle.id)
        .group_by(Waiver.member_id)
    )


def _due(scope: Scope) -> Any:
    place = func.row_number().over(
        partition_by=Extension.member_id, order_by=(Extension.recorded_at.desc(), Extension.due_on.desc())
    )
    latest = (
        select(Extension.member_id, Extension.due_on, place.label("place"))
        .where(
            Extension.enterprise_id == scope.enterprise_id,
            Extension.cycle_id == scope.cycle.id,
            Extension.recorded_at <= scope.cut.known_at,
        )
        .subquery()
    )
    due_on = func.min(latest.c.due_on).label("due_on")
    return select(latest.c.member_id, due_on).where(latest.c.place == 1).group_by(latest.c.member_id)


def _by_module(module_id: Any, day: Any, scope: Scope) -> list[ColumnElement[date]]:
    asked = enumerate(scope.cycle.module_ids)
    return [func.min(case((module_id == one, day))).label(f"m{number}") for number, one in asked]


def _counts(day: Any, scope: Scope) -> ColumnElement[bool]:
    return true() if scope.cycle.rule.earlier_passes_count else day >= scope.cycle.rule.opens_on
