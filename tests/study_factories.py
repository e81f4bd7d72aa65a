"""Makes study facts in the test's database: sittings, answers, passes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from quiz_app.store.db import Base, new_id, saving, session
from quiz_app.store.tables.learning import Answer, ModulePass, PassPin, Sitting, SittingItem
from quiz_app.store.tables.library import LibraryRelease


class StudyFactories:
    """Each method saves what it makes and returns its id."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.earlier = now - timedelta(days=365)

    def _save(self, *rows: Base) -> None:
        if session().get_bind() is None:
            raise AssertionError("ask for the `database` fixture before using factories")
        with saving() as current:
            for row in rows:
                current.add(row)
                current.flush()

    def sitting(
        self,
        enterprise_id: str,
        member_id: str,
        module_id: str = "basics",
        *,
        started_on: date,
        recorded_at: datetime | None = None,
        number: int = 1,
        kind: str = "quiz",
    ) -> str:
        """A sitting without items."""
        sitting_id = new_id()
        digest = session().query(LibraryRelease.digest).order_by(LibraryRelease.recorded_at.desc()).first()
        assert digest, "store a library release first: factories.release(library)"
        self._save(
            Sitting(
                enterprise_id=enterprise_id,
                id=sitting_id,
                member_id=member_id,
                module_id=module_id,
                kind=kind,
                number=number,
                started_on=started_on,
                release_digest=digest[0],
                recorded_at=recorded_at or self.now,
            )
        )
        return sitting_id

    def answered(
        self,
        enterprise_id: str,
        sitting_id: str,
        answers: Sequence[tuple[str, str, int, bool]],
        at: datetime | None = None,
    ) -> None:
        """Items with answers of a sitting, as (concept, item, try number, right)."""
        rows: list[Base] = []
        for position, (concept_id, item_id, try_number, right) in enumerate(answers, start=1):
            key = {"enterprise_id": enterprise_id, "sitting_id": sitting_id, "position": position}
            rows.append(
                SittingItem(concept_id=concept_id, item_id=item_id, try_number=try_number, option_order="abc", **key)
            )
            rows.append(Answer(option_id="a" if right else "b", right=right, recorded_at=at or self.now, **key))
        self._save(*rows)

    def passed(
        self,
        enterprise_id: str,
        member_id: str,
        module_id: str = "basics",
        *,
        passed_on: date,
        pins: Sequence[tuple[str, str, int]] = (),
        recorded_at: datetime | None = None,
        number: int = 1,
        kind: str = "quiz",
    ) -> str:
        """A sitting with its pass, pinned to (concept, clause, revision)."""
        sitting_id = self.sitting(
            enterprise_id,
            member_id,
            module_id,
            started_on=passed_on,
            recorded_at=recorded_at,
            number=number,
            kind=kind,
        )
        row = session().get(Sitting, (enterprise_id, sitting_id))
        assert row is not None
        pass_id = new_id()
        rows: list[Base] = [
            ModulePass(
                enterprise_id=enterprise_id,
                id=pass_id,
                sitting_id=sitting_id,
                member_id=member_id,
                module_id=module_id,
                kind=kind,
                passed_on=passed_on,
                release_digest=row.release_digest,
                recorded_at=recorded_at or self.now,
            )
        ]
        rows += [
            PassPin(enterprise_id=enterprise_id, pass_id=pass_id, concept_id=concept, clause_ref=ref, revision=number)
            for concept, ref, number in pins
        ]
        self._save(*rows)
        return pass_id
