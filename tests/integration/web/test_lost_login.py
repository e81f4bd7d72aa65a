"""A login that ends or begins anew in the middle of a sitting: the chosen answer is kept, for its sender alone."""

from __future__ import annotations

import pytest
from flask import Flask

from quiz_app.services import accounts
from quiz_app.web.access import COOKIE
from tests.client import Client
from tests.integration.web.conftest import MINUTE, PASSWORD, Ticking, answers, begin, token_of


@pytest.mark.parametrize("reason", ["ended elsewhere", "idle too long", "cookie lost"])
def test_a_login_lost_in_the_middle_of_a_sitting_keeps_the_choice(learner: Client, clock: Ticking, reason: str) -> None:
    path = begin(learner)
    if reason == "ended elsewhere":
        accounts.sign_out(token_of(learner), clock.now)
    elif reason == "idle too long":
        clock.now += accounts.IDLE_LIMIT + MINUTE
    else:
        learner.http.delete_cookie(COOKIE)
    learner.submit(path, option="b", confidence="2")
    assert learner.location == "/login"
    assert answers() == 0
    learner.submit("/login", name="jia-0001", password=PASSWORD)
    assert learner.location == path
    assert "您刚才的选择已保留" in learner.page.text
    form = next(form for form in learner.page.forms if form.action == path)
    assert (form.fields["option"], form.fields["confidence"]) == ("b", "2")
    learner.submit(path)
    assert answers() == 1
    learner.open(f"{path.rsplit('/', 1)[0]}/")
    assert "您刚才的选择已保留" not in learner.page.text, "it belonged to that item alone"


def test_a_question_opened_before_a_new_sign_in_in_another_tab_keeps_the_choice(learner: Client, app: Flask) -> None:
    path = begin(learner)
    other_tab = Client(app)
    other_tab.http = learner.http
    other_tab.sign_in("jia-0001", PASSWORD)
    learner.http.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    learner.submit(path, option="b", confidence="2")
    assert learner.location == path
    assert answers() == 0
    assert "您刚才的选择已保留" in learner.page.text
    learner.submit(path)
    assert answers() == 1


def test_a_kept_choice_is_not_left_for_the_next_person(learner: Client, clock: Ticking) -> None:
    path = begin(learner)
    accounts.sign_out(token_of(learner), clock.now)
    learner.submit(path, option="b")
    learner.submit("/login", name="jia-0001", password=PASSWORD)
    learner.submit("/logout")
    learner.sign_in("jia-0001", PASSWORD)
    learner.open(path)
    assert "option" not in next(form for form in learner.page.forms if form.action == path).fields
