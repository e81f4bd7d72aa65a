"""Library releases in the database: recording one, reading one, and the changes of meaning between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from sqlalchemy import Select, insert, select
from sqlalchemy.orm import Session

from ..content.library import Library
from ..domain.standing import MeaningChange
from .db import session
from .tables.library import ClauseChange, Instance, LibraryRelease, ReleaseCitation
from .valid import Moment


@dataclass(frozen=True)
class InstanceRow:
    """What never changes about a database once it is made."""

    zone: ZoneInfo
    demo: bool


_instances: WeakKeyDictionary[object, InstanceRow] = WeakKeyDictionary()


def instance() -> InstanceRow | None:
    """The row about this database, or nothing on a new one; read once, because it never changes."""
    engine = session().get_bind()
    if engine not in _instances:
        row = session().get(Instance, 1)
        if row is None:
            return None
        _instances[engine] = InstanceRow(ZoneInfo(row.time_zone), row.demo)
    return _instances[engine]


def time_zone() -> ZoneInfo:
    """The zone frozen into this database when it was made."""
    row = instance()
    assert row is not None, "a database is used only after it was given its zone"
    return row.zone


def latest_release(known_at: datetime) -> str | None:
    """The digest of the newest release recorded by a moment."""
    return session().scalar(latest_digest(known_at))


def latest_digest(known_at: Moment) -> Select[str]:
    """The query of the newest release's digest, also for use inside another query."""
    return (
        select(LibraryRelease.digest)
        .where(LibraryRelease.recorded_at <= known_at)
        .order_by(LibraryRelease.recorded_at.desc(), LibraryRelease.digest)
        .limit(1)
    )


def release_body(digest: str) -> bytes | None:
    """The stored library of a release."""
    return session().scalar(select(LibraryRelease.body).where(LibraryRelease.digest == digest))


def record_release(current: Session, library: Library, now: datetime, today: date) -> bool:
    """Stores the library under its digest with its citations and changes of meaning; says whether it was new."""
    if current.get(LibraryRelease, library.digest) is not None:
        return False
    current.add(LibraryRelease(digest=library.digest, body=library.body, recorded_at=now))
    current.flush()
    citations = [
        {
            "digest": library.digest,
            "module_id": one.module_id,
            "concept_id": one.concept_id,
            "clause_ref": one.clause_ref,
            "revision": one.revision,
        }
        for one in library.citations
    ]
    if citations:
        current.execute(insert(ReleaseCitation), citations)
    changes = list(_new_changes(current, library, now, today))
    if changes:
        current.execute(insert(ClauseChange), changes)
    return True


def meaning_changes(known_at: datetime) -> list[MeaningChange]:
    """Every change of meaning recorded by a moment, in order."""
    rows = session().execute(
        select(ClauseChange.clause_ref, ClauseChange.revision, ClauseChange.effective_on, ClauseChange.recorded_at)
        .where(ClauseChange.recorded_at <= known_at)
        .order_by(ClauseChange.clause_ref, ClauseChange.revision)
    )
    return [MeaningChange(*row) for row in rows]


def _new_changes(current: Session, library: Library, now: datetime, today: date) -> Iterable[dict[str, object]]:
    known = set(current.execute(select(ClauseChange.clause_ref, ClauseChange.revision)))
    for ref, (_, clause) in library.clauses.items():
        for revision in clause.revisions:
            if revision.kind == "meaning" and (ref, revision.number) not in known:
                yield {
                    "clause_ref": ref,
                    "revision": revision.number,
                    "effective_on": max(date.fromisoformat(revision.date), today),
                    "digest": library.digest,
                    "recorded_at": now,
                }
