"""Demo data: labelled, the same for the same seed, and refused where real people are."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

import pytest
from sqlalchemy import delete, func, select

from quiz_app.config import PACKAGE, PROJECT
from quiz_app.content.library import Library
from quiz_app.content.loader import load_library
from quiz_app.services import accounts
from quiz_app.services.demo import DemoSize, HoldsRealData, load_demo
from quiz_app.services.instance import create_instance, is_demo
from quiz_app.store import cycles, standings
from quiz_app.store.db import Base, saving, session
from quiz_app.store.tables.access import Account, SignInName
from quiz_app.store.tables.learning import ModulePass, Sitting, Standing
from quiz_app.store.tables.people import Member, Membership
from tests.factories import Factories

ZONE = "Asia/Shanghai"


@pytest.fixture(scope="module")
def real_library() -> Library:
    """The shipped content."""
    return load_library(PACKAGE / "library", PROJECT / "cases")


@pytest.fixture
def demo(database: str, real_library: Library, now: datetime) -> None:
    """A database with the default demo data."""
    load_demo(real_library, DemoSize(), ZONE, "river-cedar-amber-harbor", now)


def count(table: type[Base]) -> int:
    return session().scalar(select(func.count()).select_from(table)) or 0


def test_the_demo_is_three_enterprises_of_forty_people_with_their_offices(demo: None) -> None:
    assert is_demo()
    assert count(Member) == 120
    names = set(session().scalars(select(SignInName.name)))
    wanted = {"city", "admin"} | {
        f"{code}-{who}" for code in ("jia", "yi", "bing") for who in ("hr", "committee", "0001", "0040")
    }
    assert wanted | {"jia-branch1", "jia-branch4"} <= names
    assert count(Account) == 120 + 3 * 6 + 2


def test_some_have_no_branch_some_have_passed_and_some_have_not_begun(demo: None) -> None:
    lines = Counter(session().scalars(select(Membership.line)))
    assert 0 < lines["party"] < lines["administrative"] == 120
    assert 0 < count(ModulePass) < count(Sitting) < 360


def test_the_same_seed_gives_the_same_database(database: str, real_library: Library, now: datetime) -> None:
    load_demo(real_library, DemoSize(people=12, enterprises=2, seed=5), ZONE, "river-cedar-amber-harbor", now)
    first = session().execute(select(Member.name, Member.id).order_by(Member.id)).all()
    passes = session().execute(select(ModulePass.id, ModulePass.passed_on).order_by(ModulePass.id)).all()
    _empty()
    load_demo(real_library, DemoSize(people=12, enterprises=2, seed=5), ZONE, "another-word-for-it", now)
    assert session().execute(select(Member.name, Member.id).order_by(Member.id)).all() == first
    assert session().execute(select(ModulePass.id, ModulePass.passed_on).order_by(ModulePass.id)).all() == passes


def _empty() -> None:
    with saving() as current:
        for table in reversed(Base.metadata.sorted_tables):
            if table.name != "instance":
                current.execute(delete(table))


def test_loading_again_only_renews_the_password(demo: None, real_library: Library, now: datetime) -> None:
    load_demo(real_library, DemoSize(), ZONE, "a-second-demo-password", now)
    assert count(Member) == 120
    assert accounts.sign_in("jia-0001", "a-second-demo-password", now).enterprise_id == "jia"


def test_demo_data_is_refused_beside_real_people(factories: Factories, real_library: Library, now: datetime) -> None:
    create_instance(ZONE, now, demo=False)
    jia = factories.enterprise("real")
    factories.member("real", jia.root)
    with pytest.raises(HoldsRealData):
        load_demo(real_library, DemoSize(), ZONE, "river-cedar-amber-harbor", now)
    assert count(Member) == 1


def test_standing_rows_rebuilt_from_the_facts_equal_the_old_rows(demo: None, now: datetime) -> None:
    everything = select(Standing.__table__).order_by(Standing.enterprise_id, Standing.member_id, Standing.module_id)
    before = session().execute(everything).all()
    assert before
    with saving() as current:
        current.execute(delete(Standing))
        for code in ("jia", "yi", "bing"):
            cycle = cycles.current_cycle(code, date(2026, 11, 18), now)
            assert cycle is not None
            standings.refresh(current, code, cycle, now)
    assert session().execute(everything).all() == before
