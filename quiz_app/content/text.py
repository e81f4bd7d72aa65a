"""The bilingual sentence, the base of every content model, and the small types all files share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")

NonEmpty = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
ClauseRef = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$", max_length=120)]

_DATE = re.compile(r"^(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")


def _is_partial_date(value: str) -> str:
    if not _DATE.match(value):
        raise ValueError("date")
    return value


PartialDate = Annotated[str, AfterValidator(_is_partial_date)]
"""A date as precise as its source: ``2016``, ``2016-01`` or ``2016-01-18``."""

FullDate = Annotated[str, StringConstraints(pattern=r"^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]


class Model(BaseModel):
    """Base of all content: frozen, and an unknown key is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Text(Model):
    """One sentence or title in both languages; neither may be missing."""

    zh: NonEmpty
    en: NonEmpty

    def in_language(self, language: Language) -> str:
        """The text in one of the two languages."""
        return self.zh if language == "zh" else self.en


class LocalText(Model):
    """As `Text`, but a local author's case may lack English, which the page then says."""

    zh: NonEmpty
    en: NonEmpty | None = None

    def in_language(self, language: Language) -> str:
        """The text in the language asked for, or Chinese where there is no English."""
        return self.en if language == "en" and self.en else self.zh


def texts_in(value: object, place: str = "") -> Iterator[tuple[str, Text | LocalText]]:
    """Every text of a model, however deep, with its place as faults name it."""
    if isinstance(value, Text | LocalText):
        yield place, value
    elif isinstance(value, Model):
        for name in type(value).model_fields:
            yield from texts_in(getattr(value, name), f"{place}.{name}".lstrip("."))
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield from texts_in(inner, f"{place}.{number}")
