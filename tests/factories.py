"""Makes what a test needs in the test's database, and says so when a test misuses it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from quiz_app.content.library import Library
from quiz_app.store.db import Base, new_id, saving
from quiz_app.store.library import record_release
from quiz_app.store.tables.access import Account, RoleGrant, SignInName
from quiz_app.store.tables.library import Instance
from quiz_app.store.tables.people import Cycle, CycleAudience, CycleModule, Extension, Member, Membership, Waiver
from quiz_app.store.tables.units import Enterprise, EnterpriseSetting, Unit, UnitEdge, UnitName
from tests.study_factories import StudyFactories

LONG_AGO = date(2020, 1, 1)


@dataclass(frozen=True)
class Made:
    """An enterprise as made: its root units of both trees."""

    enterprise_id: str
    root: str
    party_root: str


class Factories(StudyFactories):
    """Each method saves what it makes and returns its id."""

    def instance(self, zone: str = "Asia/Shanghai", *, demo: bool = False) -> None:
        """The row about the database."""
        self._save(Instance(id=1, time_zone=zone, demo=demo, created_at=self.earlier))

    def release(self, library: Library, at: datetime | None = None) -> str:
        """Stores a library release as if recorded at a moment."""
        moment = at or self.earlier
        with saving() as current:
            record_release(current, library, moment, moment.date())
        return library.digest

    def enterprise(self, enterprise_id: str = "jia", kind: str = "enterprise") -> Made:
        """A tenant with the root units of both trees."""
        self._save(
            Enterprise(
                id=enterprise_id,
                kind=kind,
                name_zh=f"{enterprise_id}集团",
                name_en=f"{enterprise_id} Group",
                created_at=self.earlier,
            )
        )
        root = self.unit(enterprise_id, f"{enterprise_id}总部", None)
        party = self.unit(enterprise_id, f"{enterprise_id}党委", None, line="party", kind="party_committee")
        return Made(enterprise_id, root, party)

    def unit(
        self, enterprise_id: str, name: str, parent: str | None, line: str = "administrative", kind: str = "department"
    ) -> str:
        """A unit under a parent since long ago."""
        unit_id = new_id()
        common = {"enterprise_id": enterprise_id, "valid_from": LONG_AGO, "recorded_at": self.earlier}
        rows: list[Base] = [
            Unit(enterprise_id=enterprise_id, id=unit_id, line=line, kind=kind, recorded_at=self.earlier),
            UnitName(unit_id=unit_id, name_zh=name, name_en=f"{name} (en)", **common),
        ]
        if parent:
            rows.append(UnitEdge(child_id=unit_id, parent_id=parent, **common))
        self._save(*rows)
        return unit_id

    def member(
        self,
        enterprise_id: str,
        unit_id: str,
        branch_id: str | None = None,
        *,
        staff_number: str | None = None,
        name: str = "张某",
        post: str = "staff",
        since: date = LONG_AGO,
    ) -> str:
        """A person with a place in the administrative tree and, if a branch is given, in the party tree."""
        member_id = new_id()
        self._save(
            Member(
                enterprise_id=enterprise_id,
                id=member_id,
                staff_number=staff_number or member_id[:8],
                name=name,
                recorded_at=self.earlier,
            )
        )
        self.place(enterprise_id, member_id, unit_id, post=post, since=since)
        if branch_id:
            self.place(enterprise_id, member_id, branch_id, line="party", post=post, since=since)
        return member_id

    def place(
        self,
        enterprise_id: str,
        member_id: str,
        unit_id: str,
        *,
        line: str = "administrative",
        post: str = "staff",
        since: date = LONG_AGO,
        until: date | None = None,
        retracts: str | None = None,
        recorded_at: datetime | None = None,
    ) -> str:
        """A membership row."""
        row_id = new_id()
        self._save(
            Membership(
                enterprise_id=enterprise_id,
                id=row_id,
                member_id=member_id,
                unit_id=unit_id,
                line=line,
                post=post,
                valid_from=since,
                valid_to=until,
                retracts=retracts,
                recorded_at=recorded_at or self.earlier,
            )
        )
        return row_id

    def cycle(
        self,
        enterprise_id: str,
        modules: Sequence[str] = ("basics",),
        opens_on: date = date(2026, 9, 1),
        due_on: date = date(2026, 11, 30),
        *,
        earlier_passes_count: bool = False,
        audience: Sequence[tuple[str | None, str | None]] = (),
    ) -> str:
        """A study cycle; an empty audience is everybody."""
        cycle_id = new_id()
        rows: list[Base] = [
            Cycle(
                enterprise_id=enterprise_id,
                id=cycle_id,
                name_zh="2026 年学习任务",
                name_en="Study task 2026",
                opens_on=opens_on,
                due_on=due_on,
                earlier_passes_count=earlier_passes_count,
                recorded_at=self.earlier,
            )
        ]
        rows += [CycleModule(enterprise_id=enterprise_id, cycle_id=cycle_id, module_id=one) for one in modules]
        rows += [
            CycleAudience(enterprise_id=enterprise_id, cycle_id=cycle_id, unit_id=unit, post=post)
            for unit, post in audience
        ]
        self._save(*rows)
        return cycle_id

    def waiver(
        self,
        enterprise_id: str,
        cycle_id: str,
        member_id: str,
        module_id: str = "basics",
        *,
        since: date,
        until: date | None = None,
        recorded_at: datetime | None = None,
    ) -> str:
        """A waiver for a span of days."""
        row_id = new_id()
        self._save(
            Waiver(
                enterprise_id=enterprise_id,
                id=row_id,
                cycle_id=cycle_id,
                member_id=member_id,
                module_id=module_id,
                reason="long_leave",
                valid_from=since,
                valid_to=until,
                recorded_at=recorded_at or self.now,
            )
        )
        return row_id

    def extension(
        self, enterprise_id: str, cycle_id: str, member_id: str, due_on: date, recorded_at: datetime | None = None
    ) -> None:
        """A later due date for one person."""
        self._save(
            Extension(
                enterprise_id=enterprise_id,
                cycle_id=cycle_id,
                member_id=member_id,
                due_on=due_on,
                reason="leave",
                recorded_at=recorded_at or self.now,
            )
        )

    def setting(self, enterprise_id: str, key: str, value: str) -> None:
        """A setting since long ago."""
        self._save(
            EnterpriseSetting(
                enterprise_id=enterprise_id, key=key, value=value, valid_from=LONG_AGO, recorded_at=self.earlier
            )
        )

    def account(
        self,
        enterprise_id: str,
        name: str,
        *roles: str,
        member_id: str | None = None,
        unit_id: str | None = None,
        password_hash: str | None = None,
    ) -> str:
        """An account with roles since long ago; `unit_id` is a branch secretary's branch."""
        account_id = new_id()
        rows: list[Base] = [
            Account(
                enterprise_id=enterprise_id,
                id=account_id,
                member_id=member_id,
                display_name=name,
                password_hash=password_hash,
                recorded_at=self.earlier,
            ),
            SignInName(name=name, enterprise_id=enterprise_id, account_id=account_id),
        ]
        rows += [
            RoleGrant(
                enterprise_id=enterprise_id,
                account_id=account_id,
                role=role,
                unit_id=unit_id,
                valid_from=LONG_AGO,
                recorded_at=self.earlier,
            )
            for role in roles
        ]
        self._save(*rows)
        return account_id
