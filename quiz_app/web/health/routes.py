"""Health: alive, and ready to answer with the right database."""

from __future__ import annotations

from flask import Blueprint

from ...services.readiness import is_ready
from ..access import open_to

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@open_to()
def alive() -> tuple[dict[str, str], int]:
    """The process answers."""
    return {"status": "alive"}, 200


@bp.get("/readyz")
@open_to()
def ready() -> tuple[dict[str, str], int]:
    """The database answers and has the schema of this version; 503 otherwise."""
    return ({"status": "ready"}, 200) if is_ready() else ({"status": "not ready"}, 503)
