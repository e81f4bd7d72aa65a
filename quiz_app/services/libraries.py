"""The library this process works with, and the earlier releases that open sittings still rest on."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from ..config import Settings
from ..content.library import Library
from ..content.loader import library_from_release, load_library
from ..store import cycles, standings, units
from ..store.db import CONFLICT, saving
from ..store.library import record_release, release_body, time_zone


class Libraries:
    """The current library, and earlier releases read from the database when first needed."""

    def __init__(self, current: Library) -> None:
        self.current = current
        self._earlier: dict[str, Library] = {}

    def of_release(self, digest: str) -> Library:
        """The library of a release; a sitting is finished with the library it was begun with."""
        if digest == self.current.digest:
            return self.current
        if digest not in self._earlier:
            body = release_body(digest)
            assert body is not None, "a sitting names only stored releases"
            self._earlier[digest] = library_from_release(body)
        return self._earlier[digest]


def read_library(settings: Settings) -> Library:
    """The checked library of a deployment; raises `ContentInvalid` with every fault."""
    return load_library(settings.library_dir, Path(settings.cases_dir), settings.bank_dir)


def store_release(library: Library, now: datetime) -> bool:
    """Stores the library under its digest, once, and brings the standing rows up to its changes of meaning.

    Says whether the release was new.
    """
    today = now.astimezone(time_zone()).date()
    try:
        with saving() as current:
            if not record_release(current, library, now, today):
                return False
            for enterprise in units.enterprises():
                cycle = cycles.current_cycle(enterprise.id, today, now)
                if cycle is not None:
                    standings.refresh(current, enterprise.id, cycle, now)
    except CONFLICT:
        # Another process that started at the same moment has stored the same release.
        return False
    return True
