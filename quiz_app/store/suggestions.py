"""意见建议 and their answers: added, read page by page, and erased where they name people."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, exists, func, insert, select, tuple_, update
from sqlalchemy.orm import Session, aliased

from ..domain.suggestions import Decision, Reply, Suggestion
from .db import CONFLICT, new_id, session
from .tables.access import Throttle
from .tables.suggestions import Suggestion as Row
from .tables.suggestions import SuggestionAnswer as Answer

_THROTTLE = "suggestions"


@dataclass(frozen=True)
class AnswerRow:
    """One version of what was answered or decided."""

    id: str
    version: int
    decision: Decision
    text: str | None
    answered_on: date


@dataclass(frozen=True)
class SuggestionRow:
    """A suggestion as it is kept; without a text it was erased. `latest` is the answer in force, if there is one."""

    id: str
    number: str
    received_on: date
    about: str | None
    text: str | None
    latest: AnswerRow | None


def count_new(current: Session, now: datetime) -> int:
    """Counts one more suggestion of this minute and returns how many there are; nothing else is counted."""
    minute = now.replace(second=0, microsecond=0)
    while (row := current.get(Throttle, _THROTTLE, with_for_update=True, populate_existing=True)) is None:
        # Of two first suggestions at once the second meets the key and counts on the row of the first.
        with suppress(CONFLICT), current.begin_nested():
            current.execute(insert(Throttle).values(key=_THROTTLE, failures=0, last_failure_at=minute))
    row.failures = row.failures + 1 if row.last_failure_at == minute else 1
    row.last_failure_at = minute
    current.flush()
    return row.failures


def add(current: Session, enterprise_id: str, number: str, received_on: date, suggestion: Suggestion) -> str:
    """Records a suggestion and returns its id; a second one of the same form meets the unique key."""
    suggestion_id = new_id()
    current.execute(
        insert(Row).values(
            enterprise_id=enterprise_id,
            id=suggestion_id,
            number=number,
            received_on=received_on,
            about=suggestion.about or None,
            text=suggestion.text,
        )
    )
    return suggestion_id


def add_answer(
    current: Session, enterprise_id: str, suggestion_id: str, version: int, reply: Reply, today: date, now: datetime
) -> None:
    """Records a version of the answer; another one of the same number meets the unique key."""
    current.execute(
        insert(Answer).values(
            enterprise_id=enterprise_id,
            id=new_id(),
            suggestion_id=suggestion_id,
            version=version,
            decision=reply.decision.value,
            text=reply.text,
            answered_on=today,
            recorded_at=now,
        )
    )


def erase(current: Session, enterprise_id: str, suggestion_id: str) -> None:
    """Erases the words of a suggestion, and of its answers, which may repeat them."""
    current.execute(
        update(Row).where(Row.enterprise_id == enterprise_id, Row.id == suggestion_id).values(about=None, text=None)
    )
    current.execute(
        update(Answer)
        .where(Answer.enterprise_id == enterprise_id, Answer.suggestion_id == suggestion_id)
        .values(text=None)
    )


def by_number(enterprise_id: str, number: str) -> SuggestionRow | None:
    """The suggestion with this number."""
    return _first(_with_latest(enterprise_id).where(Row.number == number))


def one(enterprise_id: str, suggestion_id: str) -> SuggestionRow | None:
    """The suggestion with this id."""
    return _first(_with_latest(enterprise_id).where(Row.id == suggestion_id))


def versions(enterprise_id: str, suggestion_id: str) -> list[AnswerRow]:
    """Every version of the answer to a suggestion, the latest first."""
    query = (
        select(Answer.id, Answer.version, Answer.decision, Answer.text, Answer.answered_on)
        .where(Answer.enterprise_id == enterprise_id, Answer.suggestion_id == suggestion_id)
        .order_by(Answer.version.desc())
    )
    return [_answer(row) for row in session().execute(query)]


def waiting_count(enterprise_id: str) -> int:
    """How many suggestions wait for an answer."""
    return session().scalar(select(func.count()).select_from(Row).where(_waits(enterprise_id))) or 0


def waiting(enterprise_id: str, after: SuggestionRow | None, limit: int) -> list[SuggestionRow]:
    """Suggestions without an answer that follow one, the oldest day first."""
    query = select(Row.id, Row.number, Row.received_on, Row.about, Row.text).where(_waits(enterprise_id))
    if after is not None:
        query = query.where(tuple_(Row.received_on, Row.id) > tuple_(after.received_on, after.id))
    found = session().execute(query.order_by(Row.received_on, Row.id).limit(limit))
    return [SuggestionRow(*row, None) for row in found]


def dealt_with(enterprise_id: str, after: str | None, limit: int) -> list[SuggestionRow]:
    """Suggestions with an answer that follow an answer's id, the one answered last first."""
    query = _with_latest(enterprise_id).where(Answer.id.is_not(None))
    if after is not None:
        last = select(Answer.recorded_at, Answer.id).where(Answer.enterprise_id == enterprise_id, Answer.id == after)
        query = query.where(tuple_(Answer.recorded_at, Answer.id) < last.scalar_subquery())
    return [_row(found) for found in session().execute(query.order_by(_NEWEST, Answer.id.desc()).limit(limit))]


def has_answer(enterprise_id: str, answer_id: str) -> bool:
    """Whether there is an answer with this id."""
    query = select(Answer.id).where(Answer.enterprise_id == enterprise_id, Answer.id == answer_id)
    return session().scalar(query) is not None


_NEWEST = Answer.recorded_at.desc()


def _waits(enterprise_id: str) -> Any:
    of_row = and_(Answer.enterprise_id == Row.enterprise_id, Answer.suggestion_id == Row.id)
    return and_(Row.enterprise_id == enterprise_id, ~exists().where(of_row))


def _with_latest(enterprise_id: str) -> Select[Any]:
    """Suggestions, each with the latest version of its answer or with nothing."""
    newer = aliased(Answer)
    overtaken = exists().where(
        newer.enterprise_id == Answer.enterprise_id,
        newer.suggestion_id == Answer.suggestion_id,
        newer.version > Answer.version,
    )
    latest = and_(Answer.enterprise_id == Row.enterprise_id, Answer.suggestion_id == Row.id, ~overtaken)
    answer: list[Any] = [Answer.id, Answer.version, Answer.decision, Answer.text, Answer.answered_on]
    return (
        select(Row.id, Row.number, Row.received_on, Row.about, Row.text, *answer)
        .select_from(Row)
        .outerjoin(Answer, latest)
        .where(Row.enterprise_id == enterprise_id)
    )


def _first(query: Select[Any]) -> SuggestionRow | None:
    row = session().execute(query).one_or_none()
    return None if row is None else _row(row)


def _row(row: Any) -> SuggestionRow:
    suggestion_id, number, received_on, about, text, *latest = row
    answered = _answer(latest) if latest[0] is not None else None
    return SuggestionRow(suggestion_id, number, received_on, about, text, answered)


def _answer(row: Any) -> AnswerRow:
    answer_id, version, decision, text, answered_on = row
    return AnswerRow(answer_id, version, Decision(decision), text, answered_on)
