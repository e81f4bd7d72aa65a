"""Days in the zone of the database: an obligation is due on a day, a fact is recorded at a moment."""

from __future__ import annotations

from datetime import date, datetime

from ..store.library import time_zone


def local_date(moment: datetime) -> date:
    """The day a moment falls on in the zone frozen into the database."""
    return moment.astimezone(time_zone()).date()


def local_time(moment: datetime) -> datetime:
    """A moment in the zone of the database."""
    return moment.astimezone(time_zone())
