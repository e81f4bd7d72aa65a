"""Templates of the pages made from data, with the few words and links they share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from quiz_app.content.cases import Case
from quiz_app.content.library import Library
from quiz_app.content.local import SLOT_EMPTY
from quiz_app.content.policy import ELSEWHERE, Instrument
from quiz_app.content.text import LocalText, Text

from .paths import Place
from .words import word

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    trim_blocks=False,
    lstrip_blocks=True,
    undefined=StrictUndefined,
    comment_start_string="<!--#",
    comment_end_string="#-->",
)
_MARKDOWN_MARKS = "\\`*_[]#|"


class Renderer:
    """Renders one page: knows its place, so its language and its relative links.

    `cited` gives for each clause the (address, title) of the hand-written pages that cite it.
    """

    def __init__(
        self, library: Library, place: Place, cited: Mapping[str, Sequence[tuple[str, str]]] | None = None
    ) -> None:
        self.library = library
        self.place = place
        self.cited = cited or {}
        self.language = place.language

    def template(self, name: str, **values: Any) -> str:
        """The template filled with these values and the shared helpers."""
        helpers = {
            "both": self.both,
            "say": self.say,
            "text": self.text,
            "word": lambda kind, code: word(kind, code, self.language),
            "words": self.words,
            "clause": self.clause,
            "status": self.status,
            "root": self.place.site_root,
            "page_root": self.place.language_root,
        }
        return _ENVIRONMENT.get_template(name).render(helpers | values)

    def both(self, zh: str, en: str) -> str:
        """The one of two wordings that is in the page's language."""
        return zh if self.language == "zh" else en

    def text(self, text: Text) -> str:
        """A text in the page's language."""
        return text.in_language(self.language)

    def say(self, text: LocalText, plain: bool = False) -> str:
        """A text in the page's language; where it has none, the Chinese, marked as such for screen readers."""
        if self.language == "en" and text.en is None and not plain:
            return Markup('<span lang="zh-CN">{}</span>').format(text.zh)
        return text.in_language(self.language)

    def words(self, kind: str, codes: Iterable[str]) -> str:
        """The words for several codes, joined as the language joins them."""
        return self.both("、", ", ").join(word(kind, code, self.language) for code in codes)

    def status(self, instrument: Instrument) -> Markup:
        """The badge that says whether a document is in force."""
        elsewhere = instrument.status_words is ELSEWHERE
        return badge(self.text(instrument.status_words), "trial" if elsewhere else instrument.status)

    def clause(self, ref: str) -> Markup:
        """A clause as short title, locator and status badge, linked to its place in the register."""
        instrument, clause = self.library.clauses[ref]
        href = f"{self.place.language_root}policy/register/#{instrument.id}--{clause.id}"
        label = f"{self.text(instrument.short_title)} {self.text(clause.locator)}"
        return Markup('<span class="rc-clause"><a href="{}">{}</a> {}</span>').format(
            href, label, self.status(instrument)
        )

    def case(self, case: Case) -> Markup:
        """A case as its title with the badge of its origin, linked to its page."""
        href = f"{self.place.language_root}cases/{case.id}/"
        origin = badge(word("origin", case.origin, self.language), "origin")
        return Markup('<a href="{}">{}</a> {}').format(href, self.say(case.title), origin)

    def slot(self, slot_id: str) -> Markup:
        """What the local authority has provided here, line by line, or that it is still to be provided."""
        value = self.library.slots[slot_id].value
        if value:
            return Markup("<br>").join(_as_letters(line) for line in self.text(value).split("\n"))
        return Markup('<span class="rc-slot">{}</span>').format(self.text(SLOT_EMPTY))

    def module(self, module_id: str) -> Markup:
        """A study module as its title, linked to its page."""
        title = self.text(self.library.modules[module_id].title)
        return Markup('<a href="{}modules/{}/">{}</a>').format(self.place.language_root, module_id, title)


def badge(label: str, kind: str) -> Markup:
    """A small label whose words, not its colour, carry the meaning."""
    return Markup('<span class="rc-badge rc-badge--{}">{}</span>').format(kind.replace("_", "-"), label)


def _as_markdown(text: str) -> Markup:
    """A text for a Markdown heading: neither its HTML nor its Markdown characters take effect."""
    marked = "".join(f"\\{char}" if char in _MARKDOWN_MARKS else char for char in text)
    return Markup(escape(marked))  # noqa: S704 - escaped in the same expression


def _as_letters(text: str) -> Markup:
    """A text that came from outside, in which neither HTML nor Markdown takes effect, wherever it is put."""
    letters = (Markup("&#{};").format(ord(char)) if char in _MARKDOWN_MARKS else escape(char) for char in text)
    return Markup("").join(letters)


_ENVIRONMENT.filters["md"] = _as_markdown
