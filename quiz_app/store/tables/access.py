"""Accounts, roles, sign-in and the audit. Sign-in look-ups are small shared tables without a tenant."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base
from .columns import Fact, Identified, Tenant, Valid, index_of_retracts, within


class Account(Identified, Fact, Base):
    """Something that can sign in; a cadre's account names the member."""

    __tablename__ = "account"
    member_id: Mapped[str | None]
    display_name: Mapped[str]
    password_hash: Mapped[str | None]
    password_set_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    __table_args__ = (within("member_id", "member.id"), Index("ix_account_member", "enterprise_id", "member_id"))


class SignInName(Base):
    """Shared look-up from the name typed at sign-in to the account."""

    __tablename__ = "sign_in_name"
    name: Mapped[str] = mapped_column(primary_key=True)
    enterprise_id: Mapped[str]
    account_id: Mapped[str]
    __table_args__ = (ForeignKeyConstraint(["enterprise_id", "account_id"], ["account.enterprise_id", "account.id"]),)


class RoleGrant(Identified, Valid, Base):
    """A role an account holds during a span of days; a branch secretary's names the branch."""

    __tablename__ = "role_grant"
    account_id: Mapped[str]
    role: Mapped[str]
    unit_id: Mapped[str | None]
    __table_args__ = (
        within("account_id", "account.id"),
        within("unit_id", "unit.id"),
        # Finds the roles of an account, at every request.
        Index("ix_role_grant_account", "enterprise_id", "account_id"),
        index_of_retracts("ix_role_grant_retracts"),
        CheckConstraint(
            "role IN ('member', 'branch_secretary', 'hr', 'committee', 'supervisor', 'administrator')", name="role"
        ),
    )


class LoginSession(Base):
    """A login session on the server, found by the digest of the cookie's token."""

    __tablename__ = "login_session"
    token_digest: Mapped[str] = mapped_column(primary_key=True)
    enterprise_id: Mapped[str]
    account_id: Mapped[str]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    __table_args__ = (
        ForeignKeyConstraint(["enterprise_id", "account_id"], ["account.enterprise_id", "account.id"]),
        # Finds the sessions to end when an account is disabled or its password changes.
        Index("ix_login_session_account", "enterprise_id", "account_id"),
    )


class OneTimeCode(Identified, Fact, Base):
    """A code that lets a person set a password once, until it expires."""

    __tablename__ = "one_time_code"
    account_id: Mapped[str]
    code_digest: Mapped[str]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    __table_args__ = (
        within("account_id", "account.id"),
        Index("ix_one_time_code_account", "enterprise_id", "account_id"),
    )


class Throttle(Base):
    """Failures counted in the database, because several workers share no memory."""

    __tablename__ = "throttle"
    key: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    last_failure_at: Mapped[datetime]


class Audit(Identified, Base):
    """Who did what and when: sign-ins, settings and changes about another person, never answers or votes."""

    __tablename__ = "audit"
    at: Mapped[datetime]
    actor_account_id: Mapped[str | None]
    action: Mapped[str]
    subject_member_id: Mapped[str | None]
    value_digest: Mapped[str]
    __table_args__ = (
        # Shows people the entries about themselves.
        Index("ix_audit_subject", "enterprise_id", "subject_member_id", "at"),
        Index("ix_audit_at", "enterprise_id", "at"),
    )


class AuditValue(Tenant, Base):
    """The erasable personal values of an audit row, with the salt of their digest."""

    __tablename__ = "audit_value"
    audit_id: Mapped[str] = mapped_column(primary_key=True)
    salt: Mapped[str]
    value: Mapped[str]
    __table_args__ = (within("audit_id", "audit.id"),)
