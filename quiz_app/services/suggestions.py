"""意见与答复: anybody sends a suggestion, the supervisor answers it or sets it aside, everybody reads the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..domain.errors import AnswerOvertaken, NotFound, SuggestionsClosed, TooManySuggestions, WordsErased
from ..domain.suggestions import (
    MOST_A_MINUTE,
    Decision,
    Reply,
    Suggestion,
    number_of,
    typed_number,
)
from ..store import audit, units
from ..store import suggestions as store
from ..store.db import CONFLICT, drop_log, saving
from ..store.suggestions import AnswerRow, SuggestionRow
from .zone import local_date

__all__ = ["Case", "Page", "SuggestionRow", "dealt_with", "find", "published", "read", "reply", "require_open", "send"]
__all__ += ["waiting", "waiting_count"]

PAGE = 20

ANSWERED = "suggestion_answered"
SET_ASIDE = "suggestion_set_aside"


@dataclass(frozen=True)
class Page:
    """A page of suggestions; `after` leads to the next one."""

    rows: tuple[SuggestionRow, ...]
    after: str | None


@dataclass(frozen=True)
class Case:
    """A suggestion as the supervisor reads it, with every version of its answer, the latest first."""

    row: SuggestionRow
    versions: tuple[AnswerRow, ...]

    @property
    def next_version(self) -> int:
        """The number of the version that would be entered next."""
        return len(self.versions) + 1


def require_open() -> None:
    """Raises `SuggestionsClosed` while there is no supervisor who could read a suggestion."""
    if _city() is None:
        raise SuggestionsClosed


def send(suggestion: Suggestion, once: str, now: datetime) -> SuggestionRow:
    """Keeps a suggestion and returns it with its number; the same form sent again gives the first one.

    Raises `SuggestionsClosed`, and `TooManySuggestions` when this minute has had its share of everybody's.
    """
    city, number = _city(), number_of(once)
    if city is None:
        raise SuggestionsClosed
    earlier = store.by_number(city, number)
    if earlier is not None:
        return earlier
    today = local_date(now)
    try:
        with saving() as current:
            if store.count_new(current, now) > MOST_A_MINUTE:
                raise TooManySuggestions
            store.add(current, city, number, today, suggestion)
    except CONFLICT:
        # A second tap lost the race for the same form: the first suggestion stands.
        if store.by_number(city, number) is None:
            raise
    return _found(store.by_number(city, number))


def find(number: str) -> SuggestionRow:
    """The suggestion with the number its sender noted; raises `NotFound`."""
    city = _city()
    return _found(store.by_number(city, typed_number(number)) if city else None)


def published(after: str = "") -> Page:
    """What was answered or set aside, the latest first, for everybody; raises `NotFound` for an unknown place."""
    city = _city()
    return dealt_with(city, after) if city else Page((), None)


def dealt_with(enterprise_id: str, after: str = "") -> Page:
    """What was answered or set aside, the latest first; raises `NotFound` for an unknown place."""
    if after and not store.has_answer(enterprise_id, after):
        raise NotFound
    rows = store.dealt_with(enterprise_id, after or None, PAGE + 1)
    last = rows[PAGE - 1].latest if len(rows) > PAGE else None
    return Page(tuple(rows[:PAGE]), last.id if last else None)


def waiting(enterprise_id: str, after: str = "") -> Page:
    """What still waits for an answer, the oldest first; raises `NotFound` for an unknown place."""
    place = _found(store.one(enterprise_id, after)) if after else None
    rows = store.waiting(enterprise_id, place, PAGE + 1)
    return Page(tuple(rows[:PAGE]), rows[PAGE - 1].id if len(rows) > PAGE else None)


def waiting_count(enterprise_id: str) -> int:
    """How many suggestions wait for an answer."""
    return store.waiting_count(enterprise_id)


def read(enterprise_id: str, suggestion_id: str) -> Case:
    """A suggestion with its answers; raises `NotFound` for one that is not there."""
    row = _found(store.one(enterprise_id, suggestion_id))
    return Case(row, tuple(store.versions(enterprise_id, suggestion_id)))


def reply(enterprise_id: str, account_id: str, suggestion_id: str, entered: Reply, version: int, now: datetime) -> None:
    """Answers a suggestion, corrects the answer, or sets it aside; one that names people loses its words at once.

    `version` is the one the form was made for: the same form sent again changes nothing. Raises
    `NotFound`, `WordsErased`, and `AnswerOvertaken` where somebody else entered this version.
    """
    case = read(enterprise_id, suggestion_id)
    if version != case.next_version:
        _require_same(case, entered, version)
        return
    if case.row.text is None:
        raise WordsErased
    names_people = entered.decision is Decision.NAMES_PEOPLE
    try:
        with saving() as current:
            store.add_answer(current, enterprise_id, suggestion_id, version, entered, local_date(now), now)
            if names_people:
                store.erase(current, enterprise_id, suggestion_id)
            action = ANSWERED if entered.decision is Decision.ANSWERED else SET_ASIDE
            audit.record(current, enterprise_id, action, now, actor=account_id, values={"suggestion": suggestion_id})
    except CONFLICT:
        # Two forms raced for the same version: the first one stands.
        _require_same(read(enterprise_id, suggestion_id), entered, version)
        return
    if names_people:
        drop_log()


def _require_same(case: Case, entered: Reply, version: int) -> None:
    """Raises `AnswerOvertaken` unless the latest version is the one entered, and says the same."""
    latest = case.row.latest
    if latest is None or (latest.version, latest.decision, latest.text) != (version, entered.decision, entered.text):
        raise AnswerOvertaken


def _city() -> str | None:
    """The tenant of the supervisor, who reads the suggestions; the sender's own tenant is never asked."""
    return next((one.id for one in units.enterprises("supervisor")), None)


def _found(row: SuggestionRow | None) -> SuggestionRow:
    if row is None:
        raise NotFound
    return row
