"""Reading the built pages: their language, their links, their text."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

PACKED = (".br", ".gz")
_PAGEFIND = (".pf_fragment", ".pf_index", ".pf_meta")
_SILENT = frozenset({"script", "style"})


@dataclass
class Page:
    """What a test wants to know of one page."""

    path: str
    html: str
    attributes: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    texts: list[tuple[tuple[str, ...], str]] = field(default_factory=list)

    @property
    def language(self) -> str:
        """The language the page declares."""
        return next(values.get("lang", "") for tag, values in self.attributes if tag == "html")

    @property
    def title(self) -> str:
        """The text of the title element."""
        return "".join(text for tags, text in self.texts if tags[-1:] == ("title",)).strip()

    @property
    def text(self) -> str:
        """All text a reader may come to see, in one line."""
        return " ".join(" ".join(text for tags, text in self.texts if not _SILENT & set(tags)).split())

    @property
    def ids(self) -> set[str]:
        """Every anchor of the page."""
        return {values["id"] for _, values in self.attributes if "id" in values}

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every element with this tag."""
        return [values for name, values in self.attributes if name == tag]


def read(html: str, path: str = "") -> Page:
    """A page from its source."""
    page = Page(path, html)
    _Reader(page).feed(html)
    return page


def pages(site: Path) -> list[Page]:
    """Every page of the site but the one for a wrong address."""
    found = sorted(site.rglob("*.html"))
    return [read(file.read_text(encoding="utf-8"), _address(site, file)) for file in found if file.name != "404.html"]


def contents(site: Path) -> Iterator[tuple[str, str]]:
    """The text of every built file once: compressed copies left out, the search index decompressed."""
    for file in sorted(path for path in site.rglob("*") if path.is_file() and path.suffix not in PACKED):
        data = file.read_bytes()
        if file.suffix in _PAGEFIND:
            data = gzip.decompress(data)
        yield file.relative_to(site).as_posix(), data.decode("utf-8", errors="ignore")


def _address(site: Path, file: Path) -> str:
    return "/" + file.relative_to(site).as_posix().removesuffix("index.html")


class _Reader(HTMLParser):
    _EMPTY = frozenset({"meta", "link", "input", "br", "img", "hr", "path", "rect"})

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._page.attributes.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in self._EMPTY:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._page.attributes.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._page.texts.append((tuple(self._open), data))
