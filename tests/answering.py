"""Answering as somebody who knows the keys: they are read from the library's files, by the words of the question."""

from __future__ import annotations

import re

from quiz_app.content.library import Library
from quiz_app.content.modules import Item
from quiz_app.content.text import LANGUAGES
from tests.client import Page

ITEM_PATH = re.compile(r"^/learn/sittings/[^/]+/\d+$")


class Keys:
    """The right option of every item, found by its question in either language."""

    def __init__(self, library: Library) -> None:
        self._items = {
            _plain(item.stem.in_language(language)): item for item in library.items.values() for language in LANGUAGES
        }

    def item(self, question: str) -> Item:
        """The item that asks this question."""
        return self._items[_plain(question)]

    def right(self, question: str) -> str:
        """The id of its right option."""
        return self.item(question).key.id

    def wrong(self, question: str, which: int = 0) -> str:
        """The id of one of its wrong options."""
        wrong = [option.id for option in self.item(question).options if not option.right]
        return wrong[which % len(wrong)]


def item_path(page: Page) -> str | None:
    """Where an item page sends its answer; nothing on any other page."""
    return next((form.action for form in page.forms if ITEM_PATH.match(form.action)), None)


def _plain(words: str) -> str:
    return "".join(words.split())
