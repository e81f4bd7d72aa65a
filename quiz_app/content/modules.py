"""Study modules: concepts, items, options with an explanation each."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from .text import ClauseRef, Model, Slug, Text

Outcome = Literal["know", "judge", "apply"]

OUTCOME_WORDS: dict[Outcome, Text] = {
    "know": Text(zh="了解", en="Know"),
    "judge": Text(zh="明白", en="Understand"),
    "apply": Text(zh="会用", en="Apply"),
}

OptionId = Annotated[str, StringConstraints(pattern=r"^[a-d]$")]


class Option(Model):
    """One possible answer and why it holds or fails."""

    id: OptionId
    text: Text
    right: bool = False
    explanation: Text


class Item(Model):
    """One single-choice question; parallel items of a concept differ in their setting."""

    id: Slug
    setting: Text
    stem: Text
    options: tuple[Option, ...] = Field(min_length=3, max_length=4)
    clauses: tuple[ClauseRef, ...] = Field(min_length=1)

    @property
    def key(self) -> Option:
        """The right option."""
        return next(option for option in self.options if option.right)

    def option(self, option_id: str) -> Option | None:
        """The option with this id, if the item has it."""
        return next((option for option in self.options if option.id == option_id), None)


class Concept(Model):
    """One thing to be known, understood or applied, resting on clauses of the register."""

    id: Slug
    title: Text
    outcome: Outcome
    red_line: bool = False
    correction: bool = False
    clauses: tuple[ClauseRef, ...] = Field(min_length=1)
    items: tuple[Item, ...] = Field(min_length=2)


class StudyModule(Model):
    """A study module of about six concepts; its text lives in docs/<language>/modules/."""

    id: Slug
    number: int = Field(ge=1)
    title: Text
    summary: Text
    minutes: int = Field(ge=1, le=60)
    concepts: tuple[Concept, ...] = Field(min_length=1)

    def concept(self, concept_id: str) -> Concept | None:
        """The concept with this id, if the module has it."""
        return next((concept for concept in self.concepts if concept.id == concept_id), None)
