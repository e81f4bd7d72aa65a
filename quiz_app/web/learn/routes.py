"""我的学习: what I owe, the sitting one item a page, the make-up, my record."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...domain.errors import MissingInput, NothingToMakeUp
from ...domain.people import Role
from ...domain.scoring import Outcome
from ...services import record as my_record
from ...services import sittings, study
from ...services.sittings import SittingEntry
from ..access import HELD_ANSWER, learner, me, open_to
from ..pages import library
from ..service import now, service
from .words import CONFIDENCE_WORDS, held_things

bp = Blueprint("learn", __name__, url_prefix="/learn")

Page = tuple[str, int]
POSITION = "<int(max=99):position>"


@bp.get("/")
@open_to(Role.MEMBER)
def home() -> str:
    """What I owe and by when."""
    return render_template("learn/home.html", study=study.my_study(learner(), library(), now()))


@bp.get("/modules/<module_id>/")
@open_to(Role.MEMBER)
def module(module_id: str) -> str:
    """One module: what it asks, where I stand, begin or go on."""
    return render_template("learn/module.html", **vars(study.my_module(learner(), module_id, library(), now())))


@bp.post("/modules/<module_id>/begin")
@open_to(Role.MEMBER)
def begin(module_id: str) -> AnyResponse:
    """Begins a sitting, or leads into the open one."""
    sitting_id = sittings.begin(learner(), module_id, service().libraries, now(), service().chance)
    return redirect(url_for("learn.sitting", sitting_id=sitting_id), code=303)


@bp.get("/modules/<module_id>/make-up")
@open_to(Role.MEMBER)
def make_up(module_id: str) -> str:
    """Old and new text of each changed clause side by side; raises `NothingToMakeUp`."""
    seen = study.my_module(learner(), module_id, library(), now())
    if not seen.changes:
        raise NothingToMakeUp
    return render_template("learn/make_up.html", **vars(seen))


@bp.post("/modules/<module_id>/make-up")
@open_to(Role.MEMBER)
def begin_make_up(module_id: str) -> AnyResponse:
    """Begins the make-up of just the re-opened concepts."""
    sitting_id = sittings.begin(
        learner(), module_id, service().libraries, now(), service().chance, kind=sittings.MAKE_UP
    )
    return redirect(url_for("learn.sitting", sitting_id=sitting_id), code=303)


@bp.get("/sittings/<sitting_id>/")
@open_to(Role.MEMBER)
def sitting(sitting_id: str) -> AnyResponse | str:
    """The next open item, or the summary of a closed sitting."""
    seen = sittings.view(learner(), sitting_id, service().libraries)
    if seen.next_position is not None:
        return redirect(url_for("learn.item", sitting_id=sitting_id, position=seen.next_position), code=303)
    return render_template("learn/summary.html", seen=seen, passed=seen.outcome is Outcome.PASSED)


@bp.get(f"/sittings/<sitting_id>/{POSITION}")
@open_to(Role.MEMBER)
def item(sitting_id: str, position: int) -> str | AnyResponse:
    """The item at a position, or the feedback once it is answered."""
    seen = sittings.view(learner(), sitting_id, service().libraries)
    entry = seen.entry(position)
    if entry.option_id is not None:
        return render_template(
            "learn/feedback.html", seen=seen, entry=entry, item=seen.item(entry), CONFIDENCE_WORDS=CONFIDENCE_WORDS
        )
    if seen.outcome is not Outcome.OPEN:
        return redirect(url_for("learn.sitting", sitting_id=sitting_id), code=303)
    return _item_page(seen, entry, error=False)[0]


@bp.post(f"/sittings/<sitting_id>/{POSITION}")
@open_to(Role.MEMBER)
def answer(sitting_id: str, position: int) -> AnyResponse | Page:
    """Records the answer and leads to its feedback; a repeated post leads to the first answer's."""
    confidence = request.form.get("confidence", "")
    try:
        sittings.answer(
            learner(),
            sitting_id,
            position,
            request.form.get("option", ""),
            int(confidence) if confidence in ("1", "2", "3") else None,
            service().libraries,
            now(),
            service().chance,
        )
    except MissingInput:
        seen = sittings.view(learner(), sitting_id, service().libraries)
        return _item_page(seen, seen.entry(position), error=True)
    session.pop(HELD_ANSWER, None)
    return redirect(url_for("learn.item", sitting_id=sitting_id, position=position), code=303)


@bp.get("/record")
@open_to(Role.MEMBER)
def record() -> str:
    """Everything held on me, readable."""
    held = my_record.held_on(learner(), me().account_id, now())
    return render_template("learn/record.html", held=held, things=held_things(held), library=library())


@bp.get("/record.json")
@open_to(Role.MEMBER)
def record_file() -> Response:
    """Everything held on me, to keep."""
    body = my_record.as_json(my_record.held_on(learner(), me().account_id, now()))
    headers = {"Content-Disposition": 'attachment; filename="my-record.json"'}
    return Response(body, mimetype="application/json", headers=headers)


def _item_page(seen: sittings.SittingView, entry: SittingEntry, *, error: bool) -> Page:
    held = session.get(HELD_ANSWER) or {}
    if held.get("path") != request.path:
        held = {}
    page = render_template(
        "learn/item.html",
        seen=seen,
        entry=entry,
        item=seen.item(entry),
        error=error,
        held=held,
        CONFIDENCE_WORDS=CONFIDENCE_WORDS,
    )
    return page, 400 if error else 200
