"""未完成名单: HR issues lists; HR and the committee office read them."""

from __future__ import annotations

import secrets

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...domain.errors import MissingInput, NoOpenCycle
from ...domain.people import Role
from ...domain.unfinished import EXTENT_WORDS, MAX_PURPOSE, MAX_REQUESTED_BY, NOT_LISTED, Extent, request_of
from ...services import completion as people
from ...services import unfinished as lists
from ...services.completion import Asked
from ..access import me, open_to
from ..files import as_download
from ..language import language
from ..pages import library
from ..service import now
from . import rows
from .forms import UnfinishedForm
from .no_task import no_task

bp = Blueprint("hr_unfinished", __name__, url_prefix="/hr/unfinished")
bp.register_error_handler(NoOpenCycle, no_task)

Page = tuple[str, int]


@bp.get("/")
@open_to(Role.HR, Role.COMMITTEE)
def home() -> str:
    """The lists issued, the latest first."""
    return render_template("hr/unfinished.html", issued=lists.issued(me().enterprise_id), EXTENT_WORDS=EXTENT_WORDS)


@bp.get("/new")
@open_to(Role.HR)
def new() -> str:
    """The form of a new list."""
    form = UnfinishedForm(formdata=None)
    form.once.data = secrets.token_urlsafe(16)
    form.extent.data = Extent.OVERDUE.value
    return _form(form, missing=[])


@bp.post("/new")
@open_to(Role.HR)
def issue() -> AnyResponse | Page:
    """Issues the list and leads to its confirmation."""
    form = UnfinishedForm()
    if not form.validate_on_submit() or not form.once.data:
        return _form(form, missing=_missing(form)), 400
    try:
        asked = request_of(
            form.requested_by.data or "", form.purpose.data or "", form.extent.data or "", form.unit.data or ""
        )
    except MissingInput:
        return _form(form, missing=_missing(form)), 400
    list_id = lists.issue(me().enterprise_id, me().account_id, asked, form.once.data, library(), now())
    return redirect(url_for("hr_unfinished.read", list_id=list_id, issued=1), code=303)


@bp.get("/<list_id>")
@open_to(Role.HR, Role.COMMITTEE)
def read(list_id: str) -> str:
    """An issued list, as it was when it was issued."""
    after = request.args.get("after", "")
    found = lists.read(me().enterprise_id, list_id, library(), _place(after))
    return render_template(
        "hr/unfinished_list.html",
        found=found,
        first=not after,
        just_issued="issued" in request.args,
        EXTENT_WORDS=EXTENT_WORDS,
        NOT_LISTED=NOT_LISTED,
        TOLD=lists.TOLD,
    )


@bp.get("/<list_id>.xlsx")
@open_to(Role.HR, Role.COMMITTEE)
def file(list_id: str) -> Response:
    """An issued list as a workbook."""
    identity = me()
    return as_download(
        lists.file(
            identity.enterprise_id,
            identity.account_id,
            list_id,
            library(),
            language(),
            identity.enterprise_name,
            now(),
        )
    )


def _form(form: UnfinishedForm, missing: list[str]) -> str:
    found = people.listing(me().enterprise_id, Asked(), library(), now())
    return render_template(
        "hr/unfinished_new.html",
        form=form,
        found=found,
        missing=missing,
        units=rows.choices(found.units, form.unit.data or ""),
        EXTENT_WORDS=EXTENT_WORDS,
        NOT_LISTED=NOT_LISTED,
        TOLD=lists.TOLD,
        MAX_REQUESTED_BY=MAX_REQUESTED_BY,
        MAX_PURPOSE=MAX_PURPOSE,
    )


def _missing(form: UnfinishedForm) -> list[str]:
    """The fields that are empty, too long or none of the choices."""
    given = {
        "requested_by": (form.requested_by.data or "", MAX_REQUESTED_BY),
        "purpose": (form.purpose.data or "", MAX_PURPOSE),
    }
    missing = [name for name, (value, most) in given.items() if not 0 < len(" ".join(value.split())) <= most]
    return missing if form.extent.data in list(Extent) else [*missing, "extent"]


def _place(after: str) -> int:
    """The position an address names; anything else is the beginning, and no list is longer than nine digits tell."""
    return int(after) if after.isascii() and after.isdecimal() and len(after) < 10 else 0
