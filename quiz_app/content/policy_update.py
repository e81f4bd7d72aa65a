"""What a filled 政策更新单 changes in the register: the clauses and the slots, each with its difference."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .faults import Fault
from .library import Library
from .local import Slot
from .policy import Clause, Instrument, Revision, seal_of
from .policy_form import CLAUSES, SLOTS, FormInvalid, FormRow, Grids, rows_of
from .policy_form_rules import (
    clause_faults,
    day_of,
    doubled_faults,
    is_recorded_clause,
    is_recorded_slot,
    kind_of,
    new_gist,
    new_note,
    new_value,
    slot_faults,
    unknown_fault,
)
from .text import Text
from .yaml_edit import Edit, Quoted


@dataclass(frozen=True)
class ClauseUpdate:
    """A clause of an instrument with its new gist and the revision that records it."""

    instrument: Instrument
    clause: Clause
    gist: Text
    revision: Revision

    @property
    def ref(self) -> str:
        """The clause's reference."""
        return f"{self.instrument.id}/{self.clause.id}"

    def applied(self) -> Clause:
        """The clause as it reads with the new revision."""
        return self.clause.model_copy(update={"gist": self.gist, "revisions": (*self.clause.revisions, self.revision)})


@dataclass(frozen=True)
class SlotUpdate:
    """A slot with its new content."""

    slot: Slot
    value: Text

    def applied(self) -> Slot:
        """The slot as it reads with the new content."""
        return self.slot.model_copy(update={"value": self.value})


@dataclass(frozen=True)
class PolicyUpdate:
    """What a form changes; `recorded` names what it asks for and the register already holds."""

    clauses: tuple[ClauseUpdate, ...] = ()
    slots: tuple[SlotUpdate, ...] = ()
    recorded: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.clauses or self.slots)

    @property
    def meanings(self) -> Mapping[str, int]:
        """The clauses that change in meaning, each with the number of its new revision."""
        return {one.ref: one.revision.number for one in self.clauses if one.revision.kind == "meaning"}

    def applied(self, library: Library) -> Library:
        """The library as it reads after the update."""
        changed = {one.ref: one.applied() for one in self.clauses}
        instruments = {}
        for one in library.instruments.values():
            clauses = tuple(changed.get(f"{one.id}/{clause.id}", clause) for clause in one.clauses)
            instruments[one.id] = one.model_copy(update={"clauses": clauses})
        slots = {**library.slots, **{one.slot.id: one.applied() for one in self.slots}}
        return replace(library, instruments=instruments, slots=slots)


def update_of(library: Library, grids: Grids) -> PolicyUpdate:
    """What a filled form changes; raises `FormInvalid` with every fault of it."""
    clause_rows, faults = rows_of(grids, CLAUSES)
    slot_rows, more = rows_of(grids, SLOTS)
    clauses, slots = _by_ref(clause_rows), _by_ref(slot_rows)
    faults += [*doubled_faults(clause_rows)]
    for row in clause_rows:
        faults += _faults_of_clause(row, library)
    faults += [*more, *doubled_faults(slot_rows)]
    for row in slot_rows:
        faults += _faults_of_slot(row, library)
    if faults:
        raise FormInvalid(faults)
    return _update(library, clauses, slots)


def edits_of(library: Library, update: PolicyUpdate) -> dict[str, list[Edit]]:
    """The edits that write an update, by the file within the library's folder."""
    found: dict[str, list[Edit]] = defaultdict(list)
    for one in update.clauses:
        clause = ("clauses", one.instrument.clauses.index(one.clause))
        found[f"policy/{one.instrument.id}.yml"] += [
            Edit(clause, "gist", one.gist.model_dump()),
            Edit((*clause, "revisions"), None, _plain(one.revision)),
        ]
    for slot in update.slots:
        place = ("slots", list(library.slots).index(slot.slot.id))
        found["local.yml"].append(Edit(place, "value", slot.value.model_dump()))
    return found


def _plain(revision: Revision) -> dict[str, Any]:
    """A revision as the register writes it, date and seal in quotes."""
    return {**revision.model_dump(), "date": Quoted(revision.date), "seal": Quoted(revision.seal)}


def _by_ref(rows: Sequence[FormRow]) -> dict[str, FormRow]:
    """The rows that ask for something."""
    return {row.ref: row for row in rows if row.is_filled}


def _faults_of_clause(row: FormRow, library: Library) -> list[Fault]:
    if row.ref not in library.clauses:
        return [unknown_fault(row)]
    instrument, clause = library.clauses[row.ref]
    return [] if is_recorded_clause(row, clause) else [*clause_faults(row, instrument, clause)]


def _faults_of_slot(row: FormRow, library: Library) -> list[Fault]:
    if row.ref not in library.slots:
        return [unknown_fault(row)]
    slot = library.slots[row.ref]
    return [] if is_recorded_slot(row, slot) else [*slot_faults(row, slot)]


def _update(library: Library, clauses: Mapping[str, FormRow], slots: Mapping[str, FormRow]) -> PolicyUpdate:
    """The update that rows without fault ask for."""
    recorded = [ref for ref, row in clauses.items() if is_recorded_clause(row, library.clauses[ref][1])]
    recorded += [ref for ref, row in slots.items() if is_recorded_slot(row, library.slots[ref])]
    return PolicyUpdate(
        clauses=tuple(_clause_update(row, library) for ref, row in clauses.items() if ref not in recorded),
        slots=tuple(
            SlotUpdate(library.slots[ref], new_value(row)) for ref, row in slots.items() if ref not in recorded
        ),
        recorded=tuple(recorded),
    )


def _clause_update(row: FormRow, library: Library) -> ClauseUpdate:
    instrument, clause = library.clauses[row.ref]
    day, gist = day_of(row), new_gist(row)
    assert day is not None, "the row was found without fault"
    revision = Revision(
        number=clause.revision + 1,
        date=day,
        kind=kind_of(row),
        seal=seal_of(gist),
        note=new_note(row),
        before=clause.gist,
    )
    return ClauseUpdate(instrument, clause, gist, revision)
