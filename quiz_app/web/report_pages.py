"""What the pages of HR, committee office and SASAC share about reports: the shown document and its files."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask import Response, send_file
from markupsafe import Markup

from ..adapters.charts import bars
from ..content.visibility import Reader
from ..domain.document import Table
from ..domain.errors import NotFound
from ..services import report_desk, reports
from ..services.report_document import as_document
from .language import language

MIME = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def shown(row: report_desk.ReportRow, reader: Reader) -> dict[str, Any]:
    """What the templates of a report need: its row, and what this reader sees of it in the language of the page."""
    return {"row": row, "document": as_document(row, language(), reader), "chart": chart}


def chart(table: Table) -> Markup:
    """The table's bars as inline SVG; every text in it was escaped when it was made."""
    return Markup(bars(f"chart-{table.key}", table.caption, table.note, table.chart))  # noqa: S704 - made of escaped text


def report_file(enterprise_id: str, report_id: str, kind: str, reader: Reader) -> Response:
    """The Word file or workbook that was made with the report, in the language of the page.

    A reader who sees less than the committee office gets a copy with less.
    """
    if kind not in MIME:
        raise NotFound
    row = report_desk.built(enterprise_id, report_id)
    if reader == "committee":
        body = report_desk.file_of(enterprise_id, report_id, kind, language()).body
    else:
        body = reports.copy_for(row, kind, language(), reader)
    name = f"{row.serial}-{language()}.{kind}"
    response = send_file(BytesIO(body), mimetype=MIME[kind], as_attachment=True, download_name=name)
    response.content_length = len(body)
    return response
