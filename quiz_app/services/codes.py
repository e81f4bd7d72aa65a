"""HR hands out activation codes: finding a member, issuing a code that is shown once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..domain.errors import NotFound
from ..store import member_accounts
from ..store.member_accounts import MemberAccount
from .accounts import CODE_LIFETIME, reset_account


@dataclass(frozen=True)
class Slip:
    """What is printed and handed to the person; the code is stored only as a digest."""

    account: MemberAccount
    code: str
    expires_at: datetime


def find_members(enterprise_id: str, words: str) -> list[MemberAccount]:
    """Members whose name or staff number begins with the words; nobody without words."""
    wanted = words.strip()
    return member_accounts.find(enterprise_id, wanted) if wanted else []


def issue_code(enterprise_id: str, account_id: str, actor: str, now: datetime) -> Slip:
    """A new code for a member's account; earlier codes end. Raises `NotFound` for a foreign account."""
    account = member_accounts.of_account(enterprise_id, account_id)
    if account is None:
        raise NotFound
    return Slip(account, reset_account(account.sign_in_name, now, actor), now + CODE_LIFETIME)
