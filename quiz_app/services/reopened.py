"""What a changed clause re-opens for a person: the concepts, with the old and the new text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..content.library import Library
from ..content.modules import Concept, StudyModule
from ..content.policy import Clause, Instrument
from ..content.text import Text
from ..domain.people import Learner
from ..domain.standing import reopened_pins
from ..store import facts
from ..store.library import meaning_changes, time_zone


@dataclass(frozen=True)
class ChangedClause:
    """A clause that changed in meaning since a person passed: old and new text, side by side."""

    ref: str
    instrument: Instrument
    clause: Clause
    concepts: tuple[Concept, ...]
    before: Text
    after: Text
    notes: tuple[Text, ...]


def reopened_concepts(learner: Learner, module: StudyModule, library: Library, now: datetime) -> tuple[Concept, ...]:
    """The concepts of a module that a person has to make up, in the module's order."""
    ids = {concept.id for change in changed_clauses(learner, module, library, now) for concept in change.concepts}
    return tuple(concept for concept in module.concepts if concept.id in ids)


def changed_clauses(
    learner: Learner, module: StudyModule, library: Library, now: datetime
) -> tuple[ChangedClause, ...]:
    """The clauses behind 待补学, each with the concepts it re-opens and both texts."""
    passes = facts.passes_of(learner.enterprise_id, learner.member_id, module.id, now)
    today = now.astimezone(time_zone()).date()
    oldest: dict[str, int] = {}
    concepts: dict[str, set[str]] = {}
    for pin in reopened_pins(passes, meaning_changes(now), today, now):
        oldest[pin.clause_ref] = min(pin.revision, oldest.get(pin.clause_ref, pin.revision))
        concepts.setdefault(pin.clause_ref, set()).add(pin.concept_id)
    return tuple(
        _changed(ref, revision, concepts[ref], module, library)
        for ref, revision in sorted(oldest.items())
        if ref in library.clauses
    )


def _changed(ref: str, revision: int, concept_ids: set[str], module: StudyModule, library: Library) -> ChangedClause:
    instrument, clause = library.clauses[ref]
    return ChangedClause(
        ref=ref,
        instrument=instrument,
        clause=clause,
        concepts=tuple(concept for concept in module.concepts if concept.id in concept_ids),
        before=clause.gist_at(revision),
        after=clause.gist,
        notes=tuple(r.note for r in clause.revisions if r.number > revision and r.kind == "meaning" and r.note),
    )
