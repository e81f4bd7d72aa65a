"""Finding a member and printing the slip with an activation code."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from ...domain.people import Role
from ...services import codes
from ..access import me, open_to
from ..service import now

bp = Blueprint("hr_codes", __name__, url_prefix="/hr/codes")


@bp.get("/")
@open_to(Role.HR)
def home() -> str:
    """The search, and the members found."""
    words = request.args.get("q", "")[:40]
    found = codes.find_members(me().enterprise_id, words)
    return render_template("hr_codes/home.html", words=words, found=found)


@bp.post("/<account_id>")
@open_to(Role.HR)
def issue(account_id: str) -> str:
    """Issues a code and shows it once, as a slip to print."""
    slip = codes.issue_code(me().enterprise_id, account_id, me().account_id, now())
    return render_template("hr_codes/slip.html", slip=slip, address=request.host_url.rstrip("/"))
