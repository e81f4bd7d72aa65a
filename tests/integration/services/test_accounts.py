"""Signing in, activating and ending accounts: failures count together, codes work once, sessions end on the server."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from quiz_app.domain.errors import CodeInvalid, NameTaken, NotFound, PasswordTooWeak, SignInFailed, SignInLocked
from quiz_app.domain.people import Role
from quiz_app.services import accounts
from quiz_app.store import access
from quiz_app.store.db import end_request, saving, session
from quiz_app.store.tables.access import Account, Audit, AuditValue, LoginSession, OneTimeCode, RoleGrant
from tests.factories import Factories

PASSWORD = "three calm words"
NAME = "jia-0001"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hashes that cost next to nothing; what they cost in earnest is the matter of one test alone."""
    monkeypatch.setattr(accounts, "_hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    accounts._hash_of_nobody.cache_clear()
    yield
    accounts._hash_of_nobody.cache_clear()


def make_account(factories: Factories) -> str:
    factories.instance()
    jia = factories.enterprise("jia")
    member = factories.member("jia", jia.root)
    return factories.account("jia", NAME, "member", member_id=member, password_hash=accounts.hash_password(PASSWORD))


@pytest.fixture
def account(factories: Factories, quick_hashes: None) -> str:
    """The account of a cadre who has a password."""
    return make_account(factories)


def fail(now: datetime, times: int = 1, name: str = NAME) -> None:
    for _ in range(times):
        with pytest.raises(SignInFailed):
            accounts.sign_in(name, "not this one", now)


def fail_code(now: datetime, times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(CodeInvalid):
            accounts.activate(NAME, "AAAA-BBBB-CCCC", "five calm words", "asvs", now)


def test_signing_in_gives_the_person_their_enterprise_and_roles(account: str, now: datetime) -> None:
    login = accounts.sign_in(NAME, PASSWORD, now)
    identity = accounts.identity_of(login.token, now)
    assert identity is not None
    assert (identity.enterprise_id, identity.account_id, identity.roles) == ("jia", account, frozenset({Role.MEMBER}))


def test_each_sign_in_is_a_session_of_its_own_and_its_token_is_not_stored(account: str, now: datetime) -> None:
    tokens = {accounts.sign_in(NAME, PASSWORD, now).token for _ in range(2)}
    stored = set(session().scalars(select(LoginSession.token_digest)))
    assert len(tokens) == len(stored) == 2
    assert not tokens & stored


@pytest.mark.parametrize("name", [NAME, "nobody", "", "名" * 200])
def test_every_reason_to_refuse_gives_one_answer(account: str, now: datetime, name: str) -> None:
    fail(now, name=name)


def test_an_account_without_a_password_or_a_disabled_one_is_refused_alike(
    account: str, factories: Factories, now: datetime
) -> None:
    factories.account("jia", "jia-hr", "hr")
    fail(now, name="jia-hr")
    code = accounts.reset_account(NAME, now)
    accounts.disable_account(NAME, now)
    with pytest.raises(SignInFailed):
        accounts.sign_in(NAME, PASSWORD, now)
    with pytest.raises(CodeInvalid):
        accounts.activate(NAME, code, "five calm words", "asvs", now)


def test_an_unknown_name_takes_as_long_as_a_known_one(factories: Factories, now: datetime) -> None:
    make_account(factories)

    def seconds(name: str) -> float:
        began = time.perf_counter()
        fail(now, name=name)
        return time.perf_counter() - began

    seconds("warm-up")
    known, unknown = min(seconds(NAME) for _ in range(3)), min(seconds(f"nobody-{n}") for n in range(3))
    assert unknown > known / 3


def test_five_failures_lock_the_name_and_the_right_password_with_it(account: str, now: datetime) -> None:
    fail(now, accounts.LOCK_AFTER)
    with pytest.raises(SignInLocked):
        accounts.sign_in(NAME, PASSWORD, now)


def test_an_unknown_name_is_locked_like_a_known_one(account: str, now: datetime) -> None:
    fail(now, accounts.LOCK_AFTER, name="nobody")
    with pytest.raises(SignInLocked):
        accounts.sign_in("nobody", PASSWORD, now)


def test_the_lock_opens_after_its_window(account: str, now: datetime) -> None:
    fail(now, accounts.LOCK_AFTER)
    with pytest.raises(SignInLocked):
        accounts.sign_in(NAME, PASSWORD, now + accounts.LOCK_WINDOW - MINUTE)
    assert accounts.sign_in(NAME, PASSWORD, now + accounts.LOCK_WINDOW + MINUTE)
    fail(now + accounts.LOCK_WINDOW + MINUTE, accounts.LOCK_AFTER - 1)
    assert accounts.sign_in(NAME, PASSWORD, now + accounts.LOCK_WINDOW + MINUTE), "the count began anew"


def test_a_success_forgets_the_failures_before_it(account: str, now: datetime) -> None:
    for _ in range(2):
        fail(now, accounts.LOCK_AFTER - 1)
        accounts.sign_in(NAME, PASSWORD, now)


def at_once(action: Callable[[], object], times: int = 8) -> list[Exception | None]:
    """Does the same on several threads in the same instant; gives what each raised, if anything."""
    gate = threading.Barrier(times)

    def act(_number: int) -> Exception | None:
        gate.wait(10)
        try:
            action()
        except Exception as error:
            return error
        finally:
            end_request()
        return None

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(act, range(times)))


def test_failures_at_once_are_all_counted(account: str, now: datetime) -> None:
    def count() -> None:
        with saving() as current:
            access.count_failure(current, "sign-in:somebody", now, accounts.LOCK_WINDOW)

    assert at_once(count) == [None] * 8
    assert access.failures("sign-in:somebody", now, accounts.LOCK_WINDOW) == 8


def test_many_guesses_at_once_are_worth_no_more_than_five(account: str, now: datetime) -> None:
    met = at_once(lambda: accounts.sign_in(NAME, "not this one", now))
    assert {type(error) for error in met} <= {SignInFailed, SignInLocked}
    with pytest.raises(SignInLocked):
        accounts.sign_in(NAME, PASSWORD, now)


def test_a_right_password_verified_after_the_name_was_locked_does_not_sign_in(
    account: str, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    verify = accounts._verify

    def slow(password_hash: str | None, password: str) -> bool:
        right = verify(password_hash, password)
        monkeypatch.setattr(accounts, "_verify", verify)
        fail(now, accounts.LOCK_AFTER)
        return right

    monkeypatch.setattr(accounts, "_verify", slow)
    with pytest.raises(SignInLocked):
        accounts.sign_in(NAME, PASSWORD, now)


def test_a_code_sets_the_password_once_and_ends_other_sessions(account: str, now: datetime) -> None:
    before = accounts.sign_in(NAME, PASSWORD, now)
    code = accounts.reset_account(NAME, now)
    login = accounts.activate(NAME, code.replace("-", " ").lower(), "five calm words", "asvs", now)
    assert accounts.identity_of(login.token, now)
    assert accounts.identity_of(before.token, now) is None
    assert accounts.sign_in(NAME, "five calm words", now)
    fail_code(now)
    with pytest.raises(CodeInvalid):
        accounts.activate(NAME, code, "six calm words", "asvs", now)


def test_a_code_expires(account: str, now: datetime) -> None:
    code = accounts.reset_account(NAME, now)
    with pytest.raises(CodeInvalid):
        accounts.activate(NAME, code, "five calm words", "asvs", now + accounts.CODE_LIFETIME + MINUTE)
    assert accounts.activate(NAME, code, "five calm words", "asvs", now + accounts.CODE_LIFETIME - MINUTE)


def test_a_new_code_ends_the_earlier_one(account: str, now: datetime) -> None:
    first = accounts.reset_account(NAME, now)
    accounts.reset_account(NAME, now)
    with pytest.raises(CodeInvalid):
        accounts.activate(NAME, first, "five calm words", "asvs", now)


def test_guessing_codes_is_locked_like_guessing_passwords(account: str, now: datetime) -> None:
    code = accounts.reset_account(NAME, now)
    fail_code(now, accounts.LOCK_AFTER)
    with pytest.raises(SignInLocked):
        accounts.activate(NAME, code, "five calm words", "asvs", now)
    later = now + accounts.LOCK_WINDOW + MINUTE
    assert accounts.activate(NAME, code, "five calm words", "asvs", later)


def test_a_weak_password_leaves_the_code_as_it_was(account: str, now: datetime) -> None:
    code = accounts.reset_account(NAME, now)
    for weak in ("short", f"{NAME}-2026", "password123"):
        with pytest.raises(PasswordTooWeak):
            accounts.activate(NAME, code, weak, "asvs", now)
    assert accounts.activate(NAME, code, "five calm words", "asvs", now)


def test_setting_a_password_opens_a_locked_name(account: str, now: datetime) -> None:
    fail(now, accounts.LOCK_AFTER)
    accounts.activate(NAME, accounts.reset_account(NAME, now), "five calm words", "asvs", now)
    assert accounts.sign_in(NAME, "five calm words", now)


def test_a_session_ends_when_it_idles_and_when_it_is_old(account: str, now: datetime) -> None:
    token = accounts.sign_in(NAME, PASSWORD, now).token
    assert accounts.identity_of(token, now + accounts.IDLE_LIMIT - MINUTE)
    assert accounts.identity_of(token, now + 2 * accounts.IDLE_LIMIT - 2 * MINUTE), "it was in use meanwhile"
    assert accounts.identity_of(token, now + 4 * accounts.IDLE_LIMIT) is None
    moment = now
    token = accounts.sign_in(NAME, PASSWORD, now).token
    while moment - now <= accounts.ABSOLUTE_LIMIT:
        assert accounts.identity_of(token, moment), "in use all the time"
        moment += accounts.IDLE_LIMIT - MINUTE
    assert accounts.identity_of(token, moment) is None


def test_signing_out_and_disabling_end_sessions_on_the_server(account: str, now: datetime) -> None:
    one, other = (accounts.sign_in(NAME, PASSWORD, now).token for _ in range(2))
    accounts.sign_out(one, now)
    assert accounts.identity_of(one, now) is None
    assert accounts.identity_of(other, now)
    accounts.disable_account(NAME, now)
    assert accounts.identity_of(other, now) is None
    assert accounts.identity_of("made up", now) is None


def test_a_role_that_ends_is_gone_at_the_next_request(account: str, now: datetime) -> None:
    token = accounts.sign_in(NAME, PASSWORD, now).token
    with saving() as current:
        granted = current.scalars(select(RoleGrant)).one()
        current.add(
            RoleGrant(
                enterprise_id="jia",
                account_id=account,
                role="member",
                valid_from=granted.valid_from,
                valid_to=date(2026, 11, 18),
                retracts=granted.id,
                recorded_at=now,
            )
        )
    identity = accounts.identity_of(token, now)
    assert identity is not None
    assert identity.roles == frozenset()


def test_an_account_is_made_with_a_code_and_without_a_password(account: str, now: datetime) -> None:
    code = accounts.create_account("jia", "jia-hr", "HR", [(Role.HR, None)], now)
    assert accounts.activate("jia-hr", code, "five calm words", "asvs", now)
    with pytest.raises(NameTaken):
        accounts.create_account("jia", "jia-hr", "HR", [(Role.HR, None)], now)
    with pytest.raises(NotFound):
        accounts.reset_account("nobody", now)
    with pytest.raises(NotFound):
        accounts.disable_account("nobody", now)


def test_what_is_logged_names_the_action_and_holds_no_secret(account: str, now: datetime) -> None:
    fail(now)
    code = accounts.reset_account(NAME, now)
    token = accounts.activate(NAME, code, "five calm words", "asvs", now).token
    rows = session().execute(select(Audit.action, Audit.actor_account_id)).all()
    assert [(action, actor == account) for action, actor in rows] == [
        ("sign_in_failed", True),
        ("code_issued", False),
        ("password_set", True),
    ]
    kept = " ".join(session().scalars(select(AuditValue.value)))
    kept += " ".join(session().scalars(select(OneTimeCode.code_digest)))
    kept += " ".join(filter(None, session().scalars(select(Account.password_hash))))
    assert not [secret for secret in (token, code, code.replace("-", ""), "five calm words") if secret in kept]
