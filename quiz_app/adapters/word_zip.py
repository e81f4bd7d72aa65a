"""A Word file whose bytes depend on what it says alone: fixed properties, fixed times, no leftovers of the template."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.oxml.ns import qn

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment a zip file can tell."""

_UNIX = 3
_LEFTOVERS = ("/thumbnail", "/stylesWithEffects")
"""What the empty document brings along and no reader of ours needs."""


def same_bytes(word: Any, title: str, revised: str, language: str) -> bytes:
    """The document as a file; `revised` (YYYY-MM-DD) stands as the day it was made and changed."""
    _properties(word, title, datetime.fromisoformat(revised), language)
    _drop_leftovers(word)
    buffer = BytesIO()
    word.save(buffer)
    return _packed_again(buffer)


def _properties(word: Any, title: str, day: datetime, language: str) -> None:
    properties = word.core_properties
    properties.title = title
    properties.language = "zh-CN" if language == "zh" else "en-GB"
    properties.created = properties.modified = day
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    for tag in word.styles.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), "en-GB")
        tag.set(qn("w:eastAsia"), "zh-CN")


def _drop_leftovers(word: Any) -> None:
    for relations in (word.part.package.rels, word.part.rels):
        for key in [key for key, one in relations.items() if one.reltype.endswith(_LEFTOVERS)]:
            relations.pop(key)


def _packed_again(buffer: BytesIO) -> bytes:
    packed = BytesIO()
    with ZipFile(buffer) as old, ZipFile(packed, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = ZipInfo(name, _EARLIEST)
            entry.create_system, entry.compress_type = _UNIX, ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return packed.getvalue()
