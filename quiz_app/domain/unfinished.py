"""The list of unfinished study 未完成名单: what HR may issue, and what has to be said for it (product.md §2.5)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ..content.text import Text
from .completion import Wanted, codes_of
from .errors import MissingInput

MAX_REQUESTED_BY = 60
MAX_PURPOSE = 200


class Extent(StrEnum):
    """Which unfinished modules a list holds."""

    OVERDUE = "overdue"
    ALL = "all"


EXTENT_WORDS: dict[Extent, Text] = {
    Extent.OVERDUE: Text(
        zh="只列已过应完成日期、还没有完成的模块", en="Only modules that are past their due date and unfinished"
    ),
    Extent.ALL: Text(
        zh="列出全部没有完成的模块，包括还没有到应完成日期的", en="All unfinished modules, also those not due yet"
    ),
}

NOT_LISTED = Text(
    zh="已完成、待补学（政策更新，按已完成计）、免学的人员和模块",
    en="what is completed, to make up after a policy change (counts as completed), or waived",
)
"""What no list holds, whatever its extent."""


@dataclass(frozen=True)
class Request:
    """Who asks for the list and what for, and which modules and units it is about."""

    requested_by: str
    purpose: str
    extent: Extent
    unit_id: str | None = None


def request_of(requested_by: str, purpose: str, extent: str, unit_id: str) -> Request:
    """The request as it is kept; raises `MissingInput` unless requester, purpose and extent are all given."""
    who, why = " ".join(requested_by.split()), " ".join(purpose.split())
    if not 0 < len(who) <= MAX_REQUESTED_BY or not 0 < len(why) <= MAX_PURPOSE or extent not in list(Extent):
        raise MissingInput
    return Request(who, why, Extent(extent), unit_id or None)


def listed_codes(extent: Extent) -> tuple[int, ...]:
    """The kinds of standing a list of this extent holds."""
    return codes_of(Wanted.OVERDUE if extent is Extent.OVERDUE else Wanted.UNFINISHED)
