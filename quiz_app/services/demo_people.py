"""The rows of one invented enterprise: its trees, people, accounts and study history."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, datetime, timedelta

from ..content.library import Library
from ..content.modules import StudyModule
from ..domain.people import Role
from ..store.tables.access import Account, RoleGrant, SignInName
from ..store.tables.people import Cycle, CycleAudience, CycleModule, Extension, Member, Membership, Waiver
from ..store.tables.reports import Recipient
from ..store.tables.units import Enterprise, Unit, UnitEdge, UnitName
from .demo_history import add_history
from .demo_plan import EnterprisePlan, Names, Rows

BRANCHES = 4
DEPARTMENTS = 3
MODULES_ASKED = 3
LONG_AGO = date(2020, 1, 1)

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
_SHARE_WITHOUT_BRANCH = 0.1


def office_rows(recorded_at: datetime, password_hash: str) -> Rows:
    """The supervisor's and the administrator's tenants with their one account each."""
    rows: Rows = defaultdict(list)
    for code, kind, role, names in (
        ("city", "supervisor", Role.SUPERVISOR, Names("示例市国资委", "Example SASAC")),
        ("admin", "system", Role.ADMINISTRATOR, Names("系统管理", "Administration")),
    ):
        rows[Enterprise].append(
            {"id": code, "kind": kind, "name_zh": names.zh, "name_en": names.en, "created_at": recorded_at}
        )
        _account(rows, code, code, code, [(role, None)], None, recorded_at, password_hash)
    return rows


def enterprise_rows(library: Library, plan: EnterprisePlan, chance: random.Random) -> Rows:
    """Every row of one enterprise; ids follow from the code, so the same seed gives the same database."""
    rows: Rows = defaultdict(list)
    rows[Enterprise].append(
        {
            "id": plan.code,
            "kind": "enterprise",
            "name_zh": plan.names.zh,
            "name_en": plan.names.en,
            "created_at": plan.recorded_at,
        }
    )
    departments, branches = _trees(rows, plan)
    _offices(rows, plan, branches)
    _cycle(rows, plan, library)
    for number in range(1, plan.people + 1):
        member_id = _person(rows, plan, number, departments, branches, chance)
        _exceptions(rows, plan, member_id, number, library)
        for module in _asked(library):
            add_history(rows, plan, member_id, module, library, chance)
    return rows


def _asked(library: Library) -> list[StudyModule]:
    """What the demo's task asks for: the first modules, as an enterprise would begin; the others are open to all."""
    return library.modules_in_order[:MODULES_ASKED]


def _trees(rows: Rows, plan: EnterprisePlan) -> tuple[list[str], list[str]]:
    root = _unit(rows, plan, "root", plan.names, None, "administrative", "enterprise")
    party = Names(f"{plan.names.zh}党委", f"{plan.names.en} Party committee")
    party_root = _unit(rows, plan, "party", party, None, "party", "party_committee")
    kinds = ("投资发展部 Investment", "工程管理部 Engineering", "综合管理部 Administration")
    departments = [
        _unit(rows, plan, f"dept{n}", Names(*kinds[n].split(" ", 1)), root, "administrative", "department")
        for n in range(DEPARTMENTS)
    ]
    branches = [
        _unit(
            rows,
            plan,
            f"branch{n}",
            Names(f"第{'一二三四'[n - 1]}党支部", f"Branch {n}"),
            party_root,
            "party",
            "party_branch",
        )
        for n in range(1, BRANCHES + 1)
    ]
    return departments, branches


def _unit(rows: Rows, plan: EnterprisePlan, key: str, names: Names, parent: str | None, line: str, kind: str) -> str:
    unit_id = f"{plan.code}-{key}"
    valid = {"enterprise_id": plan.code, "valid_from": LONG_AGO, "recorded_at": plan.recorded_at}
    rows[Unit].append(
        {"enterprise_id": plan.code, "id": unit_id, "line": line, "kind": kind, "recorded_at": plan.recorded_at}
    )
    rows[UnitName].append({"id": f"{unit_id}-n", "unit_id": unit_id, "name_zh": names.zh, "name_en": names.en, **valid})
    if parent:
        rows[UnitEdge].append({"id": f"{unit_id}-e", "child_id": unit_id, "parent_id": parent, **valid})
    return unit_id


