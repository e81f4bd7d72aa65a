"""A visitor of a running service: cookies, forms with their CSRF token, no JavaScript, one per thread."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.cookiejar import CookieJar
from urllib.parse import urlencode, urlsplit

from tests.client import Page

Broken = (OSError, http.client.HTTPException)
"""What a visitor meets whose server dies in the middle of a request."""


@dataclass(frozen=True)
class Answer:
    """What came back: the status, where it leads, the page."""

    status: int
    location: str
    text: str
    headers: dict[str, str]

    @property
    def page(self) -> Page:
        """The page, parsed."""
        return Page(self.text)


class _Stay(urllib.request.HTTPRedirectHandler):
    """Leaves redirects to the visitor, who wants to see each."""

    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        """Follows nothing."""


class Visitor:
    """A browser without JavaScript on a running service."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.cookies = CookieJar()
        self.token = ""
        own = (urllib.request.ProxyHandler({}), _Stay(), urllib.request.HTTPCookieProcessor(self.cookies))
        self._opener = urllib.request.build_opener(*own)

    def get(self, path: str) -> Answer:
        """Opens an address, follows redirects, and remembers the CSRF token of the page."""
        answer = self._send(path)
        while answer.location:
            answer = self._send(answer.location)
        if answer.headers.get("content-type", "").startswith("text/html"):
            fields = [form.fields for form in answer.page.forms if "csrf_token" in form.fields]
            self.token = fields[0]["csrf_token"] if fields else self.token
        return answer

    def post(self, path: str, **fields: str) -> Answer:
        """Sends a form with the token of the page seen last; follows nothing."""
        return self._send(path, urlencode({"csrf_token": self.token, **fields}).encode())

    def sign_in(self, name: str, password: str) -> None:
        """Signs in through the page; the token changes with it."""
        self.get("/login")
        answer = self.post("/login", name=name, password=password)
        assert answer.status == 303, (answer.status, answer.text)
        self.get("/account")

    def begin(self, module_id: str) -> str:
        """Begins a sitting or goes on with the open one; gives its path, with a stroke at the end."""
        answer = self.post(f"/learn/modules/{module_id}/begin")
        assert answer.status == 303, (answer.status, answer.text)
        return answer.location

    def _send(self, path: str, body: bytes | None = None) -> Answer:
        request = urllib.request.Request(f"{self.base_url}{path}", data=body)
        try:
            with self._opener.open(request, timeout=60) as reply:
                return _answer(reply)
        except urllib.error.HTTPError as reply:
            with reply:
                return _answer(reply)


def _answer(reply: http.client.HTTPResponse | urllib.error.HTTPError) -> Answer:
    headers = {name.lower(): value for name, value in reply.headers.items()}
    place = urlsplit(headers.get("location", ""))
    location = f"{place.path}?{place.query}" if place.query else place.path
    return Answer(reply.status or 0, location, reply.read().decode("utf-8", "replace"), headers)
