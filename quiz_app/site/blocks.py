"""The parts of hand-written pages that are made from data: the register and who sees what."""

from __future__ import annotations

from typing import Any

from quiz_app.content.policy import GRADE_WORDS, KIND_WORDS, Grade, Instrument, InstrumentKind
from quiz_app.content.text import Text
from quiz_app.content.visibility import EXTENT_WORDS, PRINCIPLES, READER_WORDS, READERS, VISIBILITY

from .render import Renderer

_CHANGES = {
    "meaning": Text(zh="含义有变", en="Changed in meaning"),
    "cosmetic": Text(zh="只改文字", en="Wording only"),
}
# Laws are cited by their dates and statements by their occasion; elsewhere a number not seen is worth saying.
_WITHOUT_NUMBER: frozenset[InstrumentKind] = frozenset({"law", "regulation", "statement"})


def register_block(page: Renderer) -> str:
    """Every instrument of the register with its clauses, grouped by kind, in the order of the kinds."""
    return page.template(
        "register.md",
        groups=[_group(kind, page) for kind in KIND_WORDS if _of_kind(kind, page)],
        grade=lambda grade: _grade(grade, page),
        change_kind=lambda kind: page.text(_CHANGES[kind]),
        reference=lambda ref: page.clause(ref),
    )


def visibility_block(page: Renderer) -> str:
    """The table of who sees what, from the same data the service's routes are checked against."""
    rows = [
        {
            "title": page.text(row.title),
            "least": row.least,
            "cells": [page.text(EXTENT_WORDS[row.extents[reader]]) for reader in READERS],
        }
        for row in VISIBILITY
    ]
    return page.template(
        "visibility.md",
        readers=[page.text(READER_WORDS[reader]) for reader in READERS],
        rows=rows,
        principles=[page.text(sentence) for sentence in PRINCIPLES],
    )


def _group(kind: InstrumentKind, page: Renderer) -> dict[str, Any]:
    title = page.text(KIND_WORDS[kind])
    numbered = kind not in _WITHOUT_NUMBER
    return {
        "id": kind.replace("_", "-"),
        "title": title,
        "numbered": numbered,
        "instruments": _of_kind(kind, page),
    }


def _of_kind(kind: InstrumentKind, page: Renderer) -> list[Instrument]:
    return [one for one in page.library.instruments.values() if one.kind == kind]


def _grade(grade: Grade, page: Renderer) -> str:
    return page.text(GRADE_WORDS[grade])
