"""The figures of a report at 100,000 people beside the best SQL statements that give them, on SQLite.

``python -m tests.bench.bench_report [people]`` prints the ratio. Two statements written by hand for this
one cycle and engine are checked to give the same counts; of each and the product's own, run without
anything around them, the faster one is the best.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import Engine

from quiz_app.config import PACKAGE, PROJECT
from quiz_app.content.library import Library
from quiz_app.content.loader import load_library
from quiz_app.services import reports
from quiz_app.services.libraries import Libraries
from quiz_app.store import cycles, units
from quiz_app.store.db import connect, disconnect, end_request
from quiz_app.store.participation import CutOff, first_answers, first_answers_query, profile_counts, state_of
from quiz_app.store.participation_query import Scope, counted

from .crowd import CODE, DUE_ON, OPENS_ON, make_crowd
from .figures import Figure, print_table

Statement = Callable[[], list[Any]]

NOW = datetime(2026, 11, 18, 4, 0, tzinfo=UTC)
AS_OF, MONTH_BEGINS = date(2026, 11, 18), date(2026, 11, 1)
ROUNDS, BOUND, PEOPLE = 3, 2.0, 100_000

_PLACES = """
  SELECT member_id, max(CASE WHEN line = 'administrative' THEN unit_id END) unit_id,
    max(CASE WHEN line = 'party' THEN unit_id END) branch_id
  FROM membership
  WHERE enterprise_id = :e AND recorded_at <= :known AND valid_from <= :day AND (valid_to IS NULL OR valid_to > :day)
    AND id NOT IN (SELECT retracts FROM membership WHERE enterprise_id = :e AND retracts IS NOT NULL
                   AND recorded_at <= :known)
  GROUP BY member_id HAVING unit_id IS NOT NULL"""
_REOPENED = """
  SELECT DISTINCT member_id, module_id FROM (
    SELECT p.member_id, p.module_id FROM pass_pin n CROSS JOIN module_pass p ON p.enterprise_id = :e AND p.id = n.pass_id
    WHERE n.enterprise_id = :e AND n.clause_ref = :clause AND p.recorded_at <= :known AND p.passed_on <= :day
    GROUP BY p.member_id, p.module_id, n.concept_id, n.clause_ref HAVING max(n.revision) < 2)"""
_OF_MODULE = "x.enterprise_id = :e AND x.member_id = p.member_id AND x.module_id = '{0}' AND x.recorded_at <= :known"
_DATES = """
    (SELECT min(passed_on) FROM module_pass x WHERE {of} AND x.kind = 'quiz'
     AND x.passed_on BETWEEN :opens AND :day) p{n},
    EXISTS (SELECT 1 FROM waiver x WHERE {of} AND x.cycle_id = 'cycle' AND x.valid_from <= :day
            AND (x.valid_to IS NULL OR x.valid_to > :day)) w{n}"""
_WORD = """
  CASE WHEN w{n} THEN 8
    WHEN p{n} IS NOT NULL THEN
      CASE WHEN (p.member_id, '{module}') IN (SELECT member_id, module_id FROM reopened)
        THEN CASE WHEN p{n} > due THEN 4 ELSE 5 END ELSE CASE WHEN p{n} > due THEN 6 ELSE 7 END END
      + CASE WHEN p{n} >= :month THEN 100 ELSE 0 END
    WHEN EXISTS (SELECT 1 FROM sitting x WHERE {of} AND x.started_on BETWEEN :opens AND :day)
      THEN CASE WHEN due < :day THEN 1 ELSE 3 END
    ELSE CASE WHEN due < :day THEN 0 ELSE 2 END END s{n}"""
_ANSWERS = """
  SELECT s.module_id, i.concept_id, count(*), sum(NOT a.right) FROM sitting s
  CROSS JOIN sitting_item i ON i.enterprise_id = :e AND i.sitting_id = s.id
  CROSS JOIN answer a ON a.enterprise_id = :e AND a.sitting_id = i.sitting_id AND a.position = i.position
  WHERE s.enterprise_id = :e AND s.number = 1 AND s.kind = 'quiz' AND s.started_on BETWEEN :opens AND :day
    AND i.try_number = 1 AND a.recorded_at <= :known
  GROUP BY 1, 2"""


def measure(people: int = PEOPLE) -> list[Figure]:
    """The one figure: everything from the facts to the frozen JSON, beside the sum of the two statements."""
    library = load_library(PACKAGE / "library", PROJECT / "cases", None)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "crowd.sqlite3"
        engine = connect(make_crowd(path, library, people, NOW))
        try:
            cycle = cycles.current_cycle(CODE, AS_OF, NOW)
            assert cycle is not None, "the crowd has a cycle"
            by_hand = _by_hand(path, library)
            _same_counts(by_hand, cycle)
            own = _own_statements(path, engine, cycle)
            libraries = Libraries(library)
            row = reports.build(CODE, "2026-11", libraries, NOW)
            ours, *statements = _timed([lambda: reports.recomputed(CODE, row, libraries), *by_hand, *own])
        finally:
            disconnect()
    best = sum(min(statements[place], statements[place + 2]) for place in range(2))
    return [Figure(f"figures of a report, {people:,} people", ours, best, BOUND)]


def _by_hand(path: Path, library: Library) -> list[Statement]:
    modules = sorted(library.modules)
    of = [_OF_MODULE.format(module) for module in modules]
    dates = ", ".join(_DATES.format(of=one, n=n) for n, one in enumerate(of))
    words = ", ".join(
        _WORD.format(of=one, n=n, module=module) for n, (one, module) in enumerate(zip(of, modules, strict=True))
    )
    due = (
        "coalesce((SELECT due_on FROM extension x WHERE x.enterprise_id = :e AND x.cycle_id = 'cycle'"
        " AND x.member_id = p.member_id AND x.recorded_at <= :known ORDER BY x.recorded_at DESC LIMIT 1), :due) due"
    )
    groups = ", ".join(str(place + 1) for place in range(2 + len(modules)))
    profiles = (
        f"WITH reopened AS MATERIALIZED ({_REOPENED}) SELECT unit_id, branch_id, {words}, count(*)"
        f" FROM (SELECT p.*, {due}, {dates} FROM ({_PLACES}) p) p GROUP BY {groups}"
    )
    values = {
        "e": CODE,
        "day": AS_OF.isoformat(),
        "month": MONTH_BEGINS.isoformat(),
        "opens": OPENS_ON.isoformat(),
        "due": DUE_ON.isoformat(),
        "known": NOW.replace(tzinfo=None).isoformat(" ", "microseconds"),
        "clause": next(iter(library.modules.values())).concepts[0].clauses[0],
    }
    connection = sqlite3.connect(path)
    return [
        lambda: connection.execute(profiles, values).fetchall(),
        lambda: connection.execute(_ANSWERS, values).fetchall(),
    ]


def _own_statements(path: Path, engine: Engine, cycle: cycles.CycleRow) -> list[Statement]:
    scope = Scope(CODE, cycle, units.tree(CODE, AS_OF, NOW), CutOff(AS_OF, NOW, MONTH_BEGINS))
    queries = (counted(scope), first_answers_query(CODE, cycle, AS_OF, NOW))
    people, answers = (str(query.compile(engine, compile_kwargs={"literal_binds": True})) for query in queries)
    end_request()
    connection = sqlite3.connect(path)
    return [lambda: connection.execute(people).fetchall(), lambda: connection.execute(answers).fetchall()]


def _same_counts(by_hand: Sequence[Statement], cycle: cycles.CycleRow) -> None:
    found = profile_counts(CODE, cycle, units.tree(CODE, AS_OF, NOW), CutOff(AS_OF, NOW, MONTH_BEGINS))
    ours: Counter[object] = Counter()
    for one in found:
        ours[one.unit_id, one.branch_id, one.states] += one.people
    theirs = {(row[0], row[1], tuple(state_of(code) for code in row[2:-1])): row[-1] for row in by_hand[0]()}
    assert ours == Counter(theirs), "the statement by hand does not count the same people"
    answers = [
        (one.module_id, one.concept_id, one.answered, one.missed) for one in first_answers(CODE, cycle, AS_OF, NOW)
    ]
    assert answers == sorted(by_hand[1]()), "the statement by hand does not count the same answers"
    end_request()


def _timed(actions: Sequence[Callable[[], object]]) -> list[float]:
    """The median milliseconds of each action, all in turn and several times."""
    times: list[list[float]] = [[] for _ in actions]
    for _ in range(ROUNDS):
        for taken, action in zip(times, actions, strict=True):
            begun = time.perf_counter()
            action()
            taken.append((time.perf_counter() - begun) * 1000)
            end_request()
    return [median(taken) for taken in times]


if __name__ == "__main__":
    print_table(measure(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE))
