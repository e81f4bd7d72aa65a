"""Signing in and staying signed in, as a browser meets it: clear pages, the right status, nothing lost."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from quiz_app.config import Settings
from quiz_app.content.library import Library
from quiz_app.services import accounts
from quiz_app.store.db import session
from quiz_app.store.tables.learning import Answer
from quiz_app.web.access import COOKIE, SECURE_COOKIE
from quiz_app.web.app import create_app
from tests.client import Client
from tests.factories import Factories, Made
from tests.integration.web.conftest import MINUTE, PASSWORD, Ticking, answers, begin, token_of

NEW_PASSWORD = "five calm words"
HUGE = "99999999999999999999"


def try_to_sign_in(client: Client, name: str, password: str) -> str:
    """Through the page; gives what the page says."""
    client.open("/login")
    return client.submit("/login", name=name, password=password).text


def second_learner(app: Flask, factories: Factories, made: Made, name: str, password_hash: str) -> Client:
    """Another cadre, signed in in a browser of their own."""
    member = factories.member(made.enterprise_id, made.root)
    factories.account(made.enterprise_id, name, "member", member_id=member, password_hash=password_hash)
    client = Client(app)
    client.sign_in(name, PASSWORD)
    return client


def test_a_wrong_password_and_an_unknown_name_get_the_same_page(learner: Client, app: Flask) -> None:
    pages = {}
    for name in ("jia-0001", "jia-9999"):
        client = Client(app)
        pages[name] = try_to_sign_in(client, name, "wrong").replace(name, "")
        assert client.status == 401
    assert pages["jia-0001"] == pages["jia-9999"]
    assert "登录名或密码不对" in pages["jia-0001"]


def test_five_wrong_passwords_lock_the_name_until_the_window_is_over(
    learner: Client, app: Flask, clock: Ticking
) -> None:
    stranger, owner = Client(app), Client(app)
    for _ in range(accounts.LOCK_AFTER):
        try_to_sign_in(stranger, "jia-0001", "wrong")
        assert stranger.status == 401
    assert "暂停登录 15 分钟" in try_to_sign_in(owner, "jia-0001", PASSWORD)
    assert owner.status == 429
    learner.open("/learn/")
    assert learner.location == "/learn/", "who is signed in already stays so"
    clock.now += accounts.LOCK_WINDOW + MINUTE
    try_to_sign_in(owner, "jia-0001", PASSWORD)
    assert owner.location == "/learn/"


def test_an_expired_and_a_used_code_are_refused_with_a_sentence(learner: Client, app: Flask, clock: Ticking) -> None:
    code = accounts.reset_account("jia-0001", clock.now)
    clock.now += accounts.CODE_LIFETIME + MINUTE
    person = Client(app)
    person.open("/activate")
    page = person.submit("/activate", name="jia-0001", code=code, password=NEW_PASSWORD)
    assert person.status == 400
    assert "已经过期" in page.text
    assert page.forms[-1].fields["name"] == "jia-0001", "what was typed is kept"
    assert page.forms[-1].fields["password"] == "", "the password is not"
    fresh = accounts.reset_account("jia-0001", clock.now)
    person.submit("/activate", name="jia-0001", code=fresh, password=NEW_PASSWORD)
    assert person.location == "/learn/"
    again = Client(app)
    again.open("/activate")
    again.submit("/activate", name="jia-0001", code=fresh, password="six calm words")
    assert again.status == 400


def test_somebody_elses_sitting_is_not_found(
    learner: Client, app: Flask, factories: Factories, jia: Made, password_hash: str
) -> None:
    path = begin(learner)
    colleague = second_learner(app, factories, jia, "jia-0002", password_hash)
    stranger = second_learner(app, factories, factories.enterprise("yi"), "yi-0001", password_hash)
    for other in (colleague, stranger):
        for address in (path, path.rsplit("/", 1)[0] + "/"):
            other.open(address)
            assert other.status == 404
        other.open("/learn/")
        other.post(path, {"option": "a"})
        assert other.status == 404
    assert answers() == 0


def test_an_item_that_only_another_sitting_has_is_not_found(
    learner: Client, app: Flask, factories: Factories, jia: Made, password_hash: str
) -> None:
    longer = begin(learner)
    learner.submit(longer, option="b")
    assert learner.http.get(f"{longer.rsplit('/', 1)[0]}/3").status_code == 200, "the parallel item"
    colleague = second_learner(app, factories, jia, "jia-0002", password_hash)
    shorter = begin(colleague).rsplit("/", 1)[0]
    assert colleague.http.get(f"{shorter}/3").status_code == 404
    colleague.post(f"{shorter}/3", {"option": "a"})
    assert colleague.status == 404
    assert answers() == 1


def test_a_huge_number_in_any_address_is_not_found(learner: Client, app: Flask) -> None:
    numbered = [rule for rule in app.url_map.iter_rules() if "<int" in rule.rule]
    assert numbered
    token = learner.open("/learn/").forms[0].fields["csrf_token"]
    for rule in numbered:
        address = "/".join(
            HUGE if "<int" in part else "x" if part.startswith("<") else part for part in rule.rule.split("/")
        )
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            answer = learner.http.open(address, method=method, data={"csrf_token": token, "option": "a"})
            # The router itself says 405 where only the number of the other method's route is refused.
            assert answer.status_code in ((404,) if method == "GET" else (404, 405)), (method, address)


def test_an_answer_counts_only_for_what_it_may_say(learner: Client) -> None:
    path = begin(learner)
    learner.open(path)
    for fields in ({}, {"option": "z"}, {"option": "ab"}, {"option": HUGE}):
        learner.post(path, fields)
        assert learner.status == 400
    assert answers() == 0
    learner.post(path, {"option": "b", "confidence": HUGE, "right": "true", "score": "100", "member_id": "x"})
    stored = session().scalars(select(Answer)).one()
    assert (stored.option_id, stored.right, stored.confidence) == ("b", False, None)


def test_a_post_without_its_token_says_so_and_saves_nothing(learner: Client) -> None:
    path = begin(learner)
    answer = learner.http.post(path, data={"option": "a"})
    assert answer.status_code == 400
    assert "内容没有保存" in answer.get_data(as_text=True)
    learner.http.post(path, data={"option": "a", "csrf_token": "made up"})
    assert answers() == 0


def test_a_token_of_another_browser_does_not_serve(learner: Client, app: Flask) -> None:
    path = begin(learner)
    foreign = Client(app).open("/login").forms[0].fields["csrf_token"]
    assert learner.http.post(path, data={"option": "a", "csrf_token": foreign}).status_code == 400
    assert answers() == 0


@pytest.mark.parametrize("change", [str.swapcase, lambda token: token[:-1], lambda token: "", lambda token: "x" * 3000])
def test_a_tampered_login_cookie_is_nobody(learner: Client, change: object) -> None:
    assert callable(change)
    learner.http.set_cookie(COOKIE, change(token_of(learner)))
    learner.open("/learn/")
    assert (learner.status, learner.location) == (200, "/login")


def test_a_tampered_form_cookie_sends_nothing_and_breaks_nothing(learner: Client) -> None:
    path = begin(learner)
    form = next(form for form in learner.page.forms if form.action == path)
    learner.http.set_cookie("rongcuo_form", "eyJjc3JmX3Rva2VuIjoieCJ9.aaaaaa.bbbbbbbbbbbbbbbbbbb")
    assert learner.http.post(path, data={**form.fields, "option": "a"}).status_code == 400
    assert answers() == 0
    learner.open(path)
    learner.submit(path, option="a")
    assert "判断对了" in learner.page.text, "after opening the page again it goes on"


def test_signing_in_gives_a_new_token_and_signing_out_ends_it_on_the_server(learner: Client, app: Flask) -> None:
    first = token_of(learner)
    fixed = Client(app)
    fixed.http.set_cookie(COOKIE, "chosen-by-somebody-else")
    fixed.sign_in("jia-0001", PASSWORD)
    assert token_of(fixed) not in (first, "chosen-by-somebody-else")
    assert learner.http.get("/logout").status_code == 405, "a link signs nobody out"
    learner.open("/learn/")
    learner.submit("/logout")
    thief = Client(app)
    thief.http.set_cookie(COOKIE, first)
    thief.open("/learn/")
    assert thief.location == "/login"


@pytest.mark.parametrize("target", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:x", ""])
def test_signing_in_leads_nowhere_else(learner: Client, app: Flask, target: str) -> None:
    client = Client(app)
    client.open("/login")
    client.post("/login", {"name": "jia-0001", "password": PASSWORD, "next": target}, follow=False)
    assert client.response is not None
    assert client.response.location == "/start"


def test_what_no_database_can_hold_is_refused_and_never_an_error(learner: Client) -> None:
    learner.open("/learn/")
    for address in ("/learn/modules/%00/", "/learn/sittings/%00/1", "/login?next=%00", "/learn/?lang=%00"):
        assert learner.http.get(address).status_code in (400, 404), address
    learner.open("/login")
    learner.post("/login", {"name": "jia-0001\0", "password": PASSWORD})
    assert learner.status == 400
    learner.open("/login")
    learner.post("/login", {"name": "名" * 5000, "password": "x" * 5000})
    assert learner.status == 400
    learner.post("/login", {"name": "x" * 300_000, "password": "x"})
    assert learner.status == 413


def test_cookies_keep_to_this_service(app: Flask, learner: Client, settings: Settings, library: Library) -> None:
    client = Client(app)
    client.open("/login")
    client.post("/login", {"name": "jia-0001", "password": PASSWORD}, follow=False)
    _cookies_are(client, COOKIE, {"HttpOnly", "SameSite=Lax", "Path=/"})
    secure = Client(
        create_app(
            settings.model_copy(update={"base_url": "https://study.example"}), library, app.extensions["rongcuo"].clock
        )
    )
    secure.http.environ_base["wsgi.url_scheme"] = "https"
    secure.open("/login")
    assert secure.response is not None
    assert secure.response.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    token = secure.page.forms[0].fields["csrf_token"]
    fields = {"name": "jia-0001", "password": PASSWORD, "csrf_token": token}
    secure.response = secure.http.post(
        "/login", data=fields, headers={"Referer": "https://localhost/login"}, base_url="https://localhost"
    )
    _cookies_are(secure, SECURE_COOKIE, {"HttpOnly", "SameSite=Lax", "Path=/", "Secure"})


def _cookies_are(client: Client, name: str, marks: set[str]) -> None:
    assert client.response is not None
    line = next(line for line in client.response.headers.getlist("Set-Cookie") if line.startswith(f"{name}="))
    parts = {part.strip() for part in line.split(";")}
    assert marks <= parts
    assert not any(part.startswith("Domain") for part in parts)
