"""What changed in the register: the page and the feed, both from the revisions of its clauses."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from quiz_app.content.library import Library
from quiz_app.content.policy import Clause, Instrument, Revision
from quiz_app.content.text import LANGUAGES, Text

from .paths import Place
from .render import Renderer

KIND_WORDS = {
    "first": Text(zh="登记", en="Registered"),
    "meaning": Text(zh="含义有变，相关知识点重新打开", en="Changed in meaning; the concepts that rest on it re-open"),
    "cosmetic": Text(zh="只改文字，不用补学", en="Wording only; nothing re-opens"),
}
FEED = "changes.xml"
_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True)
class Change:
    """One revision of a clause."""

    instrument: Instrument
    clause: Clause
    revision: Revision

    @property
    def ref(self) -> str:
        """The clause's reference."""
        return f"{self.instrument.id}/{self.clause.id}"


def changes_block(page: Renderer) -> str:
    """The changes by day, the latest first, and below them what was registered when."""
    changed = [one for one in changes_of(page.library) if one.revision.kind != "first"]
    registered = Counter(
        (one.revision.date, one.instrument.id) for one in changes_of(page.library) if one.revision.kind == "first"
    )
    return page.template(
        "changes.md",
        changed=changed,
        registered=sorted(registered.items(), reverse=True),
        instruments=page.library.instruments,
        kind=lambda code: page.text(KIND_WORDS[code]),
        feed=FEED,
    )


def changes_of(library: Library) -> Iterator[Change]:
    """Every revision of every clause, the latest day first."""
    found = [
        Change(instrument, clause, revision)
        for instrument in library.instruments.values()
        for clause in instrument.clauses
        for revision in clause.revisions
    ]
    yield from sorted(found, key=lambda one: one.revision.date, reverse=True)


def write_feeds(site: Path, library: Library, name: Text) -> None:
    """An Atom feed (RFC 4287) of the changes beside the home page of each language."""
    for language in LANGUAGES:
        place = Place(language, "index.md")
        folder = site if language == "zh" else site / language
        feed = _feed(library, Renderer(library, place), name.in_language(language))
        ElementTree.ElementTree(feed).write(folder / FEED, encoding="utf-8", xml_declaration=True)


def _feed(library: Library, page: Renderer, name: str) -> ElementTree.Element:
    ElementTree.register_namespace("", _ATOM)
    changes = list(changes_of(library))
    feed = _element(None, "feed")
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", page.both("zh-CN", "en"))
    _element(feed, "id", _id(f"feed {page.language}"))
    _element(feed, "title", page.both(f"{name}：制度更新", f"{name}: policy changes"))
    _element(feed, "updated", _moment(changes[0].revision.date if changes else "2026-01-01"))
    _element(_element(feed, "author"), "name", name)
    _element(feed, "link").set("href", "policy/changes/")
    for change in changes:
        entry = _element(feed, "entry")
        _element(entry, "id", _id(f"{page.language} {change.ref} {change.revision.number}"))
        title = f"{page.text(change.instrument.short_title)} {page.text(change.clause.locator)}"
        _element(entry, "title", page.both("：", ": ").join([page.text(KIND_WORDS[change.revision.kind]), title]))
        _element(entry, "updated", _moment(change.revision.date))
        _element(entry, "link").set("href", f"policy/register/#{change.instrument.id}--{change.clause.id}")
        note = f"{page.text(change.revision.note)} " if change.revision.note else ""
        _element(entry, "summary", note + page.text(change.clause.gist_at(change.revision.number)))
    return feed


def _element(parent: ElementTree.Element | None, name: str, text: str | None = None) -> ElementTree.Element:
    tag = f"{{{_ATOM}}}{name}"
    made = ElementTree.Element(tag) if parent is None else ElementTree.SubElement(parent, tag)
    made.text = text
    return made


def _id(name: str) -> str:
    """A name that stays the same at every build, as feeds require."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, f'rongcuo {name}')}"


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"
