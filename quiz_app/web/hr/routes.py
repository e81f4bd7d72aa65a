"""组织人事: the overview, completion by person and module, its workbook, and what was taken out."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from ...domain.errors import NoOpenCycle
from ...domain.people import Role
from ...services import completion as people
from ...services import completion_export, hr_log
from ...services.completion import Asked, Listing
from ..access import me, open_to
from ..files import as_download
from ..language import language
from ..pages import library
from ..service import now
from . import rows
from .no_task import no_task

bp = Blueprint("hr", __name__, url_prefix="/hr")
bp.register_error_handler(NoOpenCycle, no_task)


@bp.get("/")
@open_to(Role.HR)
def home() -> str:
    """Totals in words, and where to go on."""
    found = _listing(Asked())
    totals = people.totals(found)
    return render_template("hr/home.html", found=found, totals=totals, module_words=completion_export.module_words)


@bp.get("/completion")
@open_to(Role.HR)
def completion() -> str:
    """The list, 50 people a page."""
    found = _listing(_asked())
    page = people.page(found, request.args.get("after", ""))
    return render_template(
        "hr/completion.html",
        found=found,
        page=page,
        asked=found.asked,
        lines=rows.shown_lines(page.lines),
        columns=rows.columns(found),
        address=rows.address,
        filter_words=completion_export.filter_words(found),
        module_words=completion_export.module_words,
        units=rows.choices(found.units, found.asked.unit),
        branches=rows.choices(found.branches, found.asked.branch),
        modules=rows.module_choices(found),
        states=rows.state_choices(found.asked.state),
    )


@bp.get("/completion.xlsx")
@open_to(Role.HR)
def completion_file() -> Response:
    """The same list as a workbook."""
    found = _listing(_asked())
    file = completion_export.export(found, me().enterprise_name, me().account_id, language(), now())
    return as_download(file)


@bp.get("/exports")
@open_to(Role.HR)
def exports() -> str:
    """Which lists were taken as files, by whom and when."""
    page = hr_log.exports(me().enterprise_id, request.args.get("after", ""))
    return render_template("hr/exports.html", page=page, WORDS=hr_log.WORDS)


def _listing(asked: Asked) -> Listing:
    return people.listing(me().enterprise_id, asked, library(), now())


def _asked() -> Asked:
    args = request.args
    return Asked(
        unit=args.get("unit", ""),
        branch=args.get("branch", ""),
        module=args.get("module", ""),
        state=args.get("state", ""),
        text=args.get("q", ""),
        sort=args.get("sort") or people.SORTS[0],
        descending=args.get("dir") == "desc",
    )
