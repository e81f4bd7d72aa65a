"""The supervisor reads the released reports of all enterprises, never facts."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from ...domain.people import Role
from ...services import report_desk, suggestions
from ..access import me, open_to
from ..report_pages import report_file, shown

bp = Blueprint("city", __name__, url_prefix="/city")


@bp.get("/")
@open_to(Role.SUPERVISOR)
def home() -> str:
    """How many suggestions wait, and the released reports by month and enterprise."""
    return render_template(
        "city/home.html",
        waiting=suggestions.waiting_count(me().enterprise_id),
        lines=report_desk.city_reports(),
        enterprises=report_desk.enterprise_names(),
    )


@bp.get("/reports/<enterprise_id>/<report_id>/")
@open_to(Role.SUPERVISOR)
def report(enterprise_id: str, report_id: str) -> str:
    """One released report."""
    return render_template("city/report.html", **shown(report_desk.readable(enterprise_id, report_id), "city"))


@bp.get("/reports/<enterprise_id>/<report_id>/report.<kind>")
@open_to(Role.SUPERVISOR)
def file(enterprise_id: str, report_id: str, kind: str) -> Response:
    """The Word file or workbook of a released report."""
    report_desk.readable(enterprise_id, report_id)
    return report_file(enterprise_id, report_id, kind, "city")
