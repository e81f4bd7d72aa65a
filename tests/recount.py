"""Recounts a report from rows of the database alone: nothing of the product is imported here.

`Rows` are the tables as they lie in the database, every date and moment as text. Of the report only
the inputs are taken (who, which day, which cut-off, what stands in which row), never a figure.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

Row = dict[str, Any]
Rows = dict[str, list[Row]]
TABLES = [
    "unit_edge",
    "membership",
    "cycle",
    "cycle_module",
    "cycle_audience",
    "sitting",
    "sitting_item",
    "answer",
    "module_pass",
    "pass_pin",
    "waiver",
    "extension",
    "clause_change",
    "release_citation",
]


class Recount:
    """One report, counted again."""

    def __init__(self, rows: Rows, report: Row) -> None:
        self.rows = rows
        self.report = report
        self.enterprise = report["enterprise_id"]
        self.as_of = report["as_of"]
        moment = datetime.fromisoformat(report["known_at"]).astimezone(UTC)
        self.known_at = moment.replace(tzinfo=None).isoformat(" ", "microseconds")
        (self.cycle,) = [one for one in self.own("cycle") if one["id"] == report["cycle"]["id"]]
        cycle_modules = [one for one in self.own("cycle_module") if one["cycle_id"] == self.cycle["id"]]
        self.modules = sorted(one["module_id"] for one in cycle_modules)
        self.parent = {one["child_id"]: one["parent_id"] for one in self.held("unit_edge")}
        self.branch = {one["member_id"]: one["unit_id"] for one in self.held("membership") if one["line"] == "party"}
        self.unit = {one["member_id"]: one["unit_id"] for one in self.held("membership") if self._asked(one)}
        self.states = {member: [self._state(member, one) for one in self.modules] for member in self.unit}

    def own(self, table: str) -> list[Row]:
        """The rows of the enterprise."""
        return [one for one in self.rows[table] if one["enterprise_id"] == self.enterprise]

    def known(self, table: str) -> list[Row]:
        """Those recorded by the cut-off and not withdrawn by then."""
        rows = [one for one in self.own(table) if one["recorded_at"] <= self.known_at]
        withdrawn = {one.get("retracts") for one in rows}
        return [one for one in rows if one["id"] not in withdrawn]

    def held(self, table: str) -> list[Row]:
        """Those whose span holds the day."""
        return [one for one in self.known(table) if self._spans(one)]

    def _spans(self, row: Row) -> bool:
        return bool(row["valid_from"] <= self.as_of and (row["valid_to"] is None or self.as_of < row["valid_to"]))

    def _above(self, unit: str) -> list[str]:
        chain = [unit]
        while chain[-1] in self.parent:
            chain.append(self.parent[chain[-1]])
        return chain

    def _asked(self, place: Row) -> bool:
        wanted = [one for one in self.own("cycle_audience") if one["cycle_id"] == self.cycle["id"]]
        if place["line"] != "administrative":
            return False
        return not wanted or any(
            one["unit_id"] in (None, *self._above(place["unit_id"])) and one["post"] in (None, place["post"])
            for one in wanted
        )

    def _counts(self, day: str) -> bool:
        return day <= self.as_of and (bool(self.cycle["earlier_passes_count"]) or day >= self.cycle["opens_on"])

    def _of(self, table: str, member: str, module: str | None = None) -> list[Row]:
        rows = [one for one in self.known(table) if one["member_id"] == member]
        return [one for one in rows if module is None or one["module_id"] == module]

    def _state(self, member: str, module: str) -> tuple[str, str, bool]:
        """(state, lateness, completed in the month)."""
        waivers = [one for one in self._of("waiver", member, module) if one["cycle_id"] == self.cycle["id"]]
        if any(self._spans(one) for one in waivers):
            return ("waived", "", False)
        longer = [one for one in self._of("extension", member) if one["cycle_id"] == self.cycle["id"]]
        due = max(longer, key=lambda one: str(one["recorded_at"]))["due_on"] if longer else self.cycle["due_on"]
        passes = [one for one in self._of("module_pass", member, module) if one["passed_on"] <= self.as_of]
        days = [one["passed_on"] for one in passes if one["kind"] == "quiz" and self._counts(one["passed_on"])]
        if days:
            state = "make_up" if self._overtaken(passes, module) else "completed"
            return (state, "late" if min(days) > due else "", min(days)[:7] == self.report["period"])
        begun = any(self._counts(one["started_on"]) for one in self._of("sitting", member, module))
        return ("in_progress" if begun else "not_started", "overdue" if self.as_of > due else "", False)

    def _overtaken(self, passes: list[Row], module: str) -> bool:
        cited = {
            (one["concept_id"], one["clause_ref"])
            for one in self.rows["release_citation"]
            if one["digest"] == self.report["release"] and one["module_id"] == module
        }
        best: dict[tuple[str, str], int] = {}
        for pin in self.own("pass_pin"):
            key = (pin["concept_id"], pin["clause_ref"])
            if pin["pass_id"] in {one["id"] for one in passes} and key in cited:
                best[key] = max(pin["revision"], best.get(key, 0))
        changes = [
            one
            for one in self.rows["clause_change"]
            if one["recorded_at"] <= self.known_at and one["effective_on"] <= self.as_of
        ]
        return any(
            one["clause_ref"] == ref and one["revision"] > best[concept, ref]
            for concept, ref in best
            for one in changes
        )

    def total(self, members: list[str] | None = None) -> dict[str, int]:
        """The figures over all modules, of everybody or of some."""
        return self._sum([self.states[one] for one in (self.unit if members is None else members)])

    def module(self, module: str) -> dict[str, int]:
        """The figures of one module."""
        place = self.modules.index(module)
        found = self._sum([[states[place]] for states in self.states.values()])
        return {**found, "new": sum(states[place][2] for states in self.states.values())}

    def unit_row(self, members: list[str], root: str) -> dict[str, int]:
        """The figures of the people below the units of a row; those directly at the root count as the root's."""
        return self.total([one for one, unit in self.unit.items() if self._child(unit, root) in members])

    def branch_row(self, members: list[str]) -> dict[str, int]:
        """The figures of the people of the branches of a row; no branch is the empty id."""
        return self.total([one for one in self.unit if self.branch.get(one, "") in members])

    def concept(self, module: str, concept: str, as_of: str) -> tuple[int, int]:
        """(people who first answered a concept, those of them who missed it)."""
        first = {
            one["id"]
            for one in self.own("sitting")
            if one["number"] == 1
            and one["module_id"] == module
            and self.cycle["opens_on"] <= one["started_on"] <= as_of
        }
        right = {
            (one["sitting_id"], one["position"]): bool(one["right"])
            for one in self.own("answer")
            if one["sitting_id"] in first and one["recorded_at"] <= self.known_at
        }
        asked = [
            right[one["sitting_id"], one["position"]]
            for one in self.own("sitting_item")
            if one["concept_id"] == concept and one["try_number"] == 1 and (one["sitting_id"], one["position"]) in right
        ]
        return len(asked), asked.count(False)

    def _child(self, unit: str, root: str) -> str:
        above = self._above(unit)
        return above[above.index(root) - 1] if root in above and unit != root else root

    def _sum(self, people: list[list[tuple[str, str, bool]]]) -> dict[str, int]:
        found: Counter[str] = Counter()
        for states in people:
            owed = [one for one in states if one[0] != "waived"]
            if not owed:
                found["waived"] += 1
                continue
            found["required"] += 1
            words = {one[0] for one in owed}
            if words <= {"completed", "make_up"}:
                found["completed"] += 1
                found["make_up"] += "make_up" in words
                found["late"] += any(one[1] == "late" for one in owed)
            else:
                found["not_started" if words == {"not_started"} else "in_progress"] += 1
                found["overdue"] += any(one[1] == "overdue" for one in owed)
        names = ["required", "completed", "make_up", "in_progress", "not_started", "overdue", "late", "waived"]
        figures = {name: found[name] for name in names}
        # Half up, in whole numbers: a tenth of a percent is one in a thousand.
        figures["rate"] = (figures["completed"] * 2000 // (figures["required"] or 1) + 1) // 2
        return figures
