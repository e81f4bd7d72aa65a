"""The standing rule: a pure function of facts, rules, a date and a cut-off (product.md §2.3, §8.1-8.3)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quiz_app.domain.standing import (
    CycleRule,
    ExtensionFact,
    Lateness,
    MeaningChange,
    ModuleFacts,
    PassFact,
    Pin,
    SittingFact,
    Standing,
    State,
    WaiverFact,
    dates_of,
    reopened_pins,
    standing_of,
)

RULE = CycleRule(opens_on=date(2026, 9, 1), due_on=date(2026, 10, 31))
AT = datetime(2026, 9, 1, tzinfo=UTC)
LATER = datetime(2027, 1, 1, tzinfo=UTC)


def moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def full_pass(day: date, *pins: Pin) -> PassFact:
    return PassFact("quiz", day, moment(day), frozenset(pins))


def on(facts: ModuleFacts, day: date, changes: tuple[MeaningChange, ...] = (), known: datetime = LATER) -> Standing:
    return standing_of(dates_of(facts, RULE, changes, day, known), True, day)


def test_nothing_done_is_not_started_and_overdue_only_after_the_due_day() -> None:
    assert on(ModuleFacts(), RULE.due_on) == Standing(State.NOT_STARTED, Lateness.NONE, RULE.due_on)
    assert on(ModuleFacts(), RULE.due_on + timedelta(days=1)).lateness is Lateness.OVERDUE


def test_a_sitting_begun_in_the_cycle_is_in_progress() -> None:
    facts = ModuleFacts(sittings=[SittingFact(date(2026, 9, 5), AT)])
    assert on(facts, date(2026, 9, 6)).state is State.IN_PROGRESS
    assert on(facts, date(2026, 9, 4)).state is State.NOT_STARTED


def test_a_pass_in_time_completes_and_one_after_the_due_day_completes_late() -> None:
    assert on(ModuleFacts(passes=[full_pass(RULE.due_on)]), date(2026, 12, 1)).lateness is Lateness.NONE
    late = on(ModuleFacts(passes=[full_pass(RULE.due_on + timedelta(days=1))]), date(2026, 12, 1))
    assert (late.state, late.lateness) == (State.COMPLETED, Lateness.LATE)


def test_an_earlier_pass_counts_only_where_the_cycle_says_so() -> None:
    facts = ModuleFacts(passes=[full_pass(date(2026, 5, 1))])
    assert on(facts, date(2026, 9, 2)).state is State.NOT_STARTED
    rule = CycleRule(RULE.opens_on, RULE.due_on, earlier_passes_count=True)
    dates = dates_of(facts, rule, (), date(2026, 9, 2), LATER)
    assert standing_of(dates, True, date(2026, 9, 2)).state is State.COMPLETED


def test_outside_the_audience_nothing_is_owed() -> None:
    dates = dates_of(ModuleFacts(), RULE, (), date(2026, 12, 1), LATER)
    assert standing_of(dates, False, date(2026, 12, 1)) == Standing(State.OUT_OF_SCOPE, Lateness.NONE, None)


def test_a_waiver_holds_for_its_span_and_no_longer() -> None:
    facts = ModuleFacts(waivers=[WaiverFact(date(2026, 9, 10), date(2026, 9, 20), AT)])
    assert [on(facts, date(2026, 9, day)).state for day in (9, 10, 19, 20)] == [
        State.NOT_STARTED,
        State.WAIVED,
        State.WAIVED,
        State.NOT_STARTED,
    ]


def test_a_waiver_that_has_ended_does_not_hide_one_that_still_holds() -> None:
    open_one = WaiverFact(date(2026, 9, 1), None, AT)
    ended = WaiverFact(date(2026, 9, 10), date(2026, 9, 20), AT)
    for waivers in ([open_one, ended], [ended, open_one]):
        assert on(ModuleFacts(waivers=waivers), date(2026, 9, 25)).state is State.WAIVED


def test_the_latest_recorded_extension_sets_the_due_day() -> None:
    facts = ModuleFacts(
        extensions=[ExtensionFact(date(2026, 12, 1), AT), ExtensionFact(date(2026, 11, 15), AT + timedelta(days=1))]
    )
    assert on(facts, date(2026, 11, 15)).lateness is Lateness.NONE
    assert on(facts, date(2026, 11, 16)).lateness is Lateness.OVERDUE


PIN = Pin("judging", "rule/one", 1)
OTHER = Pin("knowing", "rule/two", 1)
CHANGE = MeaningChange("rule/one", 2, date(2026, 10, 1), AT)


def test_a_change_of_meaning_reopens_just_the_pins_on_its_clause_from_the_day_it_applies() -> None:
    facts = ModuleFacts(passes=[full_pass(date(2026, 9, 10), PIN, OTHER)])
    assert on(facts, date(2026, 9, 30), (CHANGE,)).state is State.COMPLETED
    reopened = on(facts, date(2026, 10, 1), (CHANGE,))
    assert (reopened.state, reopened.due_on) == (State.MAKE_UP, date(2026, 10, 31))
    assert list(reopened_pins(facts.passes, (CHANGE,), date(2026, 10, 1), LATER)) == [PIN]


def test_a_make_up_pinned_to_the_new_revision_closes_it() -> None:
    make_up = PassFact("make_up", date(2026, 10, 5), AT, frozenset({Pin("judging", "rule/one", 2)}))
    facts = ModuleFacts(passes=[full_pass(date(2026, 9, 10), PIN, OTHER), make_up])
    assert on(facts, date(2026, 10, 4), (CHANGE,)).state is State.MAKE_UP
    assert on(facts, date(2026, 10, 5), (CHANGE,)).state is State.COMPLETED


def test_a_make_up_alone_is_no_completion() -> None:
    make_up = PassFact("make_up", date(2026, 10, 5), AT, frozenset({PIN}))
    assert on(ModuleFacts(passes=[make_up]), date(2026, 10, 6)).state is State.NOT_STARTED


def test_a_fact_recorded_after_the_cut_off_is_not_known() -> None:
    facts = ModuleFacts(passes=[PassFact("quiz", date(2026, 9, 10), LATER)])
    assert on(facts, date(2026, 9, 30), known=LATER - timedelta(seconds=1)).state is State.NOT_STARTED
    assert on(facts, date(2026, 9, 30), known=LATER).state is State.COMPLETED


days = st.dates(date(2026, 8, 1), date(2026, 12, 31))
facts_of_any_kind = st.builds(
    ModuleFacts,
    sittings=st.lists(st.builds(SittingFact, days, st.just(AT)), max_size=3),
    passes=st.lists(
        st.builds(
            PassFact,
            st.sampled_from(["quiz", "make_up"]),
            days,
            st.just(AT),
            st.frozensets(st.builds(Pin, st.just("judging"), st.just("rule/one"), st.integers(1, 3)), max_size=2),
        ),
        max_size=3,
    ),
    waivers=st.lists(st.builds(WaiverFact, days, st.none(), st.just(AT)), max_size=2),
)
any_changes = st.lists(
    st.builds(MeaningChange, st.just("rule/one"), st.integers(2, 4), days, st.just(AT)), max_size=3
).map(tuple)


@given(facts_of_any_kind, any_changes, days)
def test_dates_kept_without_an_end_give_the_same_word_as_dates_of_that_day(
    facts: ModuleFacts, changes: tuple[MeaningChange, ...], day: date
) -> None:
    """What standing rows rest on: dates of all days, turned into a word on a day, agree with that day's facts.

    Facts after the day exist only for waivers and changes; passes and sittings lie in the past when rows are read.
    """
    past = ModuleFacts(
        sittings=[one for one in facts.sittings if one.started_on <= day],
        passes=[one for one in facts.passes if one.passed_on <= day],
        waivers=facts.waivers,
    )
    kept = dates_of(past, RULE, changes, date.max, LATER)
    assert standing_of(kept, True, day) == standing_of(dates_of(past, RULE, changes, day, LATER), True, day)


@given(facts_of_any_kind, any_changes, days)
def test_make_up_counts_as_completed_and_only_passes_complete(
    facts: ModuleFacts, changes: tuple[MeaningChange, ...], day: date
) -> None:
    word = on(facts, day, changes)
    passed = any(p.kind == "quiz" and RULE.opens_on <= p.passed_on <= day for p in facts.passes)
    if word.state is not State.WAIVED:
        assert word.state.counts_as_completed == passed
