"""The self-check and the two rehearsals: what is asked, what each answer leads to, what has to be written."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .text import ClauseRef, Model, NonEmpty, Slug, Text

SheetId = Literal["grounds", "application", "filing"]
AnswerCode = Literal["yes", "no", "unsure"]
CheckKind = Literal["filled", "date", "avoids"]

SHEETS: tuple[SheetId, ...] = ("grounds", "application", "filing")
ANSWERS: tuple[AnswerCode, ...] = ("yes", "no", "unsure")
CORRECTION = "correction"
"""The id of the step that ends every sheet; nothing can be put together without it."""

CORRECTION_PARTS = ("stopped", "recovered", "made-good", "who", "by-when", "verified")
CONTACT_SLOT = "contact"


class Office(Model):
    """Somebody in the enterprise who can be asked."""

    id: Slug
    name: Text


class Labels(Model):
    """How the three answers of a question read."""

    yes: Text = Text(zh="有", en="Yes")
    no: Text = Text(zh="没有", en="No")
    unsure: Text = Text(zh="不确定", en="Not sure")


class Then(Model):
    """What one or more answers lead to: a paper to prepare, an open question, or an office to ask about something."""

    when: tuple[AnswerCode, ...] = Field(min_length=1)
    paper: Text | None = None
    open: Text | None = None
    office: Slug | None = None
    about: Text | None = None


class RedLine(Model):
    """A line at which a “yes” ends the comparison; `first` says what to do at once."""

    name: Text
    first: Text


class Question(Model):
    """A question with three answers, the evidence to answer it by and the clauses it rests on."""

    id: Slug
    ask: Text
    evidence: Text
    clauses: tuple[ClauseRef, ...] = Field(min_length=1)
    labels: Labels = Labels()
    red_line: RedLine | None = None
    then: tuple[Then, ...] = Field(min_length=1)


class Words(Model):
    """Wordings that leave open what has to be said, for each language."""

    zh: tuple[NonEmpty, ...] = Field(min_length=1)
    en: tuple[NonEmpty, ...] = Field(min_length=1)


class Check(Model):
    """A rule of form for what was written.

    ``filled``: something stands there. ``date``: it names a date, a span or an interval. ``avoids``: none of `words`
    is used. `say` tells what is missing, with ``{word}`` for the wording found; `tick` is the same rule on paper.
    """

    kind: CheckKind
    words: Words | None = None
    say: Text
    tick: Text


class Blank(Model):
    """A place to write, with the rules of form it is looked through by."""

    id: Slug
    label: Text
    hint: Text
    checks: tuple[Check, ...] = Field(min_length=1)


class Step(Model):
    """A part of a sheet: questions to answer, then places to write."""

    id: Slug
    title: Text
    note: Text
    clauses: tuple[ClauseRef, ...] = ()
    questions: tuple[Question, ...] = ()
    blanks: tuple[Blank, ...] = ()


class Sheet(Model):
    """One self-check or rehearsal; `papers` are needed whatever was answered, `file` names the list it ends in."""

    id: SheetId
    title: Text
    file: Text
    papers: tuple[Text, ...] = Field(min_length=1)
    steps: tuple[Step, ...] = Field(min_length=2)

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions of all steps in their order."""
        return tuple(question for step in self.steps for question in step.questions)

    @property
    def clauses(self) -> tuple[ClauseRef, ...]:
        """Every clause the sheet rests on, once, in its order."""
        refs = [ref for step in self.steps for ref in (*step.clauses, *_of_questions(step))]
        return tuple(dict.fromkeys(refs))


class SelfCheck(Model):
    """The file ``self_check.yml``."""

    offices: tuple[Office, ...] = Field(min_length=1)
    sheets: tuple[Sheet, ...]

    def sheet(self, sheet_id: str) -> Sheet | None:
        """The sheet with this id, if there is one."""
        return next((sheet for sheet in self.sheets if sheet.id == sheet_id), None)

    def office(self, office_id: str) -> Office | None:
        """The office with this id, if there is one."""
        return next((office for office in self.offices if office.id == office_id), None)


def _of_questions(step: Step) -> tuple[ClauseRef, ...]:
    return tuple(ref for question in step.questions for ref in question.clauses)
