"""HR issues an activation code; the person sets a password with it, once."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.client import Client
from tests.factories import Factories, Made
from tests.integration.web.conftest import PASSWORD


@pytest.fixture
def hr(app: Flask, factories: Factories, jia: Made, password_hash: str) -> Client:
    """A browser in which HR of jia is signed in; member 0042 has an account without a password."""
    member = factories.member("jia", jia.root, staff_number="0042", name="王示例")
    factories.account("jia", "jia-0042", "member", member_id=member)
    factories.account("jia", "jia-hr", "hr", password_hash=password_hash)
    client = Client(app)
    client.open("/login")
    client.submit("/login", name="jia-hr", password=PASSWORD)
    return client


def issue(hr: Client) -> str:
    """Finds member 0042, issues a code and reads it off the slip."""
    hr.open("/hr/codes/?q=0042")
    form = next(form for form in hr.page.forms if "/hr/codes/" in form.action and "csrf_token" in form.fields)
    hr.post(form.action)
    found = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", hr.page.text)
    assert found, hr.page.text
    return found.group()


def test_the_code_of_the_slip_opens_the_account_once(hr: Client, app: Flask) -> None:
    code = issue(hr)
    person = Client(app)
    person.open("/activate")
    person.submit("/activate", name="jia-0042", code=code.lower(), password="quiet lake morning")
    assert person.location == "/learn/"
    again = Client(app)
    again.open("/activate")
    again.submit("/activate", name="jia-0042", code=code, password="quiet lake evening")
    assert again.status == 400


def test_a_new_code_ends_the_one_before(hr: Client, app: Flask) -> None:
    first, second = issue(hr), issue(hr)
    person = Client(app)
    person.open("/activate")
    person.submit("/activate", name="jia-0042", code=first, password="quiet lake morning")
    assert person.status == 400
    person.submit("/activate", name="jia-0042", code=second, password="quiet lake morning")
    assert person.location == "/learn/"


def test_the_person_sees_who_issued_a_code_in_the_own_record(hr: Client, app: Flask) -> None:
    code = issue(hr)
    person = Client(app)
    person.open("/activate")
    person.submit("/activate", name="jia-0042", code=code, password="quiet lake morning")
    person.response = person.http.get("/learn/record.json")
    assert "code_issued" in person.response.get_data(as_text=True)


def test_an_account_of_another_enterprise_is_not_found(hr: Client, factories: Factories) -> None:
    yi = factories.enterprise("yi")
    member = factories.member("yi", yi.root, staff_number="0042")
    foreign = factories.account("yi", "yi-0042", "member", member_id=member)
    hr.open("/hr/codes/")
    hr.open("/hr/codes/?q=0042")
    assert hr.response is not None
    assert foreign not in hr.response.get_data(as_text=True)
    hr.post(f"/hr/codes/{foreign}")
    assert hr.status == 404


def test_nothing_is_listed_without_words_and_wildcards_are_plain_letters(hr: Client) -> None:
    assert "王示例" not in hr.open("/hr/codes/").text
    assert "王示例" not in hr.open("/hr/codes/?q=%25").text
