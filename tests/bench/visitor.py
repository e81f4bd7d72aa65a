"""A browser as small as can be: one kept connection, cookies, the CSRF token of the last page."""

from __future__ import annotations

import re
from http.client import HTTPConnection
from urllib.parse import urlencode

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Visitor:
    """Sends requests to a server of this machine and insists on the status it expects."""

    def __init__(self, port: int, cookies: dict[str, str] | None = None) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies = dict(cookies or {})
        self.csrf_token = ""

    def get(self, path: str, status: int = 200) -> str:
        """Opens a page; returns it."""
        return self._send("GET", path, None, status)

    def post(self, path: str, fields: dict[str, str], status: int) -> str:
        """Sends a form with the CSRF token of the last page that had one."""
        return self._send("POST", path, urlencode({"csrf_token": self.csrf_token, **fields}), status)

    def learn_token(self, path: str) -> str:
        """Opens a page with a form and keeps its CSRF token, which holds for the whole form session."""
        page = self.get(path)
        found = _TOKEN.search(page)
        assert found, f"{path} has no form"
        self.csrf_token = found[1]
        return page

    def close(self) -> None:
        """Gives the connection back."""
        self.connection.close()

    def _send(self, method: str, path: str, body: str | None, status: int) -> str:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        page = answer.read().decode()
        assert answer.status == status, f"{method} {path}: {answer.status} instead of {status}"
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return page
