"""The body of a report: its inputs, the names that were valid, and the figures, as one plain value without floats."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from ..content.library import Library
from ..domain.disclosure import Missed
from ..domain.naming import name_key
from ..domain.participation import NO_PLACE, Concept, Counted, Group, Profile, Sums, count, most_missed, rate
from ..store import units
from ..store.cycles import CycleRow
from ..store.participation import CutOff, MissedCount, ProfileCount, first_answers, profile_counts
from ..store.reports import ReportRow
from ..store.units import UnitTree

FORMAT = 1
NO_BRANCH_NAME = {"zh": "未编入支部", "en": "In no branch"}
DIRECT_NAME = {"zh": "本级", "en": "Directly under the enterprise"}


@dataclass(frozen=True)
class Inputs:
    """Everything a report is computed from besides the facts themselves."""

    enterprise_id: str
    unit_id: str
    period: str
    serial: str
    version: int
    corrects: int | None
    note: str | None
    as_of: date
    known_at: datetime
    month_begins: date
    rules: str
    time_zone: str


@dataclass(frozen=True)
class Earlier:
    """What earlier reports of the same unit and cycle have shown, so that no difference tells of a few."""

    merged_units: frozenset[str] = frozenset()
    merged_branches: frozenset[str] = frozenset()
    missed: Mapping[tuple[str, str], list[Missed]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[ReportRow], period: str) -> Earlier:
        """Read from the stored bodies; merged rows bind the versions of the same month."""
        merged: dict[str, set[str]] = {"units": set(), "branches": set()}
        missed: dict[tuple[str, str], list[Missed]] = {}
        for row in rows:
            body = json.loads(row.body)
            for key, found in merged.items():
                if row.period == period and body["figures"]:
                    groups = body["figures"][key]
                    found.update(one for group in groups if len(group["members"]) > 1 for one in group["members"])
            for one in body["concepts"]:
                shown = Missed(one["answered"], one["missed"], date.fromisoformat(one["as_of"]))
                missed.setdefault((one["module_id"], one["concept_id"]), []).append(shown)
        return cls(frozenset(merged["units"]), frozenset(merged["branches"]), missed)


def body_of(inputs: Inputs, cycle: CycleRow, library: Library, earlier: Earlier) -> dict[str, Any]:
    """The whole body, ready to be written as canonical JSON."""
    tree = units.tree(inputs.enterprise_id, inputs.as_of, inputs.known_at)
    cut = CutOff(inputs.as_of, inputs.known_at, inputs.month_begins)
    counts = profile_counts(inputs.enterprise_id, cycle, tree, cut)
    answers = first_answers(inputs.enterprise_id, cycle, inputs.as_of, inputs.known_at)
    counted = count(
        _profiles(counts, inputs.unit_id, tree), cycle.module_ids, (earlier.merged_units, earlier.merged_branches)
    )
    enterprise = units.enterprise(inputs.enterprise_id)
    assert enterprise is not None, "a report belongs to an enterprise"
    return {
        "format": FORMAT,
        **{key: value for key, value in asdict(inputs).items() if key not in ("as_of", "known_at", "month_begins")},
        "as_of": inputs.as_of.isoformat(),
        "known_at": inputs.known_at.isoformat(),
        "release": library.digest,
        "enterprise": {"zh": enterprise.name_zh, "en": enterprise.name_en},
        "cycle": {
            "id": cycle.id,
            "zh": cycle.name_zh,
            "en": cycle.name_en,
            "opens_on": cycle.rule.opens_on.isoformat(),
            "due_on": cycle.rule.due_on.isoformat(),
        },
        "figures": _figures(counted, tree, inputs.unit_id, library) if counted else None,
        "concepts": _concepts(answers, earlier, inputs.as_of, library) if counted else [],
    }


def _figures(counted: Counted, tree: UnitTree, unit_id: str, library: Library) -> dict[str, Any]:
    numbers = {module.id: module.number for module in library.modules.values()}
    return {
        "total": _sums(counted.whole),
        "modules": [
            {
                "module_id": row.module_id,
                "title": _title(library, row.module_id),
                **_sums(row.sums),
                "new": row.new,
            }
            for row in sorted(counted.modules, key=lambda row: numbers.get(row.module_id, 0))
        ],
        "units": _by_name(counted.units, tree, unit_id),
        "branches": _by_name(counted.branches, tree, unit_id),
    }


def _sums(sums: Sums) -> dict[str, int]:
    return {**asdict(sums), "rate": sums.rate}


def _title(library: Library, module_id: str) -> dict[str, str]:
    module = library.modules.get(module_id)
    return {"zh": module.title.zh, "en": module.title.en} if module else {"zh": module_id, "en": module_id}


def _by_name(rows: Iterable[Group], tree: UnitTree, unit_id: str) -> list[dict[str, Any]]:
    """Rows in order of name and never of a figure, the merged one last."""
    named = [_named(row, tree, unit_id) for row in rows]
    return sorted(named, key=lambda row: (len(row["members"]) > 1, name_key(row["names"][0]["zh"]), row["members"]))


def _named(row: Group, tree: UnitTree, unit_id: str) -> dict[str, Any]:
    names = [_name(member, tree, unit_id) for member in row.members]
    names.sort(key=lambda name: name_key(name["zh"]))
    # How many people of a unit are waived is not shown: they are not among the people of the row.
    figures = {key: value for key, value in _sums(row.sums).items() if key != "waived"}
    return {"members": list(row.members), "names": names, **figures}


def _name(member: str, tree: UnitTree, unit_id: str) -> dict[str, str]:
    if member == NO_PLACE:
        return NO_BRANCH_NAME
    if member == unit_id or member not in tree.units:
        return DIRECT_NAME
    return {"zh": tree.units[member].name_zh, "en": tree.units[member].name_en}


def _profiles(counts: Iterable[ProfileCount], unit_id: str, tree: UnitTree) -> list[Profile]:
    row_of = {below: child.id for child in tree.children(unit_id) for below in tree.below(child.id)}
    return [
        Profile(
            unit=row_of.get(one.unit_id, unit_id),
            branch=one.branch_id or NO_PLACE,
            kinds=tuple(state.kind for state in one.states),
            new=tuple(state.new for state in one.states),
            people=one.people,
        )
        for one in counts
    ]


def _concepts(answers: Iterable[MissedCount], earlier: Earlier, as_of: date, library: Library) -> list[dict[str, Any]]:
    found: dict[Concept, tuple[Missed, list[Missed]]] = {
        (one.module_id, one.concept_id): (
            Missed(one.answered, one.missed, as_of),
            earlier.missed.get((one.module_id, one.concept_id), []),
        )
        for one in answers
    }
    return [_concept(concept, missed, library) for concept, missed in most_missed(found)]


def _concept(concept: Concept, missed: Missed, library: Library) -> dict[str, Any]:
    module_id, concept_id = concept
    module = library.modules.get(module_id)
    content = module.concept(concept_id) if module else None
    known = [library.clauses[ref] for ref in content.clauses if ref in library.clauses] if content else []
    return {
        "module_id": module_id,
        "concept_id": concept_id,
        "module": _title(library, module_id),
        "title": content.title.model_dump() if content else {"zh": concept_id, "en": concept_id},
        "clauses": [
            {
                "zh": f"{instrument.short_title.zh}{clause.locator.zh}",
                "en": f"{instrument.short_title.en}, {clause.locator.en}",
            }
            for instrument, clause in known
        ],
        "answered": missed.answered,
        "missed": missed.missed,
        "rate": rate(missed.missed, missed.answered),
        "as_of": missed.as_of.isoformat(),
    }
