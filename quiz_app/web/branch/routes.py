"""支部: the members of the secretary's own branch and where they stand, by name and state only."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from ...domain.errors import NoOpenCycle
from ...domain.people import Role
from ...services import branch as branches
from ...services.completion_export import module_words
from ..access import me, open_to
from ..pages import library
from ..service import now

bp = Blueprint("branch", __name__, url_prefix="/branch")
bp.register_error_handler(NoOpenCycle, lambda _error: render_template("branch/none.html", has_branch=True))


@bp.get("/")
@open_to(Role.BRANCH_SECRETARY)
def home() -> str:
    """The list of the own branch; the first one where somebody is secretary of several."""
    own = branches.own_branches(me(), now())
    if not own:
        return render_template("branch/none.html", has_branch=False)
    asked = request.args.get("branch") or own[0][0]
    unfinished = request.args.get("show") == "unfinished"
    page = branches.own_branch(
        me(),
        asked,
        library(),
        now(),
        state="unfinished" if unfinished else "",
        after=request.args.get("after", ""),
    )
    return render_template("branch/home.html", page=page, own=own, unfinished=unfinished, module_words=module_words)
