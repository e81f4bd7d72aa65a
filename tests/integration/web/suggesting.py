"""What the tests of suggestions do again and again: send one, answer one, look at what is kept."""

from __future__ import annotations

import re

from sqlalchemy import select

from quiz_app.store.db import session
from quiz_app.store.tables.suggestions import Suggestion
from tests.client import Client, Page

ONE = re.compile(r"/city/suggestions/\w+/")
WORDS = "申请步骤第三步看不懂"


def html(client: Client) -> str:
    assert client.response is not None
    return client.response.get_data(as_text=True)


def send(client: Client, words: str = WORDS, about: str = "") -> str:
    """Sends a suggestion by the form and gives its number."""
    client.open("/suggestions/new")
    client.submit("/suggestions/new", text=words, about=about)
    assert client.status == 200, client.page.text
    return html(client).split('class="code">')[1][:14]


def answer(city: Client, **fields: str) -> Page:
    """Opens the first suggestion that waits and sends one of its two forms."""
    city.open("/city/suggestions/")
    city.open(next(filter(ONE.fullmatch, city.page.links)))
    return reply(city, **fields)


def reply(city: Client, **fields: str) -> Page:
    """Sends the form of the page in front of the supervisor: that of an answer, or that of setting aside."""
    forms = [form for form in city.page.forms if form.action.endswith("/answer")]
    form = forms[0 if "text" in fields else 1]
    city.response = city.http.post(form.action, data={**form.fields, **fields}, follow_redirects=True)
    return city.page


def kept() -> list[Suggestion]:
    session().rollback()
    return list(session().scalars(select(Suggestion)))
