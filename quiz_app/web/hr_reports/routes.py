"""HR's side of a report: build it for a month, check it, release it."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...domain.errors import MissingInput
from ...domain.people import Role
from ...services import report_desk, reports
from ..access import me, open_to
from ..report_pages import report_file, shown
from ..service import now, service

bp = Blueprint("hr_reports", __name__, url_prefix="/hr/reports")

MAX_NOTE = 200


@bp.get("/")
@open_to(Role.HR)
def home() -> str:
    """All reports of the enterprise, and the form that builds one."""
    return _home(error=False)


@bp.post("/")
@open_to(Role.HR)
def build() -> AnyResponse | tuple[str, int]:
    """Builds the report of a month, or its next version, and leads to the check page."""
    note = request.form.get("note", "").strip()[:MAX_NOTE] or None
    try:
        row = reports.build(
            me().enterprise_id, request.form.get("period", ""), service().libraries, now(), me().account_id, note
        )
    except MissingInput:
        return _home(error=True), 400
    return redirect(url_for("hr_reports.check", report_id=row.id), code=303)


@bp.get("/<report_id>/")
@open_to(Role.HR)
def check(report_id: str) -> str:
    """The report as it will be read, to check before its release."""
    row = report_desk.built(me().enterprise_id, report_id)
    released_at = report_desk.released_at(me().enterprise_id, report_id)
    return render_template("hr_reports/check.html", released_at=released_at, **shown(row, "hr"))


@bp.post("/<report_id>/release")
@open_to(Role.HR)
def release(report_id: str) -> str:
    """Releases the report to the committee office."""
    identity = me()
    reports.require_settled(identity.enterprise_id, report_id, service().libraries)
    messages = report_desk.release(identity.enterprise_id, report_id, identity.account_id, service().settings, now())
    row = report_desk.built(identity.enterprise_id, report_id)
    by_mail = service().settings.smtp_url is not None
    return render_template("hr_reports/released.html", row=row, messages=messages, by_mail=by_mail)


@bp.get("/<report_id>/report.<kind>")
@open_to(Role.HR)
def file(report_id: str, kind: str) -> Response:
    """The Word file or workbook of the report."""
    return report_file(me().enterprise_id, report_id, kind, "hr")


def _home(*, error: bool) -> str:
    return render_template(
        "hr_reports/home.html",
        lines=report_desk.all_reports(me().enterprise_id),
        months=reports.months_to_report(now()),
        error=error,
    )
