"""A test client that follows the forms of a page, as a person without JavaScript does."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.test import TestResponse

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


class Form:
    """A form of a page: where it goes and the fields it sends."""

    def __init__(self, action: str, method: str) -> None:
        self.action = action
        self.method = method
        self.fields: dict[str, str] = {}
        self.choices: dict[str, list[str]] = {}


class Page(HTMLParser):
    """A parsed page; a tag that is not closed in order fails the test at once."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.h1: list[str] = []
        self.text = ""
        self.ids: list[str] = []
        self.lang = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open, f"tags left open: {self._open}"
        assert len(self.ids) == len(set(self.ids)), f"doubled ids: {self.ids}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collects forms, fields, links and ids."""
        found = {name: value or "" for name, value in attrs}
        if tag not in _VOID:
            self._open.append(tag)
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "html":
            self.lang = found.get("lang", "")
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        if tag == "form":
            self.forms.append(Form(found.get("action", ""), found.get("method", "get")))
        if tag in ("input", "select", "textarea", "button") and self.forms and "name" in found:
            self._field(found)

    def _field(self, found: dict[str, str]) -> None:
        form = self.forms[-1]
        if found.get("type") in ("radio", "checkbox"):
            form.choices.setdefault(found["name"], []).append(found.get("value", "on"))
            if "checked" in found:
                form.fields[found["name"]] = found.get("value", "on")
        else:
            form.fields[found["name"]] = found.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        """Checks that tags close in order."""
        if tag in _VOID:
            return
        assert self._open, f"</{tag}> closes nothing"
        assert self._open[-1] == tag, f"</{tag}> inside <{self._open[-1]}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        """Collects the text."""
        self.text += data
        if "h1" in self._open:
            self.h1.append(data.strip())


class Client:
    """A browser with cookies and no JavaScript."""

    def __init__(self, app: Flask) -> None:
        self.http = app.test_client()
        self.response: TestResponse | None = None

    @property
    def status(self) -> int:
        """The status of the last answer."""
        assert self.response is not None
        return self.response.status_code

    @property
    def location(self) -> str:
        """The path of the page shown last."""
        assert self.response is not None
        return self.response.request.path

    @property
    def page(self) -> Page:
        """The page shown last, parsed."""
        assert self.response is not None
        return Page(self.response.get_data(as_text=True))

    def open(self, address: str) -> Page:
        """Opens an address and follows redirects."""
        self.response = self.http.get(address, follow_redirects=True)
        return self.page

    def post(self, address: str, fields: dict[str, str] | None = None, *, follow: bool = True) -> TestResponse:
        """Sends fields to an address with the page's CSRF token and follows redirects."""
        token = next((form.fields["csrf_token"] for form in self.page.forms if "csrf_token" in form.fields), "")
        self.response = self.http.post(address, data={"csrf_token": token, **(fields or {})}, follow_redirects=follow)
        return self.response

    def submit(self, action_ends: str, **fields: str) -> Page:
        """Fills and sends the form whose action ends with these words."""
        form = next(form for form in self.page.forms if urlsplit(form.action).path.endswith(action_ends))
        self.response = self.http.post(form.action, data={**form.fields, **fields}, follow_redirects=True)
        return self.page

    def sign_in(self, name: str, password: str) -> None:
        """Signs in through the page."""
        self.open("/login")
        self.submit("/login", name=name, password=password)
        assert self.status == 200, self.page.text
