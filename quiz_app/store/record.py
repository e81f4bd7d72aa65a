"""Everything held on a person, row by row."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Executable, and_, select

from .db import Base, session
from .tables.access import Account, Audit, AuditValue, LoginSession, RoleGrant
from .tables.learning import Answer, ModulePass, PassPin, Sitting, SittingItem
from .tables.people import Extension, Member, Membership, Waiver
from .tables.reports import UnfinishedList, UnfinishedListRow

Row = dict[str, Any]

_SECRET = frozenset({"enterprise_id", "password_hash", "token_digest", "code_digest", "salt", "value_digest", "once"})


def rows_about(enterprise_id: str, member_id: str, account_id: str) -> dict[str, list[Row]]:
    """The rows of every table that names the person, by kind; one query a kind."""

    def own(table: Any) -> ColumnElement[bool]:
        return and_(table.enterprise_id == enterprise_id, table.member_id == member_id)

    sittings = select(Sitting.id).where(own(Sitting))
    passes = select(ModulePass.id).where(own(ModulePass))
    return {
        "person": _rows(select(Member).where(Member.enterprise_id == enterprise_id, Member.id == member_id)),
        "account": _rows(select(Account).where(Account.enterprise_id == enterprise_id, Account.id == account_id)),
        "roles": _rows(
            select(RoleGrant).where(RoleGrant.enterprise_id == enterprise_id, RoleGrant.account_id == account_id)
        ),
        "login_sessions": _rows(
            select(LoginSession)
            .where(LoginSession.enterprise_id == enterprise_id, LoginSession.account_id == account_id)
            .order_by(LoginSession.created_at)
        ),
        "places": _rows(select(Membership).where(own(Membership)).order_by(Membership.recorded_at)),
        "sittings": _rows(select(Sitting).where(own(Sitting)).order_by(Sitting.recorded_at)),
        "items": _rows(
            select(SittingItem)
            .where(SittingItem.enterprise_id == enterprise_id, SittingItem.sitting_id.in_(sittings))
            .order_by(SittingItem.sitting_id, SittingItem.position)
        ),
        "answers": _rows(
            select(Answer)
            .where(Answer.enterprise_id == enterprise_id, Answer.sitting_id.in_(sittings))
            .order_by(Answer.recorded_at)
        ),
        "passes": _rows(select(ModulePass).where(own(ModulePass)).order_by(ModulePass.recorded_at)),
        "pins": _rows(
            select(PassPin)
            .where(PassPin.enterprise_id == enterprise_id, PassPin.pass_id.in_(passes))
            .order_by(PassPin.pass_id, PassPin.concept_id, PassPin.clause_ref)
        ),
        "waivers": _rows(select(Waiver).where(own(Waiver)).order_by(Waiver.recorded_at)),
        "extensions": _rows(select(Extension).where(own(Extension)).order_by(Extension.recorded_at)),
        "unfinished_lists": _mappings(_unfinished_lists(enterprise_id, member_id)),
        "audit": _mappings(_audit(enterprise_id, member_id)),
    }


def _unfinished_lists(enterprise_id: str, member_id: str) -> Executable:
    row, issued = UnfinishedListRow, UnfinishedList
    return (
        select(
            row.module_id, row.due_on, issued.requested_by, issued.purpose, issued.as_of, issued.recorded_at.label("at")
        )
        .join(issued, and_(issued.enterprise_id == enterprise_id, issued.id == row.list_id))
        .where(row.enterprise_id == enterprise_id, row.member_id == member_id)
        .order_by(issued.recorded_at.desc(), row.module_id)
    )


def _audit(enterprise_id: str, member_id: str) -> Executable:
    return (
        select(Audit.at, Audit.action, AuditValue.value)
        .outerjoin(AuditValue, and_(AuditValue.enterprise_id == enterprise_id, AuditValue.audit_id == Audit.id))
        .where(Audit.enterprise_id == enterprise_id, Audit.subject_member_id == member_id)
        .order_by(Audit.at.desc(), Audit.id)
    )


def _rows(query: Executable) -> list[Row]:
    return [_plain(row) for row in session().scalars(query)]


def _mappings(query: Executable) -> list[Row]:
    return [{key: _value(value) for key, value in row.items()} for row in session().execute(query).mappings()]


def _plain(row: Base) -> Row:
    names = (column.key for column in row.__table__.columns)
    return {name: _value(getattr(row, name)) for name in names if name not in _SECRET}


def _value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
