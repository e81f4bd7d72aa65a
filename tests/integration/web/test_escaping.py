"""What people are called is text on every page, whatever signs it holds."""

from __future__ import annotations

from flask import Flask

from tests.client import Client
from tests.factories import Factories, Made
from tests.integration.web.conftest import PASSWORD


def test_a_name_with_markup_is_shown_as_it_is_written_in_the_list_of_hr(
    app: Flask, factories: Factories, jia: Made, password_hash: str
) -> None:
    factories.member("jia", jia.root, staff_number="<s>1</s>", name="<b>张&某</b>")
    factories.account("jia", "jia-hr", "hr", password_hash=password_hash)
    client = Client(app)
    client.sign_in("jia-hr", PASSWORD)
    page = client.http.get("/hr/completion").text
    assert "<td>&lt;s&gt;1&lt;/s&gt;</td><td>&lt;b&gt;张&amp;某&lt;/b&gt;</td>" in page
    assert "<b>张" not in page
