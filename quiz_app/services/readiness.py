"""Whether the database answers and has the schema of this version."""

from __future__ import annotations

from ..store import schema
from ..store.db import is_unavailable, session


def is_ready() -> bool:
    """Whether requests that need the database can be answered now."""
    try:
        return schema.is_current(session())
    except Exception as error:
        if is_unavailable(error):
            return False
        raise
