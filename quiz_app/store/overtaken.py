"""Whose passes rest on clauses that have changed in meaning, or would change: one rule for reports and forecasts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, distinct, exists, func, select, tuple_

from ..content.library import Citation
from ..domain.completion import KINDS
from .completion import Scope
from .cycles import in_audience
from .db import session
from .standing_code import kind_code
from .tables.learning import ModulePass, PassPin, Standing
from .tables.people import Membership
from .valid import holds

_COMPLETED = tuple(code for code, (state, _) in enumerate(KINDS) if state.counts_as_completed)


def overtaken(
    enterprise_id: str, newest: Mapping[str, int], still_cited: ColumnElement[bool], as_of: date, known_at: datetime
) -> Select[str, str]:
    """A row for each member, module, concept and clause whose highest pin lies before the newest change of meaning.

    As `domain.standing.reopened_pins`. The few changed clauses stand in the statement, so that it begins at their
    pins and not at all passes.
    """
    return (
        select(ModulePass.member_id, ModulePass.module_id)
        .join(PassPin, and_(PassPin.enterprise_id == enterprise_id, PassPin.pass_id == ModulePass.id))
        .where(
            PassPin.clause_ref.in_(sorted(newest)),
            ModulePass.enterprise_id == enterprise_id,
            ModulePass.recorded_at <= known_at,
            ModulePass.passed_on <= as_of,
            still_cited,
        )
        .group_by(ModulePass.member_id, ModulePass.module_id, PassPin.concept_id, PassPin.clause_ref)
        .having(func.max(PassPin.revision) < case(dict(newest), value=PassPin.clause_ref))
    )


def people_who_would_study_again(scope: Scope, meanings: Mapping[str, int], citations: Collection[Citation]) -> int:
    """How many people changes of meaning would make study again, if they applied on the day of the scope.

    `meanings` are the clauses with the revisions they would have, `citations` what the library would cite then.
    Somebody who has to make up something else already is counted too.
    """
    cited = [(one.module_id, one.concept_id, one.clause_ref) for one in citations if one.clause_ref in meanings]
    if not cited:
        return 0
    still_cited = tuple_(ModulePass.module_id, PassPin.concept_id, PassPin.clause_ref).in_(cited)
    again = overtaken(scope.enterprise_id, meanings, still_cited, scope.as_of, scope.known_at).subquery("again")
    people = (
        select(func.count(distinct(Standing.member_id)))
        .join(again, and_(again.c.member_id == Standing.member_id, again.c.module_id == Standing.module_id))
        .where(
            Standing.enterprise_id == scope.enterprise_id,
            Standing.cycle_id == scope.cycle.id,
            kind_code(Standing, scope.cycle.rule.due_on, scope.as_of).in_(_COMPLETED),
            exists().where(_place_in_audience(scope)),
        )
    )
    return session().scalar(people) or 0


def _place_in_audience(scope: Scope) -> Any:
    return and_(
        Membership.member_id == Standing.member_id,
        Membership.line == "administrative",
        holds(Membership, scope.enterprise_id, scope.as_of, scope.known_at),
        in_audience(scope.cycle, scope.tree),
    )
