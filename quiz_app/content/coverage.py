"""Which clause is carried by which item and which case, and which clauses no question carries (product.md §2.2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .faults import Fault, fault
from .library import Library
from .modules import Item, StudyModule

MOST_WITHOUT_ITEM = 0.25
"""The share of the clauses that may be without a question, each for a stated reason."""


@dataclass(frozen=True)
class Carried:
    """What rests on a clause: the modules with how many items of each, and the cases."""

    modules: Mapping[str, int]
    cases: tuple[str, ...]


def coverage_of(library: Library) -> dict[str, Carried]:
    """What rests on each clause of the register, in the register's order."""
    items: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for module in library.modules_in_order:
        for item in items_of(module):
            for ref in item.clauses:
                items[ref][module.id] += 1
    cases: dict[str, list[str]] = defaultdict(list)
    for case in library.cases.values():
        cited = [entry.clause for entry in case.basis] + [entry.clause for entry in case.correction]
        cited += [flip.clause for flip in case.flips]
        for ref in dict.fromkeys(ref for ref in cited if ref):
            cases[ref].append(case.id)
    return {ref: Carried(items[ref], tuple(cases[ref])) for ref in library.clauses}


def items_of(module: StudyModule) -> Iterator[Item]:
    """The items of a module in the order of its concepts."""
    for concept in module.concepts:
        yield from concept.items


def coverage_faults(library: Library, names: Mapping[str, str]) -> Iterator[Fault]:
    """Every clause that neither a question nor a reason stands for, and the whole where too many have a reason."""
    without = 0
    for ref, carried in coverage_of(library).items():
        instrument, clause = library.clauses[ref]
        place = f"clauses.{clause.id}.no_item"
        if carried.modules and clause.no_item:
            yield fault(names[instrument.id], place, "已有题目，不写理由", "an item carries it, so no reason is due")
        elif not carried.modules:
            without += 1
            if clause.no_item is None:
                yield fault(names[instrument.id], place, "没有题目，须写理由", "no item carries it; state a reason")
    if without > MOST_WITHOUT_ITEM * len(library.clauses):
        reason = f"{without} / {len(library.clauses)}"
        yield fault(
            "policy", "no_item", f"没有题目的条款超过四分之一（{reason}）", f"over a quarter without item ({reason})"
        )
