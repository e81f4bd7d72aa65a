"""What is merged or hidden, so that no figure is about fewer than five people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from quiz_app.domain.differences import small_difference
from quiz_app.domain.disclosure import LEAST_GROUP, Missed, merged_branches, merged_units, shown_missed

names = st.sampled_from("abcdefgh")
sizes_of_units = st.dictionaries(names, st.integers(0, 12), max_size=8)
enough = sizes_of_units.filter(lambda sizes: sum(sizes.values()) >= LEAST_GROUP)


def rows_of(sizes: Mapping[str, int], merged: frozenset[str]) -> dict[frozenset[str], int]:
    """The rows a reader sees: sets of units with their people."""
    rows = {frozenset({unit}): size for unit, size in sizes.items() if size and unit not in merged}
    if merged:
        rows[merged] = sum(sizes.get(unit, 0) for unit in merged)
    return rows


@given(enough)
def test_no_row_is_about_fewer_than_five_people(sizes: dict[str, int]) -> None:
    assert all(people >= LEAST_GROUP for people in rows_of(sizes, merged_units(sizes)).values())


@given(enough, st.sets(names))
def test_the_rows_add_up_to_the_total(sizes: dict[str, int], before: set[str]) -> None:
    assert sum(rows_of(sizes, merged_units(sizes, before)).values()) == sum(sizes.values())


@given(enough, enough)
def test_a_later_version_is_never_finer_than_an_earlier_one(first: dict[str, int], second: dict[str, int]) -> None:
    merged_first = merged_units(first)
    merged_second = merged_units(second, merged_first)
    rows_first, rows_second = rows_of(first, merged_first), rows_of(second, merged_second)
    both = {unit for unit in first if first[unit] and second.get(unit)}
    for row in rows_first:
        kept = row & both
        assert len(rows_second) == 1 or sum(bool(kept & other) for other in rows_second) <= 1


@given(enough)
def test_a_merged_row_never_stands_for_one_unit(sizes: dict[str, int]) -> None:
    assert len(merged_units(sizes)) != 1


def test_the_smallest_units_are_merged_first() -> None:
    assert merged_units({"a": 3, "b": 6, "c": 40, "d": 30}) == {"a", "b"}
    assert merged_units({"a": 3, "b": 4, "c": 40}) == {"a", "b"}
    assert merged_units({"a": 5, "b": 6}) == frozenset()


def test_a_unit_merged_before_stays_merged_though_it_grew() -> None:
    assert merged_units({"a": 9, "b": 4, "c": 40}, {"a", "b"}) == {"a", "b"}


cells_of_people = st.dictionaries(
    st.tuples(st.sampled_from("ABCD"), st.sampled_from("pqrst")), st.integers(0, 7), max_size=14
)


def with_enough_in_each_unit(cells: dict[tuple[str, str], int]) -> bool:
    """The table of units is merged already, so each of its rows has five people."""
    units: dict[str, int] = {}
    for (unit, _), people in cells.items():
        units[unit] = units.get(unit, 0) + people
    return bool(units) and all(people >= LEAST_GROUP for people in units.values() if people)


def with_enough_in_each_row(cells: dict[tuple[str, str], int]) -> bool:
    """The search is asked only when no single row is too small."""
    turned = {(branch, unit): people for (unit, branch), people in cells.items()}
    return with_enough_in_each_unit(cells) and with_enough_in_each_unit(turned)


def subsets(of: Iterable[str]) -> Iterable[tuple[str, ...]]:
    """Every set of rows somebody might add up."""
    found = sorted(of)
    return chain.from_iterable(combinations(found, size) for size in range(len(found) + 1))


def smallest_difference(cells: Mapping[tuple[str, str], int]) -> int | None:
    """By trying everything: the fewest people that rows of one table minus rows of the other single out."""
    shared = {key: people for key, people in cells.items() if people}
    found = []
    for units in subsets({unit for unit, _ in shared}):
        for branches in subsets({branch for _, branch in shared}):
            signs = {key: (key[0] in units) - (key[1] in branches) for key in shared}
            if all(sign >= 0 for sign in signs.values()):
                found.append(sum(people for key, people in shared.items() if signs[key]))
    return min((people for people in found if people), default=None)


@given(cells_of_people.filter(with_enough_in_each_row))
def test_the_search_finds_a_small_difference_exactly_when_there_is_one(cells: dict[tuple[str, str], int]) -> None:
    least = smallest_difference(cells)
    assert (small_difference(cells, LEAST_GROUP) is not None) == (least is not None and least < LEAST_GROUP)


@given(cells_of_people.filter(with_enough_in_each_unit), st.sets(st.sampled_from("pqrst")))
def test_no_rows_of_both_tables_single_out_fewer_than_five(cells: dict[tuple[str, str], int], before: set[str]) -> None:
    merged = merged_branches(cells, before)
    shown: dict[tuple[str, str], int] = {}
    for (unit, branch), people in cells.items():
        key = (unit, "+" if branch in merged else branch)
        shown[key] = shown.get(key, 0) + people
    least = smallest_difference(shown)
    assert least is None or least >= LEAST_GROUP


def test_three_people_of_a_unit_outside_its_branch_are_not_singled_out() -> None:
    cells = {("A", "branch a"): 9, ("A", "none"): 3, ("B", "branch b"): 20, ("B", "none"): 8, ("C", "branch c"): 12}
    merged = merged_branches(cells)
    assert "branch a" in merged
    assert len(merged) >= 2


def test_branches_that_cut_across_units_are_all_shown() -> None:
    cells = {(unit, branch): 3 for unit in "ABC" for branch in "pqrs"}
    assert merged_branches(cells) == frozenset()


OCTOBER, NOVEMBER = date(2026, 10, 31), date(2026, 11, 30)


def test_a_concept_answered_by_fewer_than_five_is_not_shown() -> None:
    assert shown_missed(Missed(4, 4, OCTOBER), []) is None
    assert shown_missed(Missed(5, 5, OCTOBER), []) == Missed(5, 5, OCTOBER)


def test_a_figure_is_repeated_until_five_more_people_have_answered() -> None:
    shown = Missed(10, 4, OCTOBER)
    assert shown_missed(Missed(13, 6, NOVEMBER), [shown]) == shown
    assert shown_missed(Missed(15, 6, NOVEMBER), [shown]) == Missed(15, 6, NOVEMBER)
    assert shown_missed(Missed(10, 4, NOVEMBER), [shown]) == Missed(10, 4, NOVEMBER)


figures = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda p: Missed(max(p), min(p), OCTOBER))


@given(st.lists(figures, max_size=8))
def test_no_two_figures_of_a_concept_differ_by_one_to_four_people(found: list[Missed]) -> None:
    shown: list[Missed] = []
    for one in found:
        result = shown_missed(one, shown)
        if result is not None:
            shown.append(result)
    for first, second in combinations(shown, 2):
        assert first.answered >= LEAST_GROUP
        assert first == second or abs(first.answered - second.answered) in {0} | set(range(LEAST_GROUP, 99))
        assert first.answered != second.answered or first.missed == second.missed
