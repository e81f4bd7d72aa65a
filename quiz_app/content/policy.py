"""The policy register: instruments and their clauses with all revisions."""

from __future__ import annotations

import hashlib
from typing import Literal

from pydantic import Field, HttpUrl

from .text import ClauseRef, FullDate, Model, NonEmpty, PartialDate, Slug, Text

InstrumentKind = Literal[
    "law", "regulation", "party_regulation", "department_rule", "policy", "statement", "local", "proposal"
]
InstrumentStatus = Literal["in_force", "trial", "draft", "proposal", "repealed"]
Grade = Literal["A", "B", "C", "D"]
NoItem = Literal["to_verify", "not_in_force", "local_detail", "slot", "background", "look_up"]
"""Why no question carries a clause."""

KIND_WORDS: dict[InstrumentKind, Text] = {
    "law": Text(zh="法律", en="Law"),
    "regulation": Text(zh="行政法规", en="Administrative regulation"),
    "party_regulation": Text(zh="党内法规", en="Party regulation"),
    "department_rule": Text(zh="部门规章", en="Departmental rule"),
    "policy": Text(zh="规范性文件", en="Policy document"),
    "statement": Text(zh="重要论述", en="Authoritative statement"),
    "local": Text(zh="外地做法（仅供参考）", en="Practice elsewhere (for reference)"),
    "proposal": Text(zh="工作思考", en="Working paper"),
}
STATUS_WORDS: dict[InstrumentStatus, Text] = {
    "in_force": Text(zh="现行", en="In force"),
    "trial": Text(zh="试行", en="Trial"),
    "draft": Text(zh="征求意见稿", en="Draft for comment"),
    "proposal": Text(zh="工作建议", en="Working proposal"),
    "repealed": Text(zh="已废止", en="Repealed"),
}
ELSEWHERE = Text(zh="外地做法，效力未核", en="Practice elsewhere, force not verified")
NO_ITEM_WORDS: dict[NoItem, Text] = {
    "to_verify": Text(zh="待核，不作依据", en="still to be verified, so not relied on"),
    "not_in_force": Text(zh="没有施行或者已经废止", en="not in force or repealed"),
    "local_detail": Text(
        zh="外地的细节或时限，只供参考", en="a detail or time limit of another place, for reference only"
    ),
    "slot": Text(zh="内容待主管部门提供", en="its content is still to be provided by the competent authority"),
    "background": Text(zh="背景或来历，不作考查", en="background, not examined"),
    "look_up": Text(zh="用到时查阅，不要求记住", en="to be looked up when needed, not to be remembered"),
}
GRADE_WORDS: dict[Grade, Text] = {
    "A": Text(zh="已看原文或官方页面", en="Original or official page read"),
    "B": Text(zh="据公开报道或转载节选", en="From public reports or excerpts"),
    "C": Text(zh="待核，不作依据", en="To be verified; not relied on"),
    "D": Text(zh="仅见于工作思考", en="Known only from the working paper"),
}


class Revision(Model):
    """One recorded state of a clause; `before` is the gist that it replaced.

    `kind` is ``first`` for number 1, else ``meaning`` (re-opens what cites the clause) or
    ``cosmetic`` (re-opens nothing). `seal` is `seal_of` the gist that held from here on.
    """

    number: int = Field(ge=1)
    date: FullDate
    kind: Literal["first", "meaning", "cosmetic"]
    seal: NonEmpty
    note: Text | None = None
    before: Text | None = None


class Clause(Model):
    """An addressable place of an instrument, with its gist in our own words."""

    id: Slug
    locator: Text
    gist: Text
    grade: Grade | None = None
    superseded_by: ClauseRef | None = None
    no_item: NoItem | None = None
    revisions: tuple[Revision, ...] = Field(min_length=1)

    @property
    def revision(self) -> int:
        """The number of the revision now in the register."""
        return self.revisions[-1].number

    def gist_at(self, revision: int) -> Text:
        """The gist as it read at a revision."""
        later = next((r for r in self.revisions if r.number > revision and r.before), None)
        return later.before if later and later.before else self.gist


class Instrument(Model):
    """A document of the register: who issued it, when, its status, scope and evidence grade."""

    id: Slug
    title: Text
    short_title: Text
    issuer: Text
    number: NonEmpty | None = None
    kind: InstrumentKind
    status: InstrumentStatus
    issued: PartialDate | None = None
    effective: PartialDate | None = None
    scope: Text
    grade: Grade
    checked_on: FullDate
    evidence: Text
    address: HttpUrl | None = Field(default=None, strict=False)
    note: Text | None = None
    clauses: tuple[Clause, ...] = Field(min_length=1)

    @property
    def status_words(self) -> Text:
        """The words of the status badge; practice elsewhere never reads as in force here."""
        return ELSEWHERE if self.kind == "local" and self.status == "in_force" else STATUS_WORDS[self.status]

    def grade_of(self, clause: Clause) -> Grade:
        """The clause's own evidence grade, or that of its instrument."""
        return clause.grade or self.grade


def is_superseded(instrument: Instrument, clause: Clause) -> bool:
    """Whether a clause no longer holds, so that nothing may cite it."""
    return clause.superseded_by is not None or instrument.status == "repealed"


def seal_of(gist: Text) -> str:
    """The seal recorded beside a revision: the first 12 hex digits of the gist's SHA-256."""
    return hashlib.sha256(f"{gist.zh}\n{gist.en}".encode()).hexdigest()[:12]
