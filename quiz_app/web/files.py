"""Files that a page hands over."""

from __future__ import annotations

from io import BytesIO

from flask import Response, send_file

from ..services.completion_export import File

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_download(file: File) -> Response:
    """The answer that hands a workbook over under its name, with its exact length."""
    response = send_file(BytesIO(file.body), mimetype=XLSX, as_attachment=True, download_name=file.name)
    response.content_length = len(file.body)
    return response
