"""The one place where the service asks what time it is."""

from __future__ import annotations

from datetime import UTC, datetime


def system_clock() -> datetime:
    """Now, as an aware moment in UTC."""
    return datetime.now(UTC)
