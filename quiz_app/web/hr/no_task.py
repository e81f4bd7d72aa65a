"""What the pages of HR say while the enterprise has no study task."""

from __future__ import annotations

from flask import render_template, request

from ...domain.errors import NoOpenCycle


def no_task(error: NoOpenCycle) -> tuple[str, int]:
    """An empty state that says what to do next; a form that was sent all the same changed nothing."""
    return render_template("hr/no_task.html"), 200 if request.method == "GET" else 409
