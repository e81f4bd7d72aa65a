"""The learning facts of people, read in a fixed number of queries and handed to the rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Row, Select, and_, bindparam, exists, select, true
from sqlalchemy.orm import InstrumentedAttribute

from ..domain.standing import ExtensionFact, ModuleFacts, PassFact, Pin, SittingFact, WaiverFact
from .cycles import CycleRow
from .db import UtcDateTime, session
from .library import latest_digest
from .tables.learning import ModulePass, PassPin, Sitting
from .tables.library import ClauseChange, ReleaseCitation
from .tables.people import Extension, Waiver
from .valid import known

Key = tuple[str, str]
"""(member id, module id)."""


def module_facts(
    enterprise_id: str, cycle: CycleRow, known_at: datetime, member_ids: Sequence[str] | None = None
) -> dict[Key, ModuleFacts]:
    """The facts by member and module of a cycle, recorded by a moment, for all members or some.

    Four queries however many there are.
    """
    asked = _Asked(enterprise_id, known_at, member_ids, cycle.id)
    sittings, passes, waivers, extensions = _sittings(asked), _passes(asked), _waivers(asked), _extensions(asked)
    extended = {(member_id, module_id) for member_id in extensions for module_id in cycle.module_ids}
    return {
        key: ModuleFacts(
            sittings=sittings.get(key, ()),
            passes=passes.get(key, ()),
            waivers=waivers.get(key, ()),
            extensions=extensions.get(key[0], ()),
        )
        for key in {*sittings, *passes, *waivers, *extended}
        if key[1] in cycle.module_ids
    }


def passes_of(enterprise_id: str, member_id: str, module_id: str, known_at: datetime) -> list[PassFact]:
    """A person's passes of a module with those of their pins that a change of meaning may have overtaken."""
    return _passes(_Asked(enterprise_id, known_at, [member_id])).get((member_id, module_id), [])


@dataclass(frozen=True)
class _Asked:
    """Whose facts are wanted, as known when."""

    enterprise_id: str
    known_at: datetime
    member_ids: Sequence[str] | None
    cycle_id: str = ""

    def rows(
        self, query_of: Callable[[bool], Select[*tuple[Any, ...]]], **more: object
    ) -> Iterable[Row[*tuple[Any, ...]]]:
        """The rows of a query that is made for everybody or for some."""
        some = self.member_ids is not None
        values = {"enterprise_id": self.enterprise_id, "known_at": self.known_at, **more}
        if some:
            values["member_ids"] = self.member_ids
        return session().execute(query_of(some), values)


def _sittings(asked: _Asked) -> dict[Key, list[SittingFact]]:
    found: dict[Key, list[SittingFact]] = defaultdict(list)
    for member_id, module_id, started_on, recorded_at in asked.rows(_sitting_query):
        found[member_id, module_id].append(SittingFact(started_on, recorded_at))
    return found


def _passes(asked: _Asked) -> dict[Key, list[PassFact]]:
    pins: dict[tuple[Any, ...], list[Pin]] = defaultdict(list)
    for *one, concept_id, clause_ref, revision in asked.rows(_pass_query):
        held = pins[tuple(one)]
        if concept_id is not None:
            held.append(Pin(concept_id, clause_ref, revision))
    found: dict[Key, list[PassFact]] = defaultdict(list)
    for (member_id, module_id, kind, passed_on, recorded_at, _), held in pins.items():
        found[member_id, module_id].append(PassFact(kind, passed_on, recorded_at, frozenset(held)))
    return found


def _waivers(asked: _Asked) -> dict[Key, list[WaiverFact]]:
    found: dict[Key, list[WaiverFact]] = defaultdict(list)
    for member_id, module_id, valid_from, valid_to, recorded_at in asked.rows(_waiver_query, cycle_id=asked.cycle_id):
        if valid_to is None or valid_from < valid_to:
            found[member_id, module_id].append(WaiverFact(valid_from, valid_to, recorded_at))
    return found


def _extensions(asked: _Asked) -> dict[str, list[ExtensionFact]]:
    found: dict[str, list[ExtensionFact]] = defaultdict(list)
    for member_id, due_on, recorded_at in asked.rows(_extension_query, cycle_id=asked.cycle_id):
        found[member_id].append(ExtensionFact(due_on, recorded_at))
    return found


# Each query is made once for everybody and once for some people, because making one costs more than running it.
_ENTERPRISE: BindParameter[str] = bindparam("enterprise_id")
_CYCLE: BindParameter[str] = bindparam("cycle_id")
_KNOWN_AT: BindParameter[datetime] = bindparam("known_at", type_=UtcDateTime())


@cache
def _sitting_query(some: bool) -> Select[*tuple[Any, ...]]:
    return select(Sitting.member_id, Sitting.module_id, Sitting.started_on, Sitting.recorded_at).where(
        Sitting.enterprise_id == _ENTERPRISE, Sitting.recorded_at <= _KNOWN_AT, _chosen(Sitting.member_id, some)
    )


@cache
def _pass_query(some: bool) -> Select[*tuple[Any, ...]]:
    """The passes with the pins that the rules look at.

    A pin counts where its clause ever changed in meaning, and while the newest release still cites the
    clause there: what was taken out cannot be made up. Joined from the passes, because without statistics
    SQLite would else begin with every pin of the enterprise.
    """
    still_cited = exists().where(
        ReleaseCitation.digest == latest_digest(_KNOWN_AT).scalar_subquery(),
        ReleaseCitation.module_id == ModulePass.module_id,
        ReleaseCitation.concept_id == PassPin.concept_id,
        ReleaseCitation.clause_ref == PassPin.clause_ref,
    )
    changed = select(ClauseChange.clause_ref).where(ClauseChange.recorded_at <= _KNOWN_AT)
    pinned = and_(
        PassPin.enterprise_id == _ENTERPRISE,
        PassPin.pass_id == ModulePass.id,
        PassPin.clause_ref.in_(changed),
        still_cited,
    )
    passes = (ModulePass.member_id, ModulePass.module_id, ModulePass.kind, ModulePass.passed_on)
    return (
        select(*passes, ModulePass.recorded_at, ModulePass.id, PassPin.concept_id, PassPin.clause_ref, PassPin.revision)
        .select_from(ModulePass)
        .outerjoin(PassPin, pinned)
        .where(
            ModulePass.enterprise_id == _ENTERPRISE,
            ModulePass.recorded_at <= _KNOWN_AT,
            _chosen(ModulePass.member_id, some),
        )
    )


@cache
def _waiver_query(some: bool) -> Select[*tuple[Any, ...]]:
    return select(Waiver.member_id, Waiver.module_id, Waiver.valid_from, Waiver.valid_to, Waiver.recorded_at).where(
        Waiver.cycle_id == _CYCLE, known(Waiver, _ENTERPRISE, _KNOWN_AT), _chosen(Waiver.member_id, some)
    )


@cache
def _extension_query(some: bool) -> Select[*tuple[Any, ...]]:
    return select(Extension.member_id, Extension.due_on, Extension.recorded_at).where(
        Extension.enterprise_id == _ENTERPRISE,
        Extension.cycle_id == _CYCLE,
        Extension.recorded_at <= _KNOWN_AT,
        _chosen(Extension.member_id, some),
    )


def _chosen(column: InstrumentedAttribute[str], some: bool) -> ColumnElement[bool]:
    return column.in_(bindparam("member_ids", expanding=True)) if some else true()
