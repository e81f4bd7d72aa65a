"""The kinds of standing a completion list sorts, filters and counts by."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quiz_app.domain.completion import (
    KIND_WORDS,
    KINDS,
    WANTED_WORDS,
    Cell,
    Wanted,
    codes_of,
    matches,
    tally,
)
from quiz_app.domain.standing import Lateness, StandingDates, State, standing_of

DAY = date(2026, 11, 18)
days = st.none() | st.integers(-40, 40).map(lambda shift: DAY + timedelta(days=shift))
codes = st.integers(0, len(KINDS) - 1)


@given(days, days, days, days, days, st.integers(-40, 40))
def test_every_standing_of_somebody_in_the_audience_is_a_kind_of_the_list(
    started: date | None,
    passed: date | None,
    reopened: date | None,
    waived_from: date | None,
    waived_to: date | None,
    due: int,
) -> None:
    dates = StandingDates(DAY + timedelta(days=due), started, passed, reopened, reopened, waived_from, waived_to)
    found = standing_of(dates, True, DAY)
    assert (found.state, found.lateness) in KINDS


def test_every_kind_and_filter_has_words_in_both_languages() -> None:
    assert set(KIND_WORDS) == set(KINDS)
    assert set(WANTED_WORDS) == set(Wanted)
    assert len({words.zh for words in KIND_WORDS.values()}) == len(KINDS)


def test_to_make_up_counts_as_completed_and_is_not_unfinished() -> None:
    kind = (State.MAKE_UP, Lateness.NONE)
    assert matches(Wanted.COMPLETED, kind)
    assert matches(Wanted.MAKE_UP, kind)
    assert not matches(Wanted.UNFINISHED, kind)


def test_overdue_people_are_also_not_started_or_in_progress() -> None:
    assert set(codes_of(Wanted.OVERDUE)) < set(codes_of(Wanted.UNFINISHED))
    both = set(codes_of(Wanted.NOT_STARTED)) | set(codes_of(Wanted.IN_PROGRESS))
    assert both == set(codes_of(Wanted.UNFINISHED))


def test_a_cell_knows_its_code_and_its_words() -> None:
    for code, (state, lateness) in enumerate(KINDS):
        cell = Cell(state, lateness)
        assert cell.code == code
        assert cell.words == KIND_WORDS[state, lateness]


@given(st.lists(st.tuples(codes, codes), max_size=30))
def test_the_figures_of_a_list_add_up(people: list[tuple[int, int]]) -> None:
    found = tally(Counter(people), 2)
    assert found.people == len(people)
    for place, module in enumerate(found.modules):
        kinds = [KINDS[person[place]] for person in people]
        assert module.waived == sum(state is State.WAIVED for state, _ in kinds)
        assert module.required == len(people) - module.waived
        assert module.required == module.completed + module.in_progress + module.not_started
        assert module.make_up <= module.completed
        assert module.late <= module.completed
        assert module.overdue <= module.in_progress + module.not_started


def test_somebody_waived_of_everything_owes_nothing_and_is_not_counted_as_done() -> None:
    waived, done, open_one = (
        KINDS.index((state, Lateness.NONE)) for state in (State.WAIVED, State.COMPLETED, State.NOT_STARTED)
    )
    found = tally({(waived, waived): 3, (waived, done): 2, (done, open_one): 1}, 2)
    assert (found.people, found.required, found.all_done) == (6, 3, 2)
