"""The supervisor reads suggestions, answers them, corrects an answer, or sets a suggestion aside."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ...domain.errors import AnswerOvertaken, AppError
from ...domain.people import Role
from ...domain.suggestions import DECISION_WORDS, MAX_ANSWER, SET_ASIDE, Problem, plain, reply_of
from ...services import suggestions
from ..access import me, open_to
from ..errors import STATUS
from ..service import now

bp = Blueprint("city_suggestions", __name__, url_prefix="/city/suggestions")

Answer = tuple[str, int]


@bp.get("/")
@open_to(Role.SUPERVISOR)
def home() -> str:
    """What waits for an answer, then what has one."""
    city = me().enterprise_id
    return render_template(
        "city/suggestions.html",
        waiting=suggestions.waiting(city, request.args.get("after_waiting", "")),
        count=suggestions.waiting_count(city),
        dealt_with=suggestions.dealt_with(city, request.args.get("after", "")),
        first=not request.args.keys() & {"after", "after_waiting"},
        DECISION_WORDS=DECISION_WORDS,
    )


@bp.get("/<suggestion_id>/")
@open_to(Role.SUPERVISOR)
def one(suggestion_id: str) -> str:
    """One suggestion, its answers, and the forms to deal with it."""
    return _page(suggestion_id, saved="saved" in request.args)


@bp.post("/<suggestion_id>/answer")
@open_to(Role.SUPERVISOR)
def answer(suggestion_id: str) -> Response | Answer:
    """Keeps an answer, or why there is none; the same form sent twice is one."""
    identity = me()
    case = suggestions.read(identity.enterprise_id, suggestion_id)
    entered, problems = reply_of(request.form.get("decision", ""), request.form.get("text", ""))
    if entered is None:
        return _page(suggestion_id, problems), 400
    try:
        suggestions.reply(identity.enterprise_id, identity.account_id, case.row.id, entered, _version(), now())
    except AnswerOvertaken as error:
        return _page(suggestion_id, error=error), STATUS[AnswerOvertaken]
    return redirect(url_for("city_suggestions.one", suggestion_id=suggestion_id, saved=1), code=303)


def _page(
    suggestion_id: str, problems: list[Problem] | None = None, error: AppError | None = None, *, saved: bool = False
) -> str:
    case = suggestions.read(me().enterprise_id, suggestion_id)
    latest = case.row.latest
    typed = request.form.get("text") if request.method == "POST" else None
    return render_template(
        "city/suggestion.html",
        case=case,
        problems=problems or [],
        error=error,
        saved=saved,
        typed=typed if typed is not None else (latest.text if latest else None) or "",
        length=len(plain(typed or "")),
        DECISION_WORDS=DECISION_WORDS,
        SET_ASIDE=SET_ASIDE,
        MAX_ANSWER=MAX_ANSWER,
    )


def _version() -> int:
    """The version the form was made for; anything else is no version there could be."""
    sent = request.form.get("version", "")
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else 0
