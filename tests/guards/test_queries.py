"""Every query names its tenant and no fact is changed; the watch over all tests sees to it, and is tried here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import and_, delete, exists, func, insert, or_, select, text, true, union, update
from sqlalchemy.orm import aliased

from quiz_app.store.db import saving, session
from quiz_app.store.tables.access import Account, LoginSession
from quiz_app.store.tables.learning import Answer, ModulePass, PassPin, Sitting, Standing
from quiz_app.store.tables.people import Member, Membership
from tests.factories import Factories
from tests.guards.project import ROOT
from tests.guards.scope import unscoped
from tests.guards.watches import ACROSS_TENANTS, statement_findings

other = aliased(Member)
MINE = Member.enterprise_id == "jia"

SCOPED: dict[str, Any] = {
    "condition": select(Member).where(MINE),
    "alias": select(other).where(other.enterprise_id == "jia"),
    "join on the tenant": select(Member.id)
    .join(Membership, Membership.enterprise_id == Member.enterprise_id)
    .where(MINE),
    "exists that takes the tenant from outside": select(Member).where(
        MINE, exists().where(Membership.enterprise_id == Member.enterprise_id)
    ),
    "subquery": select(func.count()).select_from(select(Member).where(MINE).subquery()),
    "token": select(Account.id)
    .join(LoginSession, LoginSession.enterprise_id == Account.enterprise_id)
    .where(LoginSession.token_digest == "digest"),
    "update": update(Account).where(Account.enterprise_id == "jia").values(password_hash=""),
}
UNSCOPED: dict[str, tuple[Any, list[str]]] = {
    "no condition": (select(Member).where(Member.id == "m"), ["member"]),
    "condition that need not hold": (select(Member).where(or_(MINE, true())), ["member"]),
    "join on the id alone": (
        select(Member.id).join(Membership, Membership.member_id == Member.id).where(MINE),
        ["membership"],
    ),
    "outer join whose condition keeps every row": (
        select(Member.id).outerjoin(Membership, and_(Membership.enterprise_id == Member.enterprise_id, MINE)),
        ["member", "membership"],
    ),
    "list of ids": (select(Member).where(MINE, Member.id.in_(select(Membership.member_id))), ["membership"]),
    "tenant named only inside": (
        select(Member).where(Member.id.in_(select(Member.id).where(MINE))),
        ["member"],
    ),
    "exists": (select(Member).where(MINE, exists().where(Membership.member_id == Member.id)), ["membership"]),
    "subquery": (select(func.count()).select_from(select(Member).subquery()), ["member"]),
    "common table": (select(func.count()).select_from(select(Member).cte()), ["member"]),
    "column": (
        select(Member.id, select(func.count(Sitting.id)).where(Sitting.member_id == Member.id).scalar_subquery()).where(
            MINE
        ),
        ["sitting"],
    ),
    "tables bound to one another only": (
        select(Member).where(MINE.left == Membership.enterprise_id),
        ["member", "membership"],
    ),
    "union": (union(select(Member.id), select(Member.id).where(MINE)), ["member"]),
    "insert from": (insert(PassPin).from_select(["pass_id"], select(Answer.sitting_id)), ["answer"]),
    "update": (update(Account).values(password_hash=""), ["account"]),
    "delete": (delete(Standing).where(Standing.cycle_id == "c"), ["standing"]),
    "text": (text("SELECT name FROM member"), ["member"]),
}


@pytest.mark.parametrize("case", SCOPED)
def test_a_statement_that_names_the_tenant_is_let_through(case: str) -> None:
    assert unscoped(SCOPED[case]) == []


@pytest.mark.parametrize("case", UNSCOPED)
def test_a_table_without_the_tenant_is_named(case: str) -> None:
    statement, tables = UNSCOPED[case]
    assert unscoped(statement) == tables


def test_a_changed_fact_is_named() -> None:
    mine = ModulePass.enterprise_id == "jia"
    assert statement_findings(delete(ModulePass).where(mine), "place") == [
        "place: changes or deletes rows of module_pass"
    ]


def test_the_watch_is_on_and_names_the_function(factories: Factories, planted: Callable[[str], Any]) -> None:
    member = factories.enterprise("jia")
    assert member
    read = planted("def people(session, select, member):\n    return session().scalars(select(member)).all()\n").people
    with pytest.raises(AssertionError, match=r"planted\.py people: member without enterprise_id"):
        read(session, select, Member)
    change = planted(
        "def forget(saving, delete, table):\n"
        "    with saving() as current:\n"
        "        current.execute(delete(table).where(table.enterprise_id == 'jia'))\n"
    ).forget
    with pytest.raises(AssertionError, match=r"planted\.py forget: changes or deletes rows of member"):
        change(saving, delete, Member)


def test_every_exception_still_exists() -> None:
    for place in ACROSS_TENANTS:
        path, name = place.split(" ")
        assert f"def {name}(" in Path(ROOT / path).read_text(encoding="utf-8"), place
