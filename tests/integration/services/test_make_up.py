"""A changed clause re-opens exactly the passes pinned to it, and a make-up of those concepts closes it."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from sqlalchemy import select

from quiz_app.content.library import Library
from quiz_app.domain.people import Learner
from quiz_app.domain.scoring import Outcome
from quiz_app.domain.standing import State
from quiz_app.services import sittings, study
from quiz_app.services.libraries import Libraries, store_release
from quiz_app.store import cycles, standings
from quiz_app.store.db import saving, session
from quiz_app.store.library import meaning_changes
from quiz_app.store.tables.learning import PassPin
from tests.content_factories import small_library
from tests.factories import Factories

CHANCE = random.Random(7)


def prepare(factories: Factories, library: Library) -> Learner:
    """A learner of an enterprise with a cycle, and the library's release stored."""
    factories.instance()
    factories.release(library)
    jia = factories.enterprise("jia")
    factories.cycle("jia")
    return Learner("jia", factories.member("jia", jia.root))


def answer_all(learner: Learner, sitting_id: str, libraries: Libraries, now: datetime) -> sittings.SittingView:
    """Answers every open item rightly; the key of every test item is a."""
    seen = sittings.view(learner, sitting_id, libraries)
    while seen.next_position is not None:
        seen = sittings.answer(learner, sitting_id, seen.next_position, "a", None, libraries, now, CHANCE)
    return seen


def state(learner: Learner, library: Library, now: datetime) -> State:
    """The word the person reads for module ``basics``."""
    return study.my_module(learner, "basics", library, now).line.standing.state


def test_meaning_then_cosmetic_reopens_only_the_concept_on_the_changed_clause(
    factories: Factories, library: Library, now: datetime
) -> None:
    learner = prepare(factories, library)
    libraries = Libraries(library)
    answer_all(learner, sittings.begin(learner, "basics", libraries, now, CHANCE), libraries, now)
    assert state(learner, library, now) is State.COMPLETED

    tomorrow = now + timedelta(days=1)
    changed = small_library(["meaning", "cosmetic"])
    assert store_release(changed, tomorrow)
    view = study.my_module(learner, "basics", changed, tomorrow)
    assert view.line.standing.state is State.MAKE_UP
    assert view.line.standing.due_on == date(2026, 12, 19)
    assert [concept.id for change in view.changes for concept in change.concepts] == ["second"]
    assert view.changes[0].before.en == "two gist 1 in English"
    assert view.changes[0].after.en == "two gist 3 in English"

    libraries = Libraries(changed)
    sitting_id = sittings.begin(learner, "basics", libraries, tomorrow, CHANCE, kind=sittings.MAKE_UP)
    seen = answer_all(learner, sitting_id, libraries, tomorrow)
    assert seen.outcome is Outcome.PASSED
    assert {asked.concept_id for asked in seen.asked} == {"second"}
    assert state(learner, changed, tomorrow) is State.COMPLETED
    assert study.my_module(learner, "basics", changed, tomorrow).changes == ()


def test_a_cosmetic_change_alone_reopens_nothing(factories: Factories, library: Library, now: datetime) -> None:
    learner = prepare(factories, library)
    libraries = Libraries(library)
    answer_all(learner, sittings.begin(learner, "basics", libraries, now, CHANCE), libraries, now)
    changed = small_library(["cosmetic"])
    store_release(changed, now + timedelta(days=1))
    assert meaning_changes(now + timedelta(days=1)) == []
    assert state(learner, changed, now + timedelta(days=1)) is State.COMPLETED


def test_a_sitting_is_finished_with_the_library_it_was_begun_with_and_pinned_to_it(
    factories: Factories, library: Library, now: datetime
) -> None:
    learner = prepare(factories, library)
    sitting_id = sittings.begin(learner, "basics", Libraries(library), now, CHANCE)
    changed = small_library(["meaning"])
    later = now + timedelta(days=1)
    store_release(changed, later)
    seen = answer_all(learner, sitting_id, Libraries(changed), later)
    assert seen.outcome is Outcome.PASSED
    pins = {pin.clause_ref: pin.revision for pin in session().scalars(select(PassPin))}
    assert pins == {"rule/one": 1, "rule/two": 1}
    assert state(learner, changed, later) is State.MAKE_UP


def test_a_new_release_is_stored_once_and_standing_rows_follow_it(
    factories: Factories, library: Library, now: datetime
) -> None:
    learner = prepare(factories, library)
    libraries = Libraries(library)
    answer_all(learner, sittings.begin(learner, "basics", libraries, now, CHANCE), libraries, now)
    changed = small_library(["meaning"])
    later = now + timedelta(days=1)
    assert store_release(changed, later) is True
    assert store_release(changed, later) is False
    cycle = cycles.current_cycle("jia", later.date(), later)
    assert cycle is not None
    kept = standings.rows_of("jia", cycle.id, learner.member_id)
    assert kept["basics"].reopened_on == date(2026, 11, 19)
    with saving() as current:
        standings.refresh(current, "jia", cycle, later)
    assert standings.rows_of("jia", cycle.id, learner.member_id) == kept
