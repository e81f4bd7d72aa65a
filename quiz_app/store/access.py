"""Accounts, roles, login sessions, one-time codes and the failure counter in the database."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Date, Select, and_, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from ..content.text import Text
from ..domain.people import Identity, Role
from .db import CONFLICT, UtcDateTime, new_id, session
from .tables.access import Account, LoginSession, OneTimeCode, RoleGrant, SignInName, Throttle
from .tables.units import Enterprise
from .valid import holds


@dataclass(frozen=True)
class AccountRow:
    """What signing in needs to know of an account."""

    enterprise_id: str
    id: str
    member_id: str | None
    display_name: str
    password_hash: str | None
    disabled: bool


@dataclass(frozen=True)
class CodeRow:
    """A one-time code that is still open."""

    id: str
    code_digest: str


@dataclass(frozen=True)
class Login:
    """A login session in use and who it belongs to."""

    identity: Identity
    created_at: datetime
    seen_at: datetime


def account_named(name: str) -> AccountRow | None:
    """The account behind a sign-in name, in whichever enterprise it is."""
    row = (
        session()
        .execute(
            select(Account)
            .join(
                SignInName, and_(SignInName.enterprise_id == Account.enterprise_id, SignInName.account_id == Account.id)
            )
            .where(SignInName.name == name)
        )
        .scalar_one_or_none()
    )
    if row is None:
        return None
    return AccountRow(
        row.enterprise_id, row.id, row.member_id, row.display_name, row.password_hash, row.disabled_at is not None
    )


def login_of(token_digest: str, today: date, now: datetime) -> Login | None:
    """Whose login session a token opens, with the roles held today, in one query."""
    values = {"digest": token_digest, "today": today, "now": now}
    rows = session().connection().execute(_login_query(), values).all()
    if not rows:
        return None
    first = rows[0]
    identity = Identity(
        enterprise_id=first.enterprise_id,
        account_id=first.id,
        member_id=first.member_id,
        display_name=first.display_name,
        enterprise_name=Text(zh=first.name_zh, en=first.name_en),
        roles=frozenset(Role(row.role) for row in rows if row.role),
        branch_ids=frozenset(row.unit_id for row in rows if row.role == Role.BRANCH_SECRETARY and row.unit_id),
    )
    return Login(identity, first.created_at, first.seen_at)


def add_login(current: Session, enterprise_id: str, account_id: str, token_digest: str, now: datetime) -> None:
    """Records a new login session."""
    current.execute(
        insert(LoginSession).values(
            token_digest=token_digest, enterprise_id=enterprise_id, account_id=account_id, created_at=now, seen_at=now
        )
    )


def touch_login(current: Session, token_digest: str, now: datetime) -> None:
    """Records that a login session is in use."""
    current.execute(update(LoginSession).where(LoginSession.token_digest == token_digest).values(seen_at=now))


def end_login(current: Session, token_digest: str, now: datetime) -> None:
    """Ends a login session on the server."""
    current.execute(update(LoginSession).where(LoginSession.token_digest == token_digest).values(ended_at=now))


def end_logins(current: Session, enterprise_id: str, account_id: str, now: datetime) -> None:
    """Ends all login sessions of an account."""
    current.execute(
        update(LoginSession)
        .where(
            LoginSession.enterprise_id == enterprise_id,
            LoginSession.account_id == account_id,
            LoginSession.ended_at.is_(None),
        )
        .values(ended_at=now)
    )


def set_password(current: Session, enterprise_id: str, account_id: str, password_hash: str, now: datetime) -> None:
    """Stores the hash of a new password."""
    current.execute(
        update(Account)
        .where(Account.enterprise_id == enterprise_id, Account.id == account_id)
        .values(password_hash=password_hash, password_set_at=now)
    )


def set_disabled(current: Session, enterprise_id: str, account_id: str, now: datetime) -> None:
    """Disables an account; its login sessions are ended by the caller."""
    current.execute(
        update(Account).where(Account.enterprise_id == enterprise_id, Account.id == account_id).values(disabled_at=now)
    )


def add_account(
    current: Session,
    enterprise_id: str,
    name: str,
    display_name: str,
    member_id: str | None,
    now: datetime,
) -> str:
    """Records an account with its sign-in name; returns its id. A name in use meets the unique key."""
    account_id = new_id()
    current.add(
        Account(
            enterprise_id=enterprise_id,
            id=account_id,
            member_id=member_id,
            display_name=display_name,
            recorded_at=now,
        )
    )
    current.flush()
    current.add(SignInName(name=name, enterprise_id=enterprise_id, account_id=account_id))
    current.flush()
    return account_id


def grant_role(
    current: Session, enterprise_id: str, account_id: str, role: Role, unit_id: str | None, since: date, now: datetime
) -> None:
    """Records that an account holds a role from a day on."""
    current.add(
        RoleGrant(
            enterprise_id=enterprise_id,
            account_id=account_id,
            role=role.value,
            unit_id=unit_id,
            valid_from=since,
            recorded_at=now,
        )
    )
    current.flush()


def add_code(
    current: Session, enterprise_id: str, account_id: str, code_digest: str, expires_at: datetime, now: datetime
) -> None:
    """Records a one-time code; earlier ones of the account end."""
    current.execute(
        update(OneTimeCode)
        .where(
            OneTimeCode.enterprise_id == enterprise_id,
            OneTimeCode.account_id == account_id,
            OneTimeCode.used_at.is_(None),
        )
        .values(used_at=now)
    )
    current.execute(
        insert(OneTimeCode).values(
            enterprise_id=enterprise_id,
            id=new_id(),
            account_id=account_id,
            code_digest=code_digest,
            expires_at=expires_at,
            recorded_at=now,
        )
    )


def open_code(enterprise_id: str, account_id: str, now: datetime) -> CodeRow | None:
    """The account's code that is neither used nor expired."""
    row = (
        session()
        .execute(
            select(OneTimeCode.id, OneTimeCode.code_digest)
            .where(
                OneTimeCode.enterprise_id == enterprise_id,
                OneTimeCode.account_id == account_id,
                OneTimeCode.used_at.is_(None),
                OneTimeCode.expires_at > now,
            )
            .order_by(OneTimeCode.recorded_at.desc())
        )
        .first()
    )
    return CodeRow(row.id, row.code_digest) if row else None


