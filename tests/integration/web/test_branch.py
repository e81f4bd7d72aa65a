"""The page of the branch secretary: the own branch, names and states."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from quiz_app.store import standings
from quiz_app.store.cycles import current_cycle
from quiz_app.store.db import saving
from tests.client import Client
from tests.factories import Factories, Made
from tests.integration.web.conftest import PASSWORD, Ticking


@pytest.fixture
def branches(factories: Factories, jia: Made, clock: Ticking) -> tuple[str, str]:
    """Two branches; the first has one member who completed the module and one who did not begin."""
    own = factories.unit("jia", "第一党支部", jia.party_root, line="party")
    other = factories.unit("jia", "第二党支部", jia.party_root, line="party")
    done = factories.member("jia", jia.root, own, name="已完成者")
    factories.member("jia", jia.root, own, name="未开始者")
    factories.member("jia", jia.root, other, name="别的支部")
    factories.passed("jia", done, passed_on=date(2026, 10, 7))
    cycle = current_cycle("jia", date(2026, 11, 18), clock.now)
    assert cycle is not None
    with saving() as current:
        standings.refresh(current, "jia", cycle, clock.now)
    return own, other


@pytest.fixture
def secretary(app: Flask, factories: Factories, branches: tuple[str, str], password_hash: str) -> Client:
    """A browser in which the secretary of the first branch is signed in."""
    factories.account("jia", "jia-branch1", "branch_secretary", unit_id=branches[0], password_hash=password_hash)
    client = Client(app)
    client.sign_in("jia-branch1", PASSWORD)
    return client


def test_the_secretary_sees_names_and_states_of_the_own_branch(secretary: Client) -> None:
    page = secretary.open("/branch/")
    assert page.h1 == ["第一党支部"]
    for words in ("已完成者", "未开始者", "应学 2 人，1 人已完成全部应学模块"):
        assert words in page.text
    assert "别的支部" not in page.text
    assert "10月" not in page.text


def test_only_the_unfinished_can_be_shown(secretary: Client) -> None:
    secretary.open("/branch/")
    page = secretary.open(next(link for link in secretary.page.links if "show=unfinished" in link))
    assert "未开始者" in page.text
    assert "已完成者" not in page.text


def test_another_branch_is_not_found(secretary: Client, branches: tuple[str, str]) -> None:
    secretary.open(f"/branch/?branch={branches[1]}")
    assert secretary.status == 404


def test_a_secretary_without_a_branch_is_told_whom_to_ask(
    app: Flask, factories: Factories, jia: Made, password_hash: str
) -> None:
    factories.account("jia", "jia-branch9", "branch_secretary", password_hash=password_hash)
    client = Client(app)
    client.sign_in("jia-branch9", PASSWORD)
    assert "还没有对应的支部" in client.open("/branch/").text


def test_without_a_study_task_the_page_says_so(app: Flask, factories: Factories, password_hash: str) -> None:
    yi = factories.enterprise("yi")
    branch = factories.unit("yi", "第一党支部", yi.party_root, line="party")
    factories.account("yi", "yi-branch1", "branch_secretary", unit_id=branch, password_hash=password_hash)
    client = Client(app)
    client.sign_in("yi-branch1", PASSWORD)
    assert "还没有学习任务" in client.open("/branch/").text


def test_the_page_speaks_english_too(secretary: Client) -> None:
    page = secretary.open("/branch/?lang=en")
    assert page.lang == "en"
    assert "Only members with modules to complete" in page.text
