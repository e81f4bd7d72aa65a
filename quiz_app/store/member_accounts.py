"""The accounts of members, as HR finds them to hand out activation codes."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, and_, or_, select

from .db import session
from .tables.access import Account, SignInName
from .tables.people import Member

LIMIT = 20


@dataclass(frozen=True)
class MemberAccount:
    """A member's account; `activated` says whether a password was ever set, never which."""

    account_id: str
    member_id: str
    name: str
    staff_number: str
    sign_in_name: str
    activated: bool


def find(enterprise_id: str, words: str) -> list[MemberAccount]:
    """Up to 20 members whose name or staff number begins with the words, by staff number."""
    pattern = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    rows = session().execute(
        _accounts(enterprise_id)
        .where(or_(Member.name.like(pattern, escape="\\"), Member.staff_number.like(pattern, escape="\\")))
        .order_by(Member.staff_number)
        .limit(LIMIT)
    )
    return [MemberAccount(*row) for row in rows]


def of_account(enterprise_id: str, account_id: str) -> MemberAccount | None:
    """The member behind an account of this enterprise."""
    row = session().execute(_accounts(enterprise_id).where(Account.id == account_id)).first()
    return MemberAccount(*row) if row else None


def _accounts(enterprise_id: str) -> Select[str, str, str, str, str, bool]:
    return (
        select(
            Account.id,
            Member.id,
            Member.name,
            Member.staff_number,
            SignInName.name,
            Account.password_hash.is_not(None),
        )
        .select_from(Account)
        .join(Member, and_(Member.enterprise_id == enterprise_id, Member.id == Account.member_id))
        .join(SignInName, and_(SignInName.enterprise_id == enterprise_id, SignInName.account_id == Account.id))
        .where(Account.enterprise_id == enterprise_id)
    )
