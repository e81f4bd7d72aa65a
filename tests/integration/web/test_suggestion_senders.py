"""Nobody can tell who sent a suggestion, and only the supervisor reads what waits."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from quiz_app.store.db import engine_options, saving, session
from quiz_app.store.tables.access import LoginSession
from tests.client import Client
from tests.integration.web.conftest import Ticking
from tests.integration.web.suggesting import WORDS, answer, html, kept, send


def test_the_number_stands_in_no_address(sender: Client, city: Client) -> None:
    number = send(sender)
    answer(city, text="好")
    sender.open("/suggestions/")
    sender.submit("/suggestions/", number=number)
    assert sender.location == "/suggestions/"
    for page in (sender.page, sender.open("/suggestions/"), city.open("/city/suggestions/")):
        assert not [link for link in page.links if number in link]
    assert number not in html(city)


def test_nobody_but_the_supervisor_reads_or_answers_what_waits(learner: Client, city: Client) -> None:
    send(learner)
    suggestion = kept()[0].id
    learner.open("/learn/")
    for address in ("/city/suggestions/", f"/city/suggestions/{suggestion}/"):
        assert learner.http.get(address).status_code == 403
    learner.post(f"/city/suggestions/{suggestion}/answer", {"decision": "answered", "text": "好", "version": "1"})
    assert learner.status == 403
    assert city.http.get("/city/suggestions/unknown/").status_code == 404


def test_a_suggestion_of_somebody_signed_in_has_no_trace_of_them(learner: Client, city: Client) -> None:
    page = learner.open("/suggestions/new?about=首页")
    assert "退出" not in page.text, "the page does not know who is signed in"
    assert "登录" not in [words.strip() for words in page.text.splitlines()]
    number = send(learner)
    row = kept()[0]
    assert (row.enterprise_id, row.number, row.text) == ("city", number, WORDS)
    rows = "".join(str(found) for found in session().execute(text("SELECT * FROM suggestion")))
    assert "jia" not in rows
    learner.open("/learn/")
    assert learner.location == "/learn/", "the sign-in goes on"


def test_writing_a_suggestion_does_not_touch_the_login_session(learner: Client, city: Client, clock: Ticking) -> None:
    seen = select(LoginSession.seen_at).where(LoginSession.enterprise_id == "jia")
    before = session().scalars(seen).all()
    session().rollback()
    clock.now += timedelta(hours=1)
    send(learner)
    assert session().scalars(seen).all() == before


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Everything that is logged."""
    with caplog.at_level(logging.DEBUG):
        yield caplog


BROKEN = {
    "sqlite": "CREATE TRIGGER broken BEFORE INSERT ON suggestion BEGIN INSERT INTO nowhere VALUES (new.text); END",
    "postgresql": "ALTER TABLE suggestion ALTER COLUMN text TYPE varchar(2)",
}
"""What makes the database refuse a suggestion with an error that nobody expects."""


def test_no_log_line_holds_the_words_even_when_saving_fails(sender: Client, log: pytest.LogCaptureFixture) -> None:
    sender.open("/suggestions/new")
    with saving() as current:
        current.execute(text(BROKEN[current.get_bind().dialect.name]))
    sender.submit("/suggestions/new", text=WORDS, about="某一页")
    assert sender.status in (500, 503)
    assert log.records, "that it failed is logged"
    assert WORDS not in log.text
    assert "某一页" not in log.text
    assert kept() == []


def test_the_engine_names_no_values_in_its_errors() -> None:
    for address in ("sqlite:///x", "postgresql+psycopg://x/y"):
        assert engine_options(address)["hide_parameters"]


def test_without_a_supervisor_the_form_says_so(client: Client) -> None:
    page = client.open("/suggestions/new")
    assert client.status == 409
    assert "意见建议还没有开通" in page.text
    assert "还没有答复过的意见" in client.open("/suggestions/").text