def use_code(current: Session, enterprise_id: str, code_id: str, now: datetime) -> bool:
    """Marks a code as used; says whether this call was the one that used it."""
    result = current.execute(
        update(OneTimeCode)
        .where(OneTimeCode.enterprise_id == enterprise_id, OneTimeCode.id == code_id, OneTimeCode.used_at.is_(None))
        .values(used_at=now)
        .returning(OneTimeCode.id)
    )
    return result.first() is not None


def failures(key: str, now: datetime, window: timedelta) -> int:
    """How many failures were counted for a key since the window began."""
    row = session().get(Throttle, key, populate_existing=True)
    return row.failures if row and row.last_failure_at > now - window else 0


def count_failure(current: Session, key: str, now: datetime, window: timedelta) -> int:
    """Counts a failure, beginning anew where the last one lies outside the window; returns the count."""
    while (row := current.get(Throttle, key, with_for_update=True, populate_existing=True)) is None:
        # Of two first failures at once the second meets the key and counts on the row of the first.
        with suppress(CONFLICT), current.begin_nested():
            current.execute(insert(Throttle).values(key=key, failures=0, last_failure_at=now))
    row.failures = row.failures + 1 if row.last_failure_at > now - window else 1
    row.last_failure_at = now
    current.flush()
    return row.failures


def clear_failures(current: Session, key: str) -> None:
    """Forgets the failures of a key after a success."""
    current.execute(delete(Throttle).where(Throttle.key == key))


@cache
def _login_query() -> Select[*tuple[Any, ...]]:
    """Made once, because every request runs it and making it costs more than running it."""
    today, now = bindparam("today", type_=Date()), bindparam("now", type_=UtcDateTime())
    return (
        select(
            LoginSession.created_at,
            LoginSession.seen_at,
            Account.enterprise_id,
            Account.id,
            Account.member_id,
            Account.display_name,
            Enterprise.name_zh,
            Enterprise.name_en,
            RoleGrant.role,
            RoleGrant.unit_id,
        )
        .select_from(LoginSession)
        .join(Account, and_(Account.enterprise_id == LoginSession.enterprise_id, Account.id == LoginSession.account_id))
        .join(Enterprise, Enterprise.id == Account.enterprise_id)
        .outerjoin(
            RoleGrant,
            and_(RoleGrant.account_id == Account.id, holds(RoleGrant, LoginSession.enterprise_id, today, now)),
        )
        .where(
            LoginSession.token_digest == bindparam("digest"),
            LoginSession.ended_at.is_(None),
            Account.disabled_at.is_(None),
        )
    )
