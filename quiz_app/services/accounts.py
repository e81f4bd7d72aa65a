"""Signing in and out, activating an account, creating and disabling accounts."""

from __future__ import annotations

import hashlib
import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from ..domain.errors import CodeInvalid, NameTaken, NotFound, PasswordTooWeak, SignInFailed, SignInLocked
from ..domain.passwords import PasswordPolicy, is_acceptable
from ..domain.people import Identity, Role
from ..store import access, audit
from ..store.db import CONFLICT, saving
from ..store.library import time_zone

IDLE_LIMIT = timedelta(hours=8)
ABSOLUTE_LIMIT = timedelta(days=7)
SEEN_STEP = timedelta(minutes=10)
LOCK_AFTER = 5
LOCK_WINDOW = timedelta(minutes=15)
CODE_LIFETIME = timedelta(days=14)

_CODE_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_CODE_LENGTH = 12

_hasher = PasswordHasher()
_one_hash_at_a_time = threading.Lock()


@dataclass(frozen=True)
class NewLogin:
    """A fresh login session: the token goes into the cookie and is stored only as a digest."""

    token: str
    enterprise_id: str
    account_id: str


def sign_in(name: str, password: str, now: datetime) -> NewLogin:
    """A new login session; raises `SignInFailed` or, after repeated failures, `SignInLocked`.

    The failures are counted in the database and by name, so several workers count together; an
    unknown name takes as long as a known one.
    """
    key = f"sign-in:{name[:80]}"
    _refuse_if_locked(key, now)
    account = access.account_named(name)
    usable = account is not None and not account.disabled and account.password_hash is not None
    right = _verify(account.password_hash if account and usable else None, password)
    if account is None or not usable or not right:
        _count_failure(key, account, now)
        raise SignInFailed
    token = secrets.token_urlsafe(32)
    with saving() as current:
        # Guesses that are verified at the same time count together: the others may have failed meanwhile.
        _refuse_if_locked(key, now)
        access.clear_failures(current, key)
        access.add_login(current, account.enterprise_id, account.id, _digest(token), now)
        audit.record(current, account.enterprise_id, "sign_in", now, actor=account.id, subject=account.member_id)
    return NewLogin(token, account.enterprise_id, account.id)


def _refuse_if_locked(key: str, now: datetime) -> None:
    if access.failures(key, now, LOCK_WINDOW) >= LOCK_AFTER:
        raise SignInLocked


def _count_failure(key: str, account: access.AccountRow | None, now: datetime) -> None:
    with saving() as current:
        access.count_failure(current, key, now, LOCK_WINDOW)
        if account is not None:
            audit.record(
                current, account.enterprise_id, "sign_in_failed", now, actor=account.id, subject=account.member_id
            )


def identity_of(token: str, now: datetime) -> Identity | None:
    """Who a login token belongs to, or nothing when the session ended, idled 8 hours or is 7 days old."""
    digest = _digest(token)
    login = access.login_of(digest, now.astimezone(time_zone()).date(), now)
    if login is None or now - login.created_at > ABSOLUTE_LIMIT or now - login.seen_at > IDLE_LIMIT:
        return None
    if now - login.seen_at > SEEN_STEP:
        with saving() as current:
            access.touch_login(current, digest, now)
    return login.identity


def sign_out(token: str, now: datetime) -> None:
    """Ends the login session on the server."""
    with saving() as current:
        access.end_login(current, _digest(token), now)


def activate(name: str, code: str, password: str, policy: PasswordPolicy, now: datetime) -> NewLogin:
    """Sets the first (or a new) password with a one-time code and signs in.

    Raises `CodeInvalid`, `PasswordTooWeak` or `SignInLocked`; failures count as at sign-in.
    """
    key = f"activate:{name[:80]}"
    _refuse_if_locked(key, now)
    account = access.account_named(name)
    open_code = access.open_code(account.enterprise_id, account.id, now) if account else None
    matches = secrets.compare_digest(open_code.code_digest if open_code else "-", _digest(_plain_code(code)))
    if account is None or account.disabled or open_code is None or not matches:
        _count_failure(key, account, now)
        raise CodeInvalid
    if not is_acceptable(password, name, policy):
        raise PasswordTooWeak
    password_hash = _hash(password)
    token = secrets.token_urlsafe(32)
    with saving() as current:
        if not access.use_code(current, account.enterprise_id, open_code.id, now):
            raise CodeInvalid
        access.set_password(current, account.enterprise_id, account.id, password_hash, now)
        access.end_logins(current, account.enterprise_id, account.id, now)
        access.clear_failures(current, key)
        access.clear_failures(current, f"sign-in:{name[:80]}")
        access.add_login(current, account.enterprise_id, account.id, _digest(token), now)
        audit.record(current, account.enterprise_id, "password_set", now, actor=account.id, subject=account.member_id)
    return NewLogin(token, account.enterprise_id, account.id)


def create_account(
    enterprise_id: str, name: str, display_name: str, roles: list[tuple[Role, str | None]], now: datetime
) -> str:
    """Creates an account without a password and returns its one-time code; raises `NameTaken`."""
    today = now.astimezone(time_zone()).date()
    code = new_code()
    try:
        with saving() as current:
            account_id = access.add_account(current, enterprise_id, name, display_name, None, now)
            for role, unit_id in roles:
                access.grant_role(current, enterprise_id, account_id, role, unit_id, today, now)
            access.add_code(current, enterprise_id, account_id, _digest(code), now + CODE_LIFETIME, now)
            audit.record(current, enterprise_id, "account_created", now, values={"name": name})
    except CONFLICT as error:
        raise NameTaken from error
    return spaced(code)


def reset_account(name: str, now: datetime, actor: str | None = None) -> str:
    """A new one-time code for an account; whoever resets never chooses the password. Raises `NotFound`."""
    account = access.account_named(name)
    if account is None:
        raise NotFound
    code = new_code()
    with saving() as current:
        access.add_code(current, account.enterprise_id, account.id, _digest(code), now + CODE_LIFETIME, now)
        audit.record(current, account.enterprise_id, "code_issued", now, actor=actor, subject=account.member_id)
    return spaced(code)


def disable_account(name: str, now: datetime) -> None:
    """Disables an account and ends its login sessions at once; raises `NotFound`."""
    account = access.account_named(name)
    if account is None:
        raise NotFound
    with saving() as current:
        access.set_disabled(current, account.enterprise_id, account.id, now)
        access.end_logins(current, account.enterprise_id, account.id, now)
        audit.record(current, account.enterprise_id, "account_disabled", now, subject=account.member_id)


def new_code() -> str:
    """A one-time code of 12 letters and digits without look-alikes, 59 bits, used up after five wrong tries."""
    return "".join(secrets.choice(_CODE_ALPHABET) for _ in range(_CODE_LENGTH))


def spaced(code: str) -> str:
    """The code as people copy it: groups of four."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def code_digest(code: str) -> str:
    """What is stored of a one-time code."""
    return _digest(_plain_code(code))


def hash_password(password: str) -> str:
    """The Argon2id hash of a password; one at a time, because each takes 64 MiB."""
    return _hash(password)


def _plain_code(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter.isalnum())


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _hash(password: str) -> str:
    with _one_hash_at_a_time:
        return _hasher.hash(password)


@cache
def _hash_of_nobody() -> str:
    return _hasher.hash(secrets.token_hex(16))


def _verify(password_hash: str | None, password: str) -> bool:
    with _one_hash_at_a_time:
        try:
            return _hasher.verify(password_hash or _hash_of_nobody(), password) and password_hash is not None
        except (VerificationError, InvalidHashError):
            return False
