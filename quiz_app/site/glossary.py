"""The glossary: the page of all terms, and a hint with the meaning where a page first uses one."""

from __future__ import annotations

import re

from markupsafe import Markup

from quiz_app.content.local import Term

from .render import Renderer

# What already is a link, a reference, a tag or code keeps its text.
_KEPT = re.compile(r"(\[\[[^\]]*\]\]|!?\[[^\]]*\]\([^)]*\)|<[^>]+>|`[^`]*`|\{[^}]*\})")
# The home page, and what is projected or printed, stays without hints.
_PLAIN = ("-screen.md", "-print.md", "glossary.md")
_NO_PROSE = ("#", "|", "<", "!!!", "```", "---", "title:", "description:")


def glossary_block(page: Renderer) -> str:
    """Every term in both languages with its meaning in the page's, in the order of the file."""
    return page.template("glossary.md", terms=page.library.terms)


class Hints:
    """Marks the first use of each term on one page: a link to the glossary that shows the meaning as a hint."""

    def __init__(self, page: Renderer) -> None:
        self._page = page
        hinted = [] if page.place.path.endswith(_PLAIN) else [one for one in page.library.terms if one.hint]
        terms = sorted(hinted, key=lambda one: len(page.text(one.term)), reverse=True)
        self._left = {page.text(one.term).lower(): one for one in terms}
        words = "|".join(re.escape(word) for word in self._left)
        edge = "" if page.language == "zh" else r"\b"
        self._pattern = re.compile(f"{edge}({words}){edge}", re.IGNORECASE) if words else None

    def mark(self, line: str) -> str:
        """The line with hints; headings, tables and what is no prose stay as they are."""
        if self._pattern is None or not line.strip() or line.lstrip().startswith(_NO_PROSE):
            return line
        parts = _KEPT.split(line)
        return "".join(part if place % 2 else self._pattern.sub(self._hint, part) for place, part in enumerate(parts))

    def _hint(self, match: re.Match[str]) -> str:
        term = self._left.pop(match[0].lower(), None)
        return match[0] if term is None else self._link(term, match[0])

    def _link(self, term: Term, word: str) -> str:
        meaning = " ".join(self._page.text(term.definition).split())
        href = f"{self._page.place.language_root}policy/glossary/#{term.id}"
        return Markup('<a class="rc-term" href="{}" title="{}">{}</a>').format(href, meaning, word)
