"""The 集体学习 kit of a module: from one hand-written plan also the projector's page and the pages to print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quiz_app.content.cases import Case

from .case_pages import published_cases
from .render import Renderer

FOLDER = "session-kit/"

_SECTION = re.compile(r"^## .*\{#([a-z]+)\}\s*$", re.MULTILINE)
_SLIDE = re.compile(r"^### ", re.MULTILINE)
_CASE = re.compile(r"\[\[case:([^\[\]]+)\]\]")
_HEADING = re.compile(r"^# (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class KitPart:
    """A page made from a plan: the ending of its path and its Markdown, still with the notation."""

    ending: str
    markdown: str


def is_kit(page: Renderer) -> bool:
    """Whether a page is the plan of a module's study meeting."""
    return page.place.path.startswith(FOLDER) and _module_of(page) in page.library.modules


def with_links(text: str, page: Renderer) -> str:
    """The plan with links to what is made from it, under its heading."""
    links = page.template("kit-links.md", module=_module_of(page))
    return _HEADING.sub(lambda match: f"{match[0]}\n\n{links}", text, count=1)


def kit_parts(text: str, title: str, page: Renderer) -> Iterator[KitPart]:
    """The projector's page and the print pack of a plan."""
    sections = _sections(text)
    slides = ["## " + slide.strip() for slide in _SLIDE.split(sections.get("screen", ""))[1:]]
    yield KitPart("-screen", page.template("kit-screen.md", title=title, slides=slides))
    sheets = "\n".join("### " + sheet for sheet in _SLIDE.split(sections.get("print", ""))[1:])
    yield KitPart("-print", page.template("kit-print.md", title=title, case=_case_of(sections, page), sheets=sheets))


def _module_of(page: Renderer) -> str:
    return page.place.path.removeprefix(FOLDER).removesuffix(".md")


def _sections(text: str) -> dict[str, str]:
    """The text under each heading of the second level that has an id."""
    parts = _SECTION.split(text)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _case_of(sections: dict[str, str], page: Renderer) -> Case | None:
    """The case the meeting discusses: the first one its questions name."""
    named = _CASE.search(sections.get("case", ""))
    return next((case for case in published_cases(page.library) if named and case.id == named[1]), None)
