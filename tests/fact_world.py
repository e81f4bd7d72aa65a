"""Random facts about a few people, for tests that hold statements of the database against the rules."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

from quiz_app.store import cycles
from quiz_app.store.db import Base, new_id, saving
from quiz_app.store.tables.learning import ModulePass, PassPin, Sitting
from quiz_app.store.tables.library import ClauseChange, LibraryRelease, ReleaseCitation
from quiz_app.store.tables.people import Extension, Member, Membership, Waiver
from tests.factories import Factories

MODULES = ("basics", "second")
CONCEPTS, CLAUSES = ("c1", "c2"), ("r/a", "r/b")
AS_OF = date(2026, 11, 18)
KNOWN_AT = datetime(2026, 11, 18, 4, 0, tzinfo=UTC)
PEOPLE = 12


class World:
    """Random facts about a few people, with every kind of correction, before and after the cut-off."""

    def __init__(self, factories: Factories, chance: Random) -> None:
        self.chance = chance
        factories.instance()
        made = factories.enterprise("jia")
        self.units = [made.root, *(factories.unit("jia", name, made.root) for name in ("子公司", "其他部门"))]
        self.branches = [
            factories.unit("jia", f"支部{n}", made.party_root, line="party", kind="party_branch") for n in (1, 2)
        ]
        audience = chance.choice([(), (), ((self.units[1], None),), ((None, "manager"), (self.units[2], "staff"))])
        self.cycle_id = factories.cycle("jia", MODULES, earlier_passes_count=chance.random() < 0.3, audience=audience)
        self.rows: list[Base] = [LibraryRelease(digest="d", body=b"", recorded_at=KNOWN_AT - timedelta(days=300))]
        self._library()
        for number in range(PEOPLE):
            self._person(f"m{number}")
        self._save()

    def _day(self) -> date:
        chosen = [AS_OF, AS_OF + timedelta(1), date(2026, 9, 1), date(2026, 11, 1), date(2026, 10, 31)]
        return self.chance.choice(
            [*chosen, *(date(2026, 8, 20) + timedelta(self.chance.randrange(100)) for _ in chosen)]
        )

    def _end(self) -> date | None:
        return self._day() if self.chance.random() < 0.4 else None

    def _moment(self) -> datetime:
        # Rarely the same twice: of two rows of one moment the rules do not choose.
        return KNOWN_AT + timedelta(microseconds=self.chance.choice([-1, -1, -1, 1]) * self.chance.randrange(10**12))

    def _library(self) -> None:
        for module_id in MODULES:
            for concept_id in CONCEPTS:
                self.rows += [
                    ReleaseCitation(digest="d", module_id=module_id, concept_id=concept_id, clause_ref=ref, revision=1)
                    for ref in CLAUSES
                    if self.chance.random() < 0.7
                ]
        self.rows += [
            ClauseChange(
                clause_ref=ref, revision=revision, effective_on=self._day(), digest="d", recorded_at=self._moment()
            )
            for ref in CLAUSES
            for revision in (2, 3)
            if self.chance.random() < 0.5
        ]

    def _person(self, member: str) -> None:
        key = {"enterprise_id": "jia", "member_id": member}
        self.rows.append(Member(enterprise_id="jia", id=member, staff_number=member, name="张某", recorded_at=KNOWN_AT))
        for line, units_of, most in (("administrative", self.units, 3), ("party", self.branches, 2)):
            last = None
            for _ in range(self.chance.randrange(most + 1)):
                last = self._withdrawing(last, Membership, line=line, unit_id=self.chance.choice(units_of),
                                         post=self.chance.choice(["staff", "manager"]), **key)  # fmt: skip
        for module_id in MODULES:
            self._study(key, module_id)
            last = None
            for _ in range(self.chance.choice([0, 0, 0, 1, 2])):
                last = self._withdrawing(last, Waiver, cycle_id=self.cycle_id, module_id=module_id, reason="x", **key)
        self.rows += [
            Extension(id=new_id(), cycle_id=self.cycle_id, due_on=self._day(), reason="x", recorded_at=self._moment(), **key)
            for _ in range(self.chance.choice([0, 0, 1, 2]))
        ]  # fmt: skip

    def _withdrawing(self, last: str | None, kind: type[Base], **values: object) -> str:
        row_id = new_id()
        retracts = last if self.chance.random() < 0.6 else None
        times = {"valid_from": self._day(), "valid_to": self._end(), "recorded_at": self._moment()}
        self.rows.append(kind(id=row_id, retracts=retracts, **times, **values))
        return row_id

    def _study(self, key: dict[str, str], module_id: str) -> None:
        for number in range(1, self.chance.choice([1, 2, 2, 3, 4])):
            kind = self.chance.choice(["quiz", "quiz", "make_up"])
            day = self._day()
            common = {"kind": kind, "release_digest": "d", "recorded_at": self._moment(), "module_id": module_id, **key}
            sitting_id, pass_id = new_id(), new_id()
            self.rows.append(Sitting(id=sitting_id, number=number, started_on=day, **common))
            if self.chance.random() < 0.6:
                self.rows.append(ModulePass(id=pass_id, sitting_id=sitting_id, passed_on=day, **common))
                self.rows += [
                    PassPin(enterprise_id="jia", pass_id=pass_id, concept_id=concept_id, clause_ref=ref,
                            revision=self.chance.randint(1, 3))
                    for concept_id in CONCEPTS for ref in CLAUSES if self.chance.random() < 0.5
                ]  # fmt: skip

    def _save(self) -> None:
        first = (LibraryRelease, ReleaseCitation, ClauseChange, Member, Membership, Sitting, ModulePass)
        with saving() as current:
            for kind in first:
                current.add_all([row for row in self.rows if type(row) is kind])
                current.flush()
            current.add_all([row for row in self.rows if type(row) not in first])

    def unit_of(self, member: str, line: str, cycle: cycles.CycleRow) -> str | None:
        """The person's place by the rule, without any query's help."""
        rows = [row for row in self.rows if isinstance(row, Membership) and row.member_id == member]
        withdrawn = {row.retracts for row in rows if row.recorded_at <= KNOWN_AT}
        held = [
            row.unit_id
            for row in rows
            if row.line == line
            and row.recorded_at <= KNOWN_AT
            and row.id not in withdrawn
            and row.valid_from <= AS_OF
            and (row.valid_to is None or row.valid_to > AS_OF)
            and (line == "party" or self._asked(row, cycle))
        ]
        return min(held, default=None)

    def _asked(self, row: Membership, cycle: cycles.CycleRow) -> bool:
        return not cycle.audience or any(
            unit in (None, row.unit_id) and post in (None, row.post) for unit, post in cycle.audience
        )
