"""Typical cases: one file per case, both languages, four origins that cannot be hidden."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, HttpUrl, StringConstraints

from .text import ClauseRef, FullDate, LocalText, Model, NonEmpty, PartialDate, Slug

CaseId = Annotated[str, StringConstraints(pattern=r"^[RACI]-[0-9]{4}-[0-9]{3}$")]
SourceKey = Annotated[str, StringConstraints(pattern=r"^s[0-9]+$")]

Origin = Literal["reported", "adapted", "composed", "internal"]
Verification = Literal["original_full", "reprint_full", "excerpt", "secondary", "title_only", "not_applicable"]
Hidden = Literal["person", "org", "place", "date", "amount", "project"]
OrgType = Literal[
    "central_soe",
    "provincial_soe",
    "municipal_soe",
    "county_soe",
    "soe_subsidiary",
    "listed_soe",
    "public_institution",
    "party_gov",
    "village",
    "university",
    "unspecified",
]
Domain = Literal[
    "investment",
    "finance_guarantee",
    "trade",
    "rnd",
    "tech_transfer",
    "fund_vc",
    "reform",
    "procurement",
    "construction",
    "emergency",
    "safety_env",
    "legacy",
    "asset_disposal",
    "approval_service",
    "overseas",
    "hr_pay",
    "digital",
    "livelihood",
    "false_report",
]
ErrorType = Literal[
    "target_missed",
    "procedure_flaw",
    "rule_breach",
    "judgement",
    "omission",
    "overreach",
    "falsification",
    "private_gain",
    "no_error",
]
Verdict = Literal["exempt", "mitigate", "partial", "refuse", "clarified", "open", "unstated"]
Body = Literal[
    "discipline",
    "party_committee",
    "organisation_dept",
    "sasac",
    "enterprise",
    "audit",
    "review_board",
    "procuratorate",
    "court",
    "securities_regulator",
    "work_safety",
    "unstated",
]
RedLine = Literal["private_gain", "defied_ban", "bypass_collective", "falsified", "grave_safety", "refuse_to_correct"]
Measure = Literal[
    "stop_loss",
    "recover_loss",
    "make_good_procedure",
    "rectify_project",
    "system_fix",
    "talk_reminder",
    "written_review",
    "training",
    "clarify_public",
    "follow_up_visit",
    "accountability_if_not_fixed",
    "not_reported",
]
Rating = Literal["favourable", "neutral", "adverse", "not_stated"]
StatedBy = Literal["source", "author"]
Role = Literal["person", "discipline", "organisation", "audit", "sasac"]
QuestionKind = Literal["fact", "decided", "opinion", "contrast", "correction", "action"]

TOLERATED: frozenset[Verdict] = frozenset({"exempt", "mitigate", "partial"})
ROLES: tuple[Role, ...] = ("person", "discipline", "organisation", "audit", "sasac")
GROUNDS = ("motive", "conditions", "procedure", "nature", "consequence", "recovery")


class Anonymisation(Model):
    """How the people and places of the case were hidden, and what is hidden."""

    status: Literal["source_anonymised", "by_us", "none_needed", "composed"]
    hidden: tuple[Hidden, ...] = ()
    residual_risk: Literal["low", "medium", "high"] | None = None
    reviewer: NonEmpty


class Fact(Model):
    """One step of the time line; `source` names the entry of `sources` that reports it."""

    when: LocalText
    what: LocalText
    source: SourceKey | None = None


class Basis(Model):
    """A rule the decision rests on, as the source states it or as the editor reads it."""

    instrument: LocalText
    article: LocalText | None = None
    stated_by: StatedBy
    clause: ClauseRef | None = None


class Look(Model):
    """One of the six grounds: how it weighs, the evidence, and who says so."""

    rating: Rating
    evidence: LocalText | None = None
    stated_by: StatedBy


class Grounds(Model):
    """The six grounds 动机态度、客观条件、程序方法、性质程度、后果影响、挽回损失."""

    motive: Look
    conditions: Look
    procedure: Look
    nature: Look
    consequence: Look
    recovery: Look


class Correction(Model):
    """One correcting measure, when it was taken, and who says so.

    ``not_reported`` by the source is shown as 「来源未载」; what the rules would ask for follows
    as further entries stated by the author.
    """

    stage: Literal["before", "during", "after"]
    measure: Measure
    detail: LocalText | None = None
    stated_by: StatedBy
    clause: ClauseRef | None = None


class Source(Model):
    """Where a real case was published; mirrors are never linked."""

    key: SourceKey
    publisher: LocalText
    title: LocalText | None = None
    address: HttpUrl | None = Field(default=None, strict=False)
    published: PartialDate | None = None
    kind: Literal[
        "official_original", "official_reprint", "media", "commentary", "court_doc", "regulator_doc", "mirror"
    ]
    accessed: FullDate
    link_public: bool = False


class Question(Model):
    """A question for the discussion; `opinion` is asked only about composed or adapted cases."""

    kind: QuestionKind
    text: LocalText


class Discussion(Model):
    """The plan of a discussion: questions, notes for 60 minutes, what to drop for 45 and to add for 90."""

    questions: tuple[Question, ...] = Field(min_length=3, max_length=6)
    facilitator: LocalText
    in_45_minutes: LocalText
    in_90_minutes: LocalText


class Flip(Model):
    """One changed fact of a composed case: whether the conclusion changes with it, why, and by which clause."""

    fact: LocalText
    changes: Literal["yes", "no", "depends"]
    why: LocalText
    clause: ClauseRef


class RoleCard(Model):
    """What one seat of a rehearsed joint meeting (联席会议) knows, must ask and must not decide."""

    role: Role
    card: LocalText


class Review(Model):
    """Who checked the case, when, and as of which date the law is stated; `reason` says why it was withdrawn."""

    status: Literal["draft", "checked", "published", "withdrawn"]
    by: NonEmpty
    date: FullDate
    law_as_of: FullDate
    reason: LocalText | None = None


class Case(Model):
    """One case of the library; its rules are `quiz_app.content.case_rules`."""

    id: CaseId
    title: LocalText
    origin: Origin
    verification: Verification
    anonymisation: Anonymisation
    year: int | None = Field(default=None, ge=2000, le=2100)
    place: LocalText | None = None
    org_type: OrgType
    domains: tuple[Domain, ...] = Field(min_length=1, max_length=3)
    error_types: tuple[ErrorType, ...] = Field(min_length=1)
    summary: LocalText
    facts: tuple[Fact, ...] = Field(min_length=2)
    verdict: Verdict
    outcome: LocalText
    decision_bodies: tuple[Body, ...] = Field(min_length=1)
    basis: tuple[Basis, ...] = ()
    grounds: Grounds
    red_lines: tuple[RedLine, ...] = ()
    knew_rule: Literal["knew", "did_not_know", "unstated"]
    correction: tuple[Correction, ...] = Field(min_length=1)
    modules: tuple[Slug, ...] = Field(min_length=1)
    contrast_with: tuple[CaseId, ...] = ()
    contrast_note: LocalText | None = None
    sources: tuple[Source, ...] = ()
    discussion: Discussion
    flips: tuple[Flip, ...] = Field(default=(), max_length=4)
    roles: tuple[RoleCard, ...] = ()
    review: Review
