"""What only the local authority can say (slots), and the glossary."""

from __future__ import annotations

from pydantic import Field

from .text import Model, Slug, Text


class Slot(Model):
    """A place for local content; while `value` is empty pages say 「待主管部门提供」."""

    id: Slug
    title: Text
    provider: Text
    value: Text | None = None


class LocalSlots(Model):
    """The file ``local.yml``."""

    slots: tuple[Slot, ...] = Field(min_length=1)


class Term(Model):
    """A glossary entry; `definition` in our own words.

    A word of everyday use gets no `hint` in the text of pages, because a page full of hints helps nobody.
    """

    id: Slug
    term: Text
    definition: Text
    hint: bool = True


class Glossary(Model):
    """The file ``glossary.yml``."""

    terms: tuple[Term, ...] = Field(min_length=1)


SLOT_EMPTY = Text(zh="待主管部门提供", en="To be provided by the competent authority")
