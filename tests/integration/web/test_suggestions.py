"""Sending a suggestion, answering it and reading the answer, as browsers meet it: both languages, nobody asked."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from types import MappingProxyType

import pytest
from flask import Flask
from sqlalchemy import select

from quiz_app.config import Settings
from quiz_app.content.library import Library
from quiz_app.content.local import Slot
from quiz_app.content.text import Text
from quiz_app.domain.suggestions import MAX_ABOUT, MAX_ANSWER, MAX_TEXT, MOST_A_MINUTE
from quiz_app.store.db import session
from quiz_app.store.tables.suggestions import SuggestionAnswer
from quiz_app.web.app import create_app
from tests.client import Client, Page
from tests.integration.web.conftest import PASSWORD, Ticking
from tests.integration.web.suggesting import WORDS, answer, html, kept, reply, send

ACTIVE = 'https://elsewhere.example/ <script>alert(1)</script><a href="https://elsewhere.example/">看</a> & "甲"'


def test_a_suggestion_goes_from_its_sender_to_the_answer_everybody_reads(sender: Client, city: Client) -> None:
    number = send(sender, about="申请步骤")
    assert WORDS not in sender.open("/suggestions/").text, "nothing is shown before it is answered"
    assert "待答复：1 条" in city.open("/city/").text
    assert "答复已保存" in answer(city, text="已经改写，谢谢。").text
    page = sender.open("/suggestions/")
    assert WORDS in page.text
    assert "已经改写，谢谢。" in page.text
    assert "待答复：0 条" in city.open("/city/").text
    sender.submit("/suggestions/", number=number.lower())
    assert "已经改写，谢谢。" in sender.page.text


def test_the_form_says_what_does_not_belong_here_and_where_that_goes(sender: Client) -> None:
    page = sender.open("/suggestions/new")
    assert "这里不受理检举控告，请不要写具体的人和事" in page.text
    assert "检举控告的受理渠道：待主管部门提供" in page.text
    assert "To be provided by the competent authority" in sender.open("/suggestions/new?lang=en").text


def test_the_channel_that_the_authority_gives_stands_on_the_form(
    settings: Settings, library: Library, clock: Ticking, city: Client
) -> None:
    words = Text(zh="示例渠道", en="The channel of this example")
    slot = Slot(id="report-channel", title=words, provider=words, value=words)
    filled = Library(library.instruments, library.modules, slots=MappingProxyType({slot.id: slot}))
    client = Client(create_app(settings, filled, clock))
    assert "检举控告的受理渠道：示例渠道" in client.open("/suggestions/new").text


def test_the_page_it_is_about_may_come_with_the_address(sender: Client) -> None:
    for given, about in (
        ("风险%20备案%0A", "风险 备案"),
        ("x" * 500, "x" * MAX_ABOUT),
        ("%22%3E%3Cscript%3E", '"><script>'),
    ):
        form = sender.open(f"/suggestions/new?about={given}").forms[-1]
        assert form.fields["about"] == about
    assert "<script" not in html(sender)


def test_a_reload_and_a_double_tap_are_one_suggestion(sender: Client) -> None:
    form = sender.open("/suggestions/new").forms[-1]
    fields = {**form.fields, "text": WORDS}
    numbers = {
        sender.http.post(form.action, data=fields).get_data(as_text=True).split('"code">')[1][:14] for _ in "123"
    }
    assert len(numbers) == 1
    assert len(kept()) == 1


def test_going_back_to_a_sent_form_loses_neither_suggestion(sender: Client) -> None:
    form = sender.open("/suggestions/new").forms[-1]
    sender.post(form.action, {**form.fields, "text": WORDS})
    sender.response = sender.http.post(form.action, data={**form.fields, "text": "另外一条"})
    assert sender.status == 409
    assert "那一条的编号是" in sender.page.text
    assert ">另外一条</textarea>" in html(sender)
    assert len(kept()) == 1
    sender.submit("/suggestions/new", text="另外一条")
    assert sorted(row.text or "" for row in kept()) == sorted([WORDS, "另外一条"])


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": ""}, "请写下意见或者建议"),
        ({"text": " \u200b\n"}, "请写下意见或者建议"),
        ({"text": "字" * (MAX_TEXT + 1)}, f"现在有 {MAX_TEXT + 1} 字，最多 {MAX_TEXT} 字"),
        ({"text": "好", "about": "页" * (MAX_ABOUT + 1)}, f"现在有 {MAX_ABOUT + 1} 字，最多 {MAX_ABOUT} 字"),
    ],
)
def test_what_is_missing_or_too_long_is_said_and_nothing_typed_is_lost(
    sender: Client, fields: dict[str, str], said: str
) -> None:
    sender.open("/suggestions/new")
    page = sender.submit("/suggestions/new", **fields)
    assert sender.status == 400
    assert said in page.text
    assert (fields["text"].strip(" \u200b\n") or "</textarea>") in unescape(html(sender))
    assert page.forms[-1].fields["about"] == fields.get("about", "")
    assert kept() == []


def test_a_form_without_its_key_is_one_suggestion_all_the_same(sender: Client) -> None:
    for once in ("", "x" * 400):
        sender.open("/suggestions/new")
        sender.submit("/suggestions/new", text=WORDS, once=once)
        assert sender.status == 200
    assert len(kept()) == 2


def test_more_than_a_minute_takes_is_refused_with_a_sentence_and_kept_in_the_form(
    sender: Client, clock: Ticking
) -> None:
    for number in range(MOST_A_MINUTE):
        send(sender, f"第{number}条")
    sender.open("/suggestions/new")
    page = sender.submit("/suggestions/new", text=WORDS, about="首页")
    assert sender.status == 429
    assert "这里只按总数限制" in page.text
    assert f">{WORDS}</textarea>" in html(sender)
    clock.now += timedelta(minutes=1)
    sender.submit("/suggestions/new", text=WORDS, about="首页")
    assert sender.status == 200
    assert len(kept()) == MOST_A_MINUTE + 1


def test_words_are_shown_as_typed_without_links_in_both_languages(sender: Client, city: Client) -> None:
    number = send(sender, ACTIVE, about="<b>页</b>")
    answer(city, text=f"答：{ACTIVE}")
    pages = [html(city)]
    city.open("/city/suggestions/")
    pages.append(html(city))
    for language in ("zh", "en"):
        sender.open(f"/suggestions/?lang={language}")
        pages.append(html(sender))
        sender.submit("/suggestions/", number=number)
        pages.append(html(sender))
    for page in pages:
        assert "<script" not in page
        assert "<b>" not in page
        assert "elsewhere.example" in page
        assert not [link for link in Page(page).links if "elsewhere" in link]


def test_a_correction_shows_the_latest_and_keeps_the_earlier_for_the_office(sender: Client, city: Client) -> None:
    send(sender)
    answer(city, text="下周改。")
    assert ">下周改。</textarea>" in html(city)
    reply(city, text="已经改好。")
    assert "下周改。" in city.page.text
    page = sender.open("/suggestions/")
    assert "已经改好。" in page.text
    assert "（更正后）" in page.text
    assert "下周改。" not in page.text
    assert session().scalars(select(SuggestionAnswer.version).order_by(SuggestionAnswer.version)).all() == [1, 2]


def test_what_names_people_is_erased_and_the_page_says_where_such_matters_go(sender: Client, city: Client) -> None:
    number = send(sender, "王某某收了两箱海参", about="王某某")
    answer(city, decision="names_people")
    assert "海参" not in city.page.text
    assert not [form for form in city.page.forms if form.action.endswith("/answer")]
    for page in (sender.open("/suggestions/"), sender.submit("/suggestions/", number=number)):
        assert "搁置：涉及具体的人和事" in page.text
        assert "检举控告的受理渠道：待主管部门提供" in page.text
        assert "海参" not in page.text
        assert "王某某" not in page.text
    city.post(f"/city/suggestions/{kept()[0].id}/answer", {"decision": "answered", "text": "好", "version": "2"})
    assert city.status == 409
    assert "文字已经删除，不能再答复" in city.page.text


@pytest.mark.parametrize(("reason", "words"), [("unrelated", "与本站无关"), ("duplicate", "与已有的意见重复")])
def test_what_is_set_aside_is_told_without_its_text(sender: Client, city: Client, reason: str, words: str) -> None:
    number = send(sender)
    answer(city, decision=reason)
    page = sender.open("/suggestions/")
    assert words in page.text
    assert WORDS not in page.text
    sender.submit("/suggestions/", number=number)
    assert WORDS in sender.page.text, "who holds the number may read it"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": " "}, "请写下答复"),
        ({"text": "字" * (MAX_ANSWER + 1)}, f"现在有 {MAX_ANSWER + 1} 字，最多 {MAX_ANSWER} 字"),
        ({"decision": ""}, "请选择搁置的理由"),
        ({"decision": "forwarded"}, "请选择搁置的理由"),
    ],
)
def test_an_incomplete_reply_is_said_and_nothing_typed_is_lost(
    sender: Client, city: Client, fields: dict[str, str], said: str
) -> None:
    send(sender)
    page = answer(city, **fields)
    assert city.status == 400
    assert said in page.text
    assert fields.get("text", "").strip() in html(city)
    assert session().scalars(select(SuggestionAnswer)).all() == []


def test_an_answer_overtaken_by_a_colleague_keeps_both(sender: Client, city: Client, app: Flask) -> None:
    send(sender)
    suggestion = kept()[0].id
    colleague = Client(app)
    colleague.sign_in("city", PASSWORD)
    for one in (city, colleague):
        one.open(f"/city/suggestions/{suggestion}/")
    reply(colleague, text="同事的答复")
    page = reply(city, text="我的答复")
    assert city.status == 409
    assert "同事的答复" in page.text
    assert ">我的答复</textarea>" in html(city)
    reply(city, text="我的答复")
    assert "我的答复" in sender.open("/suggestions/").text


def test_a_number_nobody_has_is_said_and_an_empty_one_too(sender: Client) -> None:
    for number, status, words in (
        ("", 400, "请填写"),
        ("AAAA-BBBB", 404, "没有这个编号的意见"),
        ("<b>", 404, "没有这个编号"),
    ):
        sender.open("/suggestions/")
        page = sender.submit("/suggestions/", number=number)
        assert sender.status == status
        assert words in page.text
        assert page.forms[-1].fields["number"] == number
    assert sender.http.get("/suggestions/?after=unknown").status_code == 404
