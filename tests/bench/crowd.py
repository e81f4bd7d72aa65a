"""A large invented enterprise, made in seconds: most rows are inserted by the database from other rows."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from quiz_app.content.library import Library
from quiz_app.store import schema
from quiz_app.store.db import connect, disconnect, saving
from quiz_app.store.library import record_release
from quiz_app.store.tables.library import Instance

CODE = "big"
OPENS_ON, DUE_ON = date(2026, 9, 1), date(2026, 11, 15)
CHILDREN, LEAVES, BRANCH_SIZE = 30, 300, 45

_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


def make_crowd(path: Path, library: Library, people: int, now: datetime, seed: int = 1) -> str:
    """A migrated SQLite file with one enterprise of so many people and their study history; returns its address."""
    address = f"sqlite:///{path}"
    schema.upgrade(connect(address))
    before = now - timedelta(days=100)
    with saving() as current:
        current.add(Instance(id=1, time_zone="Asia/Shanghai", demo=True, created_at=before))
        record_release(current, library, before, before.date())
    disconnect()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous=OFF")
    chance = random.Random(seed)
    with connection:
        _Crowd(connection, chance, library, before).fill(people)
    connection.close()
    return address


class _Crowd:
    def __init__(self, connection: sqlite3.Connection, chance: random.Random, library: Library, at: datetime) -> None:
        self.connection, self.chance, self.library = connection, chance, library
        self.at = at.replace(tzinfo=None).isoformat(" ", "microseconds")

    def fill(self, people: int) -> None:
        """All rows, table by table."""
        self._insert("enterprise", [(CODE, "enterprise", "大集团", "Big Group", self.at)])
        leaves, branches = self._trees(people)
        self._cycle()
        members = [self._id() for _ in range(people)]
        self._insert("member", ((CODE, m, f"{n:06}", f"张{n:06}", self.at) for n, m in enumerate(members)))
        self._insert("membership", self._places(members, leaves, branches))
        self._insert("sitting", self._sittings(members))
        self._answers()
        self._passes()
        self._exceptions(members)

    def _id(self) -> str:
        return "".join(self.chance.choices(_LETTERS, k=20))

    def _insert(self, table: str, rows: object) -> None:
        columns = [row[1] for row in self.connection.execute(f"PRAGMA table_info({table})")]
        marks = ",".join("?" * len(columns))
        self.connection.executemany(f"INSERT INTO {table} ({','.join(columns)}) VALUES ({marks})", rows)  # type: ignore[arg-type]

    def _trees(self, people: int) -> tuple[list[str], list[str]]:
        root, party = "root", "party"
        children = [f"child{n:03}" for n in range(CHILDREN)]
        leaves = [f"leaf{n:04}" for n in range(LEAVES)]
        branches = [f"branch{n:05}" for n in range(max(1, people // BRANCH_SIZE))]
        units: list[tuple[str, str, str, str | None]] = [
            (root, "administrative", "enterprise", None),
            (party, "party", "party_committee", None),
        ]
        units += [(unit, "administrative", "department", root) for unit in children]
        units += [(unit, "administrative", "department", children[n % CHILDREN]) for n, unit in enumerate(leaves)]
        units += [(unit, "party", "party_branch", party) for unit in branches]
        since = "2020-01-01"
        self._insert("unit", [(CODE, unit, line, kind, self.at) for unit, line, kind, _ in units])
        self._insert(
            "unit_name",
            [(CODE, f"n-{unit}", unit, f"单位{unit}", unit, since, None, self.at, None) for unit, *_ in units],
        )
        self._insert(
            "unit_edge",
            [(CODE, f"e-{unit}", unit, parent, since, None, self.at, None) for unit, _, _, parent in units if parent],
        )
        return leaves, branches

    def _cycle(self) -> None:
        self._insert(
            "cycle",
            [(CODE, "cycle", "学习任务", "Study task", OPENS_ON.isoformat(), DUE_ON.isoformat(), False, self.at)],
        )
        self._insert("cycle_module", [(CODE, "cycle", module_id) for module_id in self.library.modules])
        self._insert("cycle_audience", [(CODE, "all", "cycle", "root", None)])

    def _places(self, members: list[str], leaves: list[str], branches: list[str]) -> Iterator[tuple[object, ...]]:
        for number, member in enumerate(members):
            leaf = number * len(leaves) // len(members)
            yield self._place(member, leaves[leaf], "administrative")
            if self.chance.random() > 0.2:
                # A branch lies mostly in one unit, as in life, and reaches a little into the next.
                near = min(len(members) - 1, max(0, number + self.chance.randrange(-20, 20)))
                yield self._place(member, branches[near * len(branches) // len(members)], "party")

    def _place(self, member: str, unit: str, line: str) -> tuple[object, ...]:
        return (CODE, self._id(), member, unit, line, "staff", "2020-01-01", None, self.at, None)

    def _sittings(self, members: list[str]) -> Iterator[tuple[object, ...]]:
        days = (DUE_ON - OPENS_ON).days + 10
        for member in members:
            for module_id in self.library.modules:
                if self.chance.random() < 0.8:
                    day = OPENS_ON + timedelta(days=self.chance.randrange(days))
                    yield (
                        CODE,
                        self._id(),
                        member,
                        module_id,
                        "quiz",
                        1,
                        day.isoformat(),
                        self.library.digest,
                        self.at,
                    )

    def _answers(self) -> None:
        self.connection.execute("CREATE TEMP TABLE concept (module_id, concept_id, item_id, position, shift)")
        self.connection.executemany(
            "INSERT INTO concept VALUES (?,?,?,?,?)",
            [
                (module.id, concept.id, concept.items[0].id, place, place * 7)
                for module in self.library.modules.values()
                for place, concept in enumerate(module.concepts, start=1)
            ],
        )
        self.connection.execute(
            "INSERT INTO sitting_item (enterprise_id, sitting_id, position, concept_id, item_id, try_number, option_order)"
            " SELECT s.enterprise_id, s.id, c.position, c.concept_id, c.item_id, 1, 'abc'"
            " FROM sitting s JOIN concept c ON c.module_id = s.module_id"
        )
        self.connection.execute(
            "INSERT INTO answer (enterprise_id, sitting_id, position, option_id, right, confidence, recorded_at)"
            " SELECT i.enterprise_id, i.sitting_id, i.position, 'a', (s.rowid * 13 + c.shift) % 10 > 2, NULL, s.recorded_at"
            " FROM sitting_item i JOIN sitting s ON s.enterprise_id = i.enterprise_id AND s.id = i.sitting_id"
            " JOIN concept c ON c.module_id = s.module_id AND c.position = i.position"
        )

    def _passes(self) -> None:
        self.connection.execute(
            "INSERT INTO module_pass (enterprise_id, id, sitting_id, member_id, module_id, kind, passed_on,"
            " release_digest, recorded_at)"
            " SELECT enterprise_id, 'p' || id, id, member_id, module_id, 'quiz', started_on, release_digest, recorded_at"
            " FROM sitting WHERE rowid % 10 < 8"
        )
        self.connection.execute(
            "INSERT INTO pass_pin (enterprise_id, pass_id, concept_id, clause_ref, revision)"
            " SELECT p.enterprise_id, p.id, c.concept_id, c.clause_ref, c.revision FROM module_pass p"
            " JOIN release_citation c ON c.digest = p.release_digest AND c.module_id = p.module_id"
        )
        ref = next(iter(self.library.modules.values())).concepts[0].clauses[0]
        self._insert("clause_change", [(ref, 2, "2026-11-01", self.library.digest, self.at)])

    def _exceptions(self, members: list[str]) -> None:
        for number, member in enumerate(members):
            if number % 100 == 7:
                rows = [
                    (CODE, self._id(), member, "cycle", module_id, "leave", "2026-09-01", None, self.at, None)
                    for module_id in self.library.modules
                ]
                self._insert("waiver", rows)
            if number % 100 == 8:
                self._insert("extension", [(CODE, self._id(), member, "cycle", "2026-12-15", "leave", self.at)])