def _offices(rows: Rows, plan: EnterprisePlan, branches: list[str]) -> None:
    code = plan.code
    offices: list[tuple[str, str, Role, str | None]] = [
        (f"{code}-hr", "组织人事部", Role.HR, None),
        (f"{code}-committee", "党委办公室", Role.COMMITTEE, None),
    ]
    offices += [
        (f"{code}-branch{n}", f"第{'一二三四'[n - 1]}党支部书记", Role.BRANCH_SECRETARY, branch)
        for n, branch in enumerate(branches, start=1)
    ]
    for name, display, role, unit in offices:
        _account(rows, code, name, display, [(role, unit)], None, plan.recorded_at, plan.password_hash)
    rows[Recipient].append(
        {
            "enterprise_id": code,
            "id": f"{code}-recipient",
            "unit_id": f"{code}-root",
            "name": "党委办公室",
            "email": f"committee@{code}.example",
            "valid_from": LONG_AGO,
            "recorded_at": plan.recorded_at,
        }
    )


def _account(
    rows: Rows,
    enterprise_id: str,
    name: str,
    display: str,
    roles: list[tuple[Role, str | None]],
    member_id: str | None,
    recorded_at: datetime,
    password_hash: str,
) -> None:
    account_id = f"{name}-account"
    rows[Account].append(
        {
            "enterprise_id": enterprise_id,
            "id": account_id,
            "member_id": member_id,
            "display_name": display,
            "password_hash": password_hash,
            "password_set_at": recorded_at,
            "recorded_at": recorded_at,
        }
    )
    rows[SignInName].append({"name": name, "enterprise_id": enterprise_id, "account_id": account_id})
    for role, unit_id in roles:
        rows[RoleGrant].append(
            {
                "enterprise_id": enterprise_id,
                "id": f"{account_id}-{role}",
                "account_id": account_id,
                "role": role.value,
                "unit_id": unit_id,
                "valid_from": LONG_AGO,
                "recorded_at": recorded_at,
            }
        )


def _cycle(rows: Rows, plan: EnterprisePlan, library: Library) -> None:
    cycle_id = f"{plan.code}-cycle"
    rows[Cycle].append(
        {
            "enterprise_id": plan.code,
            "id": cycle_id,
            "name_zh": f"{plan.opens_on.year}年容错纠错学习任务",
            "name_en": f"Tolerance and correction {plan.opens_on.year}",
            "opens_on": plan.opens_on,
            "due_on": plan.due_on,
            "earlier_passes_count": False,
            "recorded_at": plan.recorded_at,
        }
    )
    rows[CycleModule] += [
        {"enterprise_id": plan.code, "cycle_id": cycle_id, "module_id": module.id} for module in _asked(library)
    ]
    rows[CycleAudience].append(
        {"enterprise_id": plan.code, "id": f"{cycle_id}-all", "cycle_id": cycle_id, "unit_id": f"{plan.code}-root"}
    )


def _person(
    rows: Rows, plan: EnterprisePlan, number: int, departments: list[str], branches: list[str], chance: random.Random
) -> str:
    staff_number = f"{number:04}"
    member_id = f"{plan.code}-m{staff_number}"
    name = f"{chance.choice(_SURNAMES)}示例{staff_number}"
    rows[Member].append(
        {
            "enterprise_id": plan.code,
            "id": member_id,
            "staff_number": staff_number,
            "name": name,
            "recorded_at": plan.recorded_at,
        }
    )
    places = [("administrative", chance.choice(departments))]
    if chance.random() > _SHARE_WITHOUT_BRANCH:
        places.append(("party", branches[number % len(branches)]))
    for line, unit_id in places:
        rows[Membership].append(
            {
                "enterprise_id": plan.code,
                "id": f"{member_id}-{line[0]}",
                "member_id": member_id,
                "unit_id": unit_id,
                "line": line,
                "post": "manager" if number % 8 == 0 else "staff",
                "valid_from": LONG_AGO,
                "recorded_at": plan.recorded_at,
            }
        )
    roles: list[tuple[Role, str | None]] = [(Role.MEMBER, None)]
    _account(
        rows, plan.code, f"{plan.code}-{staff_number}", name, roles, member_id, plan.recorded_at, plan.password_hash
    )
    return member_id


def _exceptions(rows: Rows, plan: EnterprisePlan, member_id: str, number: int, library: Library) -> None:
    common = {"enterprise_id": plan.code, "member_id": member_id, "cycle_id": f"{plan.code}-cycle"}
    if number == 7:
        rows[Waiver] += [
            {
                **common,
                "id": f"{member_id}-w-{module.id}",
                "module_id": module.id,
                "reason": "long_leave",
                "valid_from": plan.opens_on,
                "recorded_at": plan.recorded_at,
            }
            for module in _asked(library)
        ]
    if number == 8:
        due_on = plan.due_on + timedelta(days=30)
        rows[Extension].append(
            {**common, "id": f"{member_id}-x", "due_on": due_on, "reason": "leave", "recorded_at": plan.recorded_at}
        )
