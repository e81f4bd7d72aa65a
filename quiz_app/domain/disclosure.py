"""Which groups are too small to show by themselves, and what is shown instead (product.md §2.5, §8.4)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .differences import small_difference

LEAST_GROUP = 5
"""No figure is shown about fewer people than this."""

_MERGED = "\0merged"


@dataclass(frozen=True)
class Missed:
    """How many people first answered a concept by a day, and how many of them missed it."""

    answered: int
    missed: int
    as_of: date


def merged_units(sizes: Mapping[str, int], before: Collection[str] = ()) -> frozenset[str]:
    """The units under one parent that are shown as one row together, from the number of people in each.

    Units under 5 are merged with the next smallest until 5 are reached. A unit merged in an earlier
    version (`before`) stays merged, so that a later version is never finer than an earlier one. A
    merged row holds at least two units: alone, it would show what it hides. Units without people
    have no row.
    """
    people = {unit_id: size for unit_id, size in sizes.items() if size > 0}
    group = {unit_id for unit_id, size in people.items() if size < LEAST_GROUP or unit_id in before}
    others = sorted(people.keys() - group, key=lambda unit_id: (people[unit_id], unit_id))
    while group and others and (len(group) == 1 or _total(people, group) < LEAST_GROUP):
        group.add(others.pop(0))
    return frozenset(group) if len(group) > 1 else frozenset()


def merged_branches(cells: Mapping[tuple[str, str], int], before: Collection[str] = ()) -> frozenset[str]:
    """The branches that are shown as one row together, beside a table of units over the same people.

    `cells` counts the people by (row of the table of units, branch). Beyond the rule for units,
    branches are merged until no difference between rows of the two tables leaves fewer than 5
    people: the three people of a unit who are in no branch are a group too.
    """
    cells = {key: people for key, people in cells.items() if people > 0}
    sizes: dict[str, int] = {}
    for (_, branch), people in cells.items():
        sizes[branch] = sizes.get(branch, 0) + people
    group = merged_units(sizes, before)
    while (inside := small_difference(_with_merged(cells, group), LEAST_GROUP)) is not None:
        free = sorted(sizes.keys() - group, key=lambda branch: (branch not in inside, sizes[branch], branch))
        group = merged_units(sizes, group | {free[0]})
    return group


def shown_missed(found: Missed, earlier: Sequence[Missed]) -> Missed | None:
    """What is shown of a concept, given the figures shown before of the same unit and cycle, in order.

    Fewer than 5 people are not shown; and where fewer than 5 people answered between an earlier
    figure and this one, the last figure shown is repeated, because the difference would be theirs.
    """
    if found.answered >= LEAST_GROUP and all(_apart(found, one) for one in earlier):
        return found
    return earlier[-1] if earlier else None


def _apart(found: Missed, earlier: Missed) -> bool:
    if found.answered == earlier.answered:
        return found.missed == earlier.missed
    return abs(found.answered - earlier.answered) >= LEAST_GROUP


def _total(people: Mapping[str, int], group: Collection[str]) -> int:
    return sum(people[unit_id] for unit_id in group)


def _with_merged(cells: Mapping[tuple[str, str], int], group: Collection[str]) -> dict[tuple[str, str], int]:
    rows: dict[tuple[str, str], int] = {}
    for (unit, branch), people in cells.items():
        key = (unit, _MERGED if branch in group else branch)
        rows[key] = rows.get(key, 0) + people
    return rows
