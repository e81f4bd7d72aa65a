"""Who may open what: each view names its roles, and a view that names none stays shut."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Flask, Response, current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from ..domain.errors import MissingInput, NotAllowed, NotFound
from ..domain.people import Identity, Learner, Role
from ..services import accounts
from .service import now, service

View = TypeVar("View", bound=Callable[..., Any])

COOKIE = "rongcuo_login"
SECURE_COOKIE = "__Host-rongcuo_login"
HELD_ANSWER = "held_answer"

_LOCAL_PATH = re.compile(r"^/(?![/\\])[^\s\\]*$")


def open_to(*roles: Role) -> Callable[[View], View]:
    """Marks a view as open to these roles, or to everybody where none is named."""

    def mark(view: View) -> View:
        view.open_to = frozenset(roles)  # type: ignore[attr-defined]
        return view

    return mark


def asking_nobody(view: View) -> View:
    """Marks a view that never learns who is signed in, so that nothing it keeps could be about its sender.

    Not even the login session notes that it was in use.
    """
    view.asks_nobody = True  # type: ignore[attr-defined]
    return view


def asks_nobody() -> bool:
    """Whether this page never learns who is signed in."""
    return request.endpoint is not None and _asks_nobody(request.endpoint)


def roles_of(app: Flask, endpoint: str) -> frozenset[Role] | None:
    """The roles that open an endpoint: empty for everybody, nothing where the view names none."""
    return cast("frozenset[Role] | None", getattr(app.view_functions[endpoint], "open_to", None))


def init_app(app: Flask) -> None:
    """Guards every request before its view runs."""
    app.before_request(_guard)
    app.jinja_env.globals.update(who=who, asks_nobody=asks_nobody, Role=Role)
    # Flask's own static route serves the service's style sheet to everybody.
    open_to()(app.view_functions["static"])


def who() -> Identity | None:
    """Who is signed in, or nobody."""
    return cast("Identity | None", g.get("identity"))


def me() -> Identity:
    """Who is signed in on a page that only signed-in people reach."""
    identity = who()
    assert identity is not None, "the guard lets only signed-in people through"
    return identity


def learner() -> Learner:
    """The signed-in person who studies; raises `NotAllowed` for an account without a member."""
    identity = me()
    if identity.member_id is None:
        raise NotAllowed
    return Learner(identity.enterprise_id, identity.member_id)


def remember_login(response: AnyResponse, token: str) -> AnyResponse:
    """Puts the token of a new login session into the cookie and ends the form session of before."""
    held = session.get(HELD_ANSWER)
    session.clear()
    if held:
        session[HELD_ANSWER] = held
    response.set_cookie(
        _cookie_name(),
        token,
        max_age=int(accounts.ABSOLUTE_LIMIT.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=service().settings.secure,
        path="/",
    )
    return response


def forget_login(response: AnyResponse) -> AnyResponse:
    """Removes the cookie."""
    session.clear()
    response.delete_cookie(_cookie_name(), path="/", samesite="Lax", secure=service().settings.secure, httponly=True)
    return response


def login_token() -> str | None:
    """The token this browser sends, if any."""
    return request.cookies.get(_cookie_name())


def safe_next(address: str | None) -> str:
    """An address of this service to go on to; anything else leads to the start page of the account."""
    if address and _LOCAL_PATH.match(address):
        return address
    return url_for("account.start")


def _cookie_name() -> str:
    return SECURE_COOKIE if service().settings.secure else COOKIE


def _guard() -> Response | None:
    if request.endpoint is None:
        return None
    roles = roles_of(current_app, request.endpoint)
    if roles is None:
        raise NotFound
    _refuse_unwritable()
    if request.endpoint != "static" and not _asks_nobody(request.endpoint):
        token = login_token()
        g.identity = accounts.identity_of(token, now()) if token else None
    if not roles:
        return None
    identity = who()
    if identity is None:
        return _to_login()
    if not roles & identity.roles:
        raise NotAllowed
    return None


def _asks_nobody(endpoint: str) -> bool:
    return getattr(current_app.view_functions[endpoint], "asks_nobody", False)


def _refuse_unwritable() -> None:
    """Nobody types the character NUL, and PostgreSQL cannot hold it."""
    if "\0" in request.path:
        raise NotFound
    if any("\0" in value for _, value in request.values.items(multi=True)):
        raise MissingInput


def _to_login() -> Response:
    back = request.full_path.rstrip("?")
    if request.method == "POST":
        back = request.path
        hold_answer()
    return cast(Response, redirect(url_for("account.login", next=back), code=303))


def hold_answer() -> bool:
    """Keeps a chosen answer in the signed form session until its page is opened again; nothing is lost.

    Says whether there was one: its sender has to sign in again, or did so in another tab since the page was opened.
    """
    if request.endpoint != "learn.answer" or "option" not in request.form:
        return False
    session[HELD_ANSWER] = {
        "path": request.path,
        "option": request.form["option"][:1],
        "confidence": request.form.get("confidence", "")[:1],
    }
    return True
