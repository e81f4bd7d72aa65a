"""Sending a suggestion, looking it up by its number, and reading what was answered.

The number is sent in the body of a form and never in an address, which machines on the way may note.
"""

from __future__ import annotations

import secrets

from flask import Blueprint, render_template, request

from ...domain.errors import NotFound, TooManySuggestions
from ...domain.suggestions import DECISION_WORDS, MAX_ABOUT, MAX_TEXT, Suggestion, plain, suggestion_of
from ...services import suggestions
from ...services.suggestions import SuggestionRow
from ..access import asking_nobody, open_to
from ..errors import STATUS
from ..service import now

bp = Blueprint("suggestions", __name__, url_prefix="/suggestions")

MAX_ONCE = 40
MAX_TYPED = 40

Answer = tuple[str, int]


@bp.get("/new")
@open_to()
@asking_nobody
def new() -> str:
    """An empty form, perhaps with the page it is about."""
    suggestions.require_open()
    about = " ".join(plain(request.args.get("about", "")).split())
    return _form(Suggestion(about[:MAX_ABOUT], ""), _new_once())


@bp.post("/new")
@open_to()
@asking_nobody
def send() -> str | Answer:
    """Keeps the suggestion and shows its number; what is wrong is said above the form, which keeps the words."""
    entered, problems = suggestion_of(request.form.get("about", ""), request.form.get("text", ""))
    once = request.form.get("once", "")
    if not 0 < len(once) <= MAX_ONCE:
        once = _new_once()
    if problems:
        return _form(entered, once, problems=problems), 400
    try:
        row = suggestions.send(entered, once, now())
    except TooManySuggestions as error:
        return _form(entered, once, error=error), STATUS[TooManySuggestions]
    if row.text not in (entered.text, None):
        # The browser went back to a form that was sent: what stands there now is another suggestion.
        return _form(entered, _new_once(), sent_before=row.number), 409
    return _one("suggestions/sent.html", row)


@bp.get("/")
@open_to()
def home() -> str:
    """What was answered, the latest first."""
    return _home(request.args.get("after", ""))


@bp.post("/")
@open_to()
@asking_nobody
def look_up() -> str | Answer:
    """One suggestion by its number, answered or not."""
    number = plain(request.form.get("number", ""))
    if not number:
        return _home(problem="empty"), 400
    try:
        return _one("suggestions/one.html", suggestions.find(number))
    except NotFound:
        return _home(problem="unknown", typed=number[:MAX_TYPED]), 404


def _new_once() -> str:
    return secrets.token_urlsafe(16)


def _form(entered: Suggestion, once: str, **said: object) -> str:
    return render_template(
        "suggestions/new.html", entered=entered, once=once, MAX_ABOUT=MAX_ABOUT, MAX_TEXT=MAX_TEXT, **said
    )


def _home(after: str = "", **said: object) -> str:
    page = suggestions.published(after)
    return render_template("suggestions/home.html", page=page, first=not after, DECISION_WORDS=DECISION_WORDS, **said)


def _one(template: str, row: SuggestionRow) -> str:
    return render_template(template, row=row, DECISION_WORDS=DECISION_WORDS)
