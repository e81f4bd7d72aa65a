"""The figures of a participation report 学习情况报告, from counts of people to values without floats.

People are counted by unit, branch and where they stand in each module; every figure is a sum of these
counts, so no two figures can disagree. Rates are whole tenths of a percent, rounded half up.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from .completion import Kind
from .disclosure import LEAST_GROUP, Missed, merged_branches, merged_units, shown_missed
from .standing import Lateness, State

NO_PLACE = ""
"""Stands for people who are in no branch, or whose unit does not belong to the tree."""

MOST_MISSED = 5
Kinds = tuple[Kind, ...]
"""Where a person stands in each module of the cycle."""

Concept = tuple[str, str]
"""(module id, concept id)."""


@dataclass(frozen=True)
class Profile:
    """How many people of a unit row and branch share the same kinds; `new` marks modules completed in the month."""

    unit: str
    branch: str
    kinds: Kinds
    new: tuple[bool, ...]
    people: int


@dataclass(frozen=True)
class Sums:
    """How many people stand where; `required` is the denominator and leaves out the waived.

    `required` = `completed` + `in_progress` + `not_started`; `make_up` and `late` are among the
    completed, `overdue` among the others.
    """

    required: int = 0
    completed: int = 0
    make_up: int = 0
    in_progress: int = 0
    not_started: int = 0
    overdue: int = 0
    late: int = 0
    waived: int = 0

    @property
    def rate(self) -> int:
        """Completed of required."""
        return rate(self.completed, self.required)


@dataclass(frozen=True)
class Group:
    """The people of one unit or branch, or of several merged ones; `members` are their ids."""

    members: tuple[str, ...]
    sums: Sums

    @property
    def merged(self) -> bool:
        """Whether it stands for several units."""
        return len(self.members) > 1


@dataclass(frozen=True)
class ModuleSums:
    """A module over the whole enterprise; `new` of the completed were completed in the month."""

    module_id: str
    sums: Sums
    new: int


@dataclass(frozen=True)
class Counted:
    """All counts of people in a report."""

    whole: Sums
    modules: tuple[ModuleSums, ...]
    units: tuple[Group, ...]
    branches: tuple[Group, ...]


def count(
    profiles: Sequence[Profile],
    module_ids: Sequence[str],
    merged_before: tuple[Collection[str], Collection[str]] = ((), ()),
) -> Counted | None:
    """The counts of a report, or nothing where fewer than 5 people are required to study.

    A module required of 1 to 4 people is left out altogether, so that nothing about them enters any
    figure. `merged_before` are the units and branches merged in earlier versions.
    """
    places = [place for place in range(len(module_ids)) if not 0 < _of_module(profiles, place).required < LEAST_GROUP]
    kept = [_only(one, places) for one in profiles]
    whole = _whole(kept)
    if whole.required < LEAST_GROUP:
        return None
    owing = [one for one in kept if _standing(one.kinds).required]
    units = _units(owing, merged_before[0])
    return Counted(
        whole=whole,
        modules=tuple(
            ModuleSums(
                module_ids[place],
                _of_module(kept, number),
                sum(one.people for one in kept if one.new[number]),
            )
            for number, place in enumerate(places)
        ),
        units=units,
        branches=_branches(owing, units, merged_before[1]),
    )


def rate(part: int, whole: int) -> int:
    """`part` of `whole` in tenths of a percent, rounded half up; 0 of 0 is 0."""
    return (2000 * part + whole) // (2 * whole) if whole else 0


def most_missed(concepts: Mapping[Concept, tuple[Missed, Sequence[Missed]]]) -> list[tuple[Concept, Missed]]:
    """The five concepts missed by the largest share, from what is found now and what was shown before of each."""
    shown = [(concept, shown_missed(found, earlier)) for concept, (found, earlier) in concepts.items()]
    missed = [(concept, figure) for concept, figure in shown if figure is not None and figure.missed]
    missed.sort(key=lambda one: (-rate(one[1].missed, one[1].answered), one[0]))
    return missed[:MOST_MISSED]


def _units(owing: Sequence[Profile], before: Collection[str]) -> tuple[Group, ...]:
    found = _grouped(owing, lambda one: one.unit)
    merged = merged_units({unit: _people(people) for unit, people in found.items()}, before)
    return _groups(found, merged)


def _branches(owing: Sequence[Profile], units: Sequence[Group], before: Collection[str]) -> tuple[Group, ...]:
    row_of = {unit: row.members[0] for row in units for unit in row.members}
    cells: dict[tuple[str, str], int] = {}
    for one in owing:
        key = (row_of[one.unit], one.branch)
        cells[key] = cells.get(key, 0) + one.people
    found = _grouped(owing, lambda one: one.branch)
    return () if set(found) == {NO_PLACE} else _groups(found, merged_branches(cells, before))


def _groups(found: Mapping[str, list[Profile]], merged: Collection[str]) -> tuple[Group, ...]:
    groups = [Group((key,), _whole(people)) for key, people in sorted(found.items()) if key not in merged]
    if merged:
        members = tuple(sorted(merged))
        groups.append(Group(members, _whole([one for member in members for one in found[member]])))
    return tuple(groups)


def _whole(profiles: Iterable[Profile]) -> Sums:
    return _sum((_standing(one.kinds), one.people) for one in profiles)


def _of_module(profiles: Iterable[Profile], place: int) -> Sums:
    return _sum((_standing((one.kinds[place],)), one.people) for one in profiles)


def _sum(weighed: Iterable[tuple[Sums, int]]) -> Sums:
    people: dict[Sums, int] = {}
    for one, number in weighed:
        people[one] = people.get(one, 0) + number
    names = Sums.__dataclass_fields__
    return Sums(**{name: sum(getattr(one, name) * number for one, number in people.items()) for name in names})


@cache
def _standing(kinds: Kinds) -> Sums:
    """One person over several modules: all of those owed completed, some begun, or none."""
    owed = [kind for kind in kinds if kind[0] is not State.WAIVED]
    if not owed:
        return Sums(waived=1)
    done = all(state.counts_as_completed for state, _ in owed)
    begun = any(state is not State.NOT_STARTED for state, _ in owed)
    return Sums(
        required=1,
        completed=int(done),
        make_up=int(done and any(state is State.MAKE_UP for state, _ in owed)),
        in_progress=int(begun and not done),
        not_started=int(not begun),
        overdue=int(any(lateness is Lateness.OVERDUE for _, lateness in owed)),
        late=int(done and any(lateness is Lateness.LATE for _, lateness in owed)),
    )


def _only(one: Profile, places: Sequence[int]) -> Profile:
    if len(places) == len(one.kinds):
        return one
    kinds, new = tuple(one.kinds[place] for place in places), tuple(one.new[place] for place in places)
    return Profile(one.unit, one.branch, kinds, new, one.people)


def _grouped(profiles: Iterable[Profile], key: Callable[[Profile], str]) -> dict[str, list[Profile]]:
    groups: dict[str, list[Profile]] = {}
    for one in profiles:
        groups.setdefault(key(one), []).append(one)
    return groups


def _people(profiles: Iterable[Profile]) -> int:
    return sum(one.people for one in profiles)
