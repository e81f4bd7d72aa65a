"""意见建议 and their answers, in the supervisor's tenant. No column says or could tell who sent a suggestion."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base
from .columns import Fact, Identified, within


class Suggestion(Identified, Base):
    """A suggestion: its number, the day it came and its words; both texts are erased where it names people.

    The moment is left out on purpose: beside a log of requests it would tell who sent it.
    """

    __tablename__ = "suggestion"
    number: Mapped[str]
    received_on: Mapped[date] = mapped_column(sort_order=40)
    about: Mapped[str | None]
    text: Mapped[str | None]
    __table_args__ = (
        # A form sent twice is one suggestion; also finds it by the number its sender noted.
        UniqueConstraint("enterprise_id", "number"),
        # The order in which they wait; within a day it is random.
        Index("ix_suggestion_received", "enterprise_id", "received_on", "id"),
    )


class SuggestionAnswer(Identified, Fact, Base):
    """What the supervisor answered or decided; a correction is the next version, and the latest one is shown.

    `answered_on` is the day it holds from. The text goes with the suggestion's where that names people.
    """

    __tablename__ = "suggestion_answer"
    suggestion_id: Mapped[str]
    version: Mapped[int]
    decision: Mapped[str]
    text: Mapped[str | None]
    answered_on: Mapped[date] = mapped_column(sort_order=40)
    __table_args__ = (
        within("suggestion_id", "suggestion.id"),
        # A form names the version it makes: sent twice it is one answer, and two people cannot overwrite each other.
        UniqueConstraint("enterprise_id", "suggestion_id", "version"),
        # The order of the page 意见与答复.
        Index("ix_suggestion_answer_recorded", "enterprise_id", "recorded_at", "id"),
        CheckConstraint("decision IN ('answered', 'names_people', 'unrelated', 'duplicate')", name="decision"),
    )
