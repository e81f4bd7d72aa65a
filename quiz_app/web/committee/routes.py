"""The committee office: released reports to read, print and sign; nothing here names a person who studies."""

from __future__ import annotations

import secrets
from datetime import date

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...domain.errors import MissingInput
from ...domain.people import Role
from ...services import report_desk
from ...services.report_desk import NewReceipt
from ..access import me, open_to
from ..report_pages import report_file, shown
from ..service import now
from .forms import ReceiptForm

bp = Blueprint("committee", __name__, url_prefix="/committee")


@bp.get("/")
@open_to(Role.COMMITTEE)
def home() -> str:
    """The released reports, the newest first."""
    return render_template("committee/home.html", lines=report_desk.released_reports(me().enterprise_id))


@bp.get("/reports/<report_id>/")
@open_to(Role.COMMITTEE)
def report(report_id: str) -> str:
    """One released report with its receipts."""
    return _report_page(report_id, None)


@bp.get("/reports/<report_id>/report.<kind>")
@open_to(Role.COMMITTEE)
def file(report_id: str, kind: str) -> Response:
    """The Word file or workbook of a released report."""
    report_desk.readable(me().enterprise_id, report_id)
    return report_file(me().enterprise_id, report_id, kind, "committee")


@bp.post("/reports/<report_id>/receipts/<any(read, instruction):kind>")
@open_to(Role.COMMITTEE)
def receipt(report_id: str, kind: str) -> AnyResponse | tuple[str, int]:
    """Records 签阅 or 批示意见; the same form sent twice is one."""
    form = ReceiptForm()
    try:
        if not form.validate_on_submit():
            raise MissingInput
        entered = NewReceipt(
            kind=kind,
            signer=form.signer.data or "",
            signed_on=form.signed_on.data or date.max,
            text=form.text.data or "",
            from_paper=bool(form.from_paper.data),
            once=form.once.data or "",
        )
        report_desk.add_receipt(me().enterprise_id, report_id, entered, me().account_id, now())
    except MissingInput:
        return _report_page(report_id, kind), 400
    return redirect(url_for("committee.report", report_id=report_id, _anchor="receipts"), code=303)


def _report_page(report_id: str, failed: str | None) -> str:
    row = report_desk.readable(me().enterprise_id, report_id)
    return render_template(
        "committee/report.html",
        receipts=report_desk.receipts(me().enterprise_id, report_id),
        once=secrets.token_urlsafe(16),
        failed=failed,
        typed=request.form if failed else {},
        today=report_desk.today(now()),
        **shown(row, "committee"),
    )
