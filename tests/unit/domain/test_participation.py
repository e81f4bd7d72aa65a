"""Every figure is a sum of one count of people, and no figure is about fewer than five."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quiz_app.domain.completion import KINDS, Kind
from quiz_app.domain.participation import NO_PLACE, Profile, Sums, count, rate
from quiz_app.domain.standing import Lateness, State

DONE: Kind = (State.COMPLETED, Lateness.NONE)
LATE: Kind = (State.COMPLETED, Lateness.LATE)
MAKE_UP: Kind = (State.MAKE_UP, Lateness.NONE)
BEGUN: Kind = (State.IN_PROGRESS, Lateness.NONE)
OPEN: Kind = (State.NOT_STARTED, Lateness.NONE)
OVERDUE: Kind = (State.NOT_STARTED, Lateness.OVERDUE)
WAIVED: Kind = (State.WAIVED, Lateness.NONE)
MODULES = ("one", "two")

profiles = st.lists(
    st.builds(
        Profile,
        unit=st.sampled_from("ABCD"),
        branch=st.sampled_from(["p", "q", "r", NO_PLACE]),
        kinds=st.tuples(st.sampled_from(KINDS), st.sampled_from(KINDS)),
        new=st.tuples(st.booleans(), st.booleans()),
        people=st.integers(1, 6),
    ),
    max_size=14,
)


def people(*kinds: Kind, number: int = 5, unit: str = "A") -> Profile:
    """Some people of one unit who stand alike."""
    return Profile(unit, NO_PLACE, kinds, tuple(False for _ in kinds), number)


def plus(*sums: Sums) -> Sums:
    """Sums added up."""
    return Sums(**{name: sum(getattr(one, name) for one in sums) for name in Sums.__dataclass_fields__})


@given(profiles)
def test_every_figure_about_people_rests_on_five_or_none(found: list[Profile]) -> None:
    counted = count(found, MODULES)
    if counted is None:
        return
    groups = [one.sums for one in (*counted.units, *counted.branches)]
    for sums in (counted.whole, *(one.sums for one in counted.modules), *groups):
        assert sums.required == 0 or sums.required >= 5
        assert sums.required == sums.completed + sums.in_progress + sums.not_started
        assert max(sums.make_up, sums.late) <= sums.completed
        assert sums.overdue <= sums.in_progress + sums.not_started


@given(profiles)
def test_the_rows_of_units_and_of_branches_add_up_to_the_total(found: list[Profile]) -> None:
    counted = count(found, MODULES)
    if counted is None:
        return
    total = Sums(**{**vars(counted.whole), "waived": 0})
    assert plus(*(one.sums for one in counted.units)) == total
    assert not counted.branches or plus(*(one.sums for one in counted.branches)) == total


@given(profiles, profiles)
def test_a_later_version_keeps_together_what_an_earlier_one_merged(first: list[Profile], second: list[Profile]) -> None:
    one = count(first, MODULES)
    if one is None:
        return
    before = {member for group in one.units if group.merged for member in group.members}
    other = count(second, MODULES, (before, ()))
    if other is not None and len(other.units) > 1:
        assert not any(group.members[0] in before for group in other.units if not group.merged)


def test_a_person_counts_once_by_all_modules_owed() -> None:
    counted = count(
        [
            people(DONE, LATE),
            people(DONE, MAKE_UP),
            people(DONE, BEGUN),
            people(OPEN, OVERDUE),
            people(DONE, WAIVED),
            people(WAIVED, WAIVED, number=2),
        ],
        MODULES,
    )
    assert counted is not None
    assert counted.whole == Sums(
        required=25, completed=15, make_up=5, in_progress=5, not_started=5, overdue=5, late=5, waived=2
    )
    assert counted.whole.rate == 600


def test_a_module_owed_by_fewer_than_five_enters_no_figure() -> None:
    counted = count([people(DONE, WAIVED, number=9), people(DONE, OVERDUE, number=3)], MODULES)
    assert counted is not None
    assert [one.module_id for one in counted.modules] == ["one"]
    assert (counted.whole.required, counted.whole.completed, counted.whole.overdue) == (12, 12, 0)


def test_fewer_than_five_required_give_no_report() -> None:
    assert count([people(DONE, DONE, number=4), people(WAIVED, WAIVED, number=90)], MODULES) is None


def test_rates_are_tenths_of_a_percent_rounded_half_up() -> None:
    assert [rate(1, 3), rate(2, 3), rate(1, 2000), rate(1, 2001), rate(0, 0), rate(7, 7)] == [333, 667, 1, 0, 0, 1000]
