"""Sittings, answers and passes in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, and_, bindparam, insert, select
from sqlalchemy.orm import Session

from ..domain.scoring import Asked
from .db import Base, BinaryText, new_id, session
from .tables.learning import Answer, Sitting, SittingItem
from .tables.library import ReleaseCitation

# The statements of every quiz page and answer are made once: making one costs more than running it.
_ENTERPRISE: BindParameter[str] = bindparam("enterprise_id")
_OWN = Sitting.enterprise_id == _ENTERPRISE
_WITH_ITEMS = (
    select(
        Sitting.id,
        Sitting.member_id,
        Sitting.module_id,
        Sitting.kind,
        Sitting.number,
        Sitting.started_on,
        Sitting.release_digest,
        SittingItem.position,
        SittingItem.concept_id,
        SittingItem.item_id,
        SittingItem.try_number,
        SittingItem.option_order,
        Answer.right,
        Answer.option_id,
        Answer.confidence,
    )
    .select_from(Sitting)
    .join(SittingItem, and_(SittingItem.enterprise_id == _ENTERPRISE, SittingItem.sitting_id == Sitting.id))
    .outerjoin(
        Answer,
        and_(
            Answer.enterprise_id == _ENTERPRISE,
            Answer.sitting_id == SittingItem.sitting_id,
            Answer.position == SittingItem.position,
        ),
    )
    .order_by(Sitting.number.desc(), SittingItem.position)
)
_ONE_SITTING = _WITH_ITEMS.where(_OWN, Sitting.id == bindparam("sitting_id"))
_SITTINGS_OF = _WITH_ITEMS.where(
    _OWN, Sitting.member_id == bindparam("member_id"), Sitting.module_id == bindparam("module_id")
)
_LOCK = select(Sitting.id).where(_OWN, Sitting.id == bindparam("sitting_id")).with_for_update()
_ADD_ITEM = insert(Base.metadata.tables["sitting_item"])
_ADD_ANSWER = insert(Base.metadata.tables["answer"])
_ADD_PASS = insert(Base.metadata.tables["module_pass"])
_ADD_PINS = insert(Base.metadata.tables["pass_pin"]).from_select(
    ["enterprise_id", "pass_id", "concept_id", "clause_ref", "revision"],
    select(
        bindparam("of_enterprise", type_=BinaryText),
        bindparam("of_pass", type_=BinaryText),
        ReleaseCitation.concept_id,
        ReleaseCitation.clause_ref,
        ReleaseCitation.revision,
    ).where(
        ReleaseCitation.digest == bindparam("of_release"),
        ReleaseCitation.module_id == bindparam("of_module"),
        ReleaseCitation.concept_id.in_(bindparam("of_concepts", expanding=True)),
    ),
)


@dataclass(frozen=True)
class SittingRow:
    """A sitting without its items."""

    id: str
    member_id: str
    module_id: str
    kind: str
    number: int
    started_on: date
    release_digest: str


@dataclass(frozen=True)
class SittingEntry:
    """An item of a sitting with its answer, if there is one."""

    asked: Asked
    option_order: str
    option_id: str | None
    confidence: int | None


def sitting(enterprise_id: str, sitting_id: str, *, lock: bool = False) -> tuple[SittingRow, list[SittingEntry]] | None:
    """A sitting with its items and answers in order of position, in one query.

    With `lock` other writers of the sitting wait, so that two answers at once see one another.
    """
    key = {"enterprise_id": enterprise_id, "sitting_id": sitting_id}
    connection = session().connection()
    if lock:
        # The row is locked first and its items are read after, so that they are those of the moment.
        connection.execute(_LOCK, key)
    rows = connection.execute(_ONE_SITTING, key).all()
    return _grouped(rows)[0] if rows else None


def sittings_of(enterprise_id: str, member_id: str, module_id: str) -> list[tuple[SittingRow, list[SittingEntry]]]:
    """A person's sittings of a module with their items and answers, the latest first, in one query."""
    key = {"enterprise_id": enterprise_id, "member_id": member_id, "module_id": module_id}
    return _grouped(session().execute(_SITTINGS_OF, key).all())


def _grouped(rows: Sequence[Any]) -> list[tuple[SittingRow, list[SittingEntry]]]:
    found: dict[str, tuple[SittingRow, list[SittingEntry]]] = {}
    for row in rows:
        if row[0] not in found:
            found[row[0]] = (SittingRow(*row[:7]), [])
        asked = Asked(row[7], row[8], row[9], row[10], row[12])
        found[row[0]][1].append(SittingEntry(asked, option_order=row[11], option_id=row[13], confidence=row[14]))
    return list(found.values())


def add_sitting(
    current: Session, enterprise_id: str, row: SittingRow, items: Sequence[SittingEntry], now: datetime
) -> None:
    """Records a sitting with its first items; a second one of the same number meets the unique key."""
    current.add(
        Sitting(
            enterprise_id=enterprise_id,
            id=row.id,
            member_id=row.member_id,
            module_id=row.module_id,
            kind=row.kind,
            number=row.number,
            started_on=row.started_on,
            release_digest=row.release_digest,
            recorded_at=now,
        )
    )
    current.flush()
    for entry in items:
        add_item(current, enterprise_id, row.id, entry)


def add_item(current: Session, enterprise_id: str, sitting_id: str, entry: SittingEntry) -> None:
    """Records that an item comes next in a sitting."""
    row = {
        "enterprise_id": enterprise_id,
        "sitting_id": sitting_id,
        "position": entry.asked.position,
        "concept_id": entry.asked.concept_id,
        "item_id": entry.asked.item_id,
        "try_number": entry.asked.try_number,
        "option_order": entry.option_order,
    }
    current.execute(_ADD_ITEM, row)


def add_answer(current: Session, enterprise_id: str, sitting_id: str, entry: SittingEntry, now: datetime) -> None:
    """Records the answer to an item; a second one meets the key."""
    row = {
        "enterprise_id": enterprise_id,
        "sitting_id": sitting_id,
        "position": entry.asked.position,
        "option_id": entry.option_id,
        "right": entry.asked.right,
        "confidence": entry.confidence,
        "recorded_at": now,
    }
    current.execute(_ADD_ANSWER, row)


def add_pass(
    current: Session,
    enterprise_id: str,
    row: SittingRow,
    concept_ids: Sequence[str],
    passed_on: date,
    now: datetime,
) -> None:
    """Records the pass of a sitting and pins each of its concepts to the clauses its release cites."""
    made = {
        "enterprise_id": enterprise_id,
        "id": new_id(),
        "sitting_id": row.id,
        "member_id": row.member_id,
        "module_id": row.module_id,
        "kind": row.kind,
        "passed_on": passed_on,
        "release_digest": row.release_digest,
        "recorded_at": now,
    }
    current.execute(_ADD_PASS, made)
    pins_of = {
        "of_enterprise": enterprise_id,
        "of_pass": made["id"],
        "of_release": row.release_digest,
        "of_module": row.module_id,
        "of_concepts": concept_ids,
    }
    current.execute(_ADD_PINS, pins_of)
