"""Who somebody is to the service: the roles, and the identity a request carries."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ..content.text import Text


class Role(StrEnum):
    """What an account may be; each page names the roles that open it."""

    MEMBER = "member"
    BRANCH_SECRETARY = "branch_secretary"
    HR = "hr"
    COMMITTEE = "committee"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


ROLE_WORDS: dict[Role, Text] = {
    Role.MEMBER: Text(zh="学员", en="Learner"),
    Role.BRANCH_SECRETARY: Text(zh="支部书记", en="Branch secretary"),
    Role.HR: Text(zh="组织人事", en="HR"),
    Role.COMMITTEE: Text(zh="党委办公室", en="Committee office"),
    Role.SUPERVISOR: Text(zh="市国资委", en="Municipal SASAC"),
    Role.ADMINISTRATOR: Text(zh="系统管理员", en="Administrator"),
}


@dataclass(frozen=True)
class Identity:
    """Who is signed in: the tenant key of every query comes from here and never from the request."""

    enterprise_id: str
    account_id: str
    member_id: str | None
    display_name: str
    enterprise_name: Text
    roles: frozenset[Role]
    branch_ids: frozenset[str] = frozenset()

    def has(self, role: Role) -> bool:
        """Whether the account holds a role today."""
        return role in self.roles


@dataclass(frozen=True)
class Learner:
    """A signed-in person who studies."""

    enterprise_id: str
    member_id: str
