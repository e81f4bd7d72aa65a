"""What the policy pages cover: one file per system the founding paper names, for coverage and for sharing."""

from __future__ import annotations

from pydantic import Field

from .cases import CaseId
from .policy import InstrumentStatus
from .text import ClauseRef, Model, Slug, Text


class Topic(Model):
    """One system and where the library carries it: its page, its clauses, its concepts and its cases.

    `status` is that of the system in the municipal enterprises, not of each document its page cites. `gap` gives the
    reason where no concept or no case carries it. `share` is a text to be copied into an article or a notice.
    """

    id: Slug
    number: int = Field(ge=1)
    title: Text
    status: InstrumentStatus
    clauses: tuple[ClauseRef, ...] = Field(min_length=1)
    module: Slug
    concepts: tuple[Slug, ...] = ()
    cases: tuple[CaseId, ...] = ()
    gap: Text | None = None
    share: Text
