"""A page that says what went wrong also says where to go on."""

from __future__ import annotations

from tests.client import Client


def test_a_wrong_address_leads_to_the_search_of_its_language(client: Client) -> None:
    for language, action in (("zh", "/search/"), ("en", "/en/search/")):
        page = client.open(f"/no/such/page/?lang={language}")
        assert client.status == 404
        assert action in [form.action for form in page.forms]
