"""Nothing of another host and nothing of a question stands in any built file, the search index included."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from pathlib import Path

from quiz_app.config import PROJECT
from quiz_app.content.library import Library
from tests.site.pages import contents, pages, read

_HOST = re.compile(r"(?:https?:)?//([a-z0-9-]+(?:\.[a-z0-9-]+)+)", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
NAMES_ONLY = {
    "www.w3.org": "the name of the SVG vocabulary, never fetched",
    "fontawesome.com": "the licence note of an icon inside the theme's style sheet",
    "example.com": "the search engine resolves relative addresses against it, never fetched",
}
SHORTEST = 10
"""A shorter option, such as a single word, may stand in any text without giving anything away."""


def host_findings(files: Iterable[tuple[str, str]], cited: set[str]) -> list[str]:
    """Every host in a built file that is neither a mere name nor the address of a source a page links to."""
    lines = []
    for name, text in files:
        allowed = NAMES_ONLY.keys() | (cited if name.endswith((".html", ".pf_fragment")) else set())
        for host in sorted({match.lower() for match in _HOST.findall(_without_comments(name, text))} - allowed):
            lines.append(f"{name}: {host}")
    return lines


def fetch_findings(site: Path) -> list[str]:
    """Every element of a page that would make a browser ask another host."""
    return [
        f"{page.path}: {tag} {address}"
        for page in pages(site)
        for tag, values in page.attributes
        if tag != "a"
        for address in (values.get("src"), values.get("href"), values.get("action"), values.get("srcset"))
        if address and "//" in address
    ]


def key_findings(files: Iterable[tuple[str, str]], secrets: dict[str, str]) -> list[str]:
    """Every built file that holds a text of a question; `secrets` names each text's place."""
    lines = []
    for name, text in files:
        plain = _squeeze(html.unescape(_TAG.sub("", text)))
        lines += [f"{name}: {place}" for secret, place in secrets.items() if secret in plain]
    return lines


def secrets_of(library: Library) -> dict[str, str]:
    """The stems, options and explanations of all questions in both languages, and their ids."""
    found: dict[str, str] = {}
    for item in library.items.values():
        texts = [item.stem]
        for option in item.options:
            texts += [option.text, option.explanation]
        for text in texts:
            for wording in (text.zh, text.en):
                if len(_squeeze(wording)) >= SHORTEST:
                    found[_squeeze(wording)] = item.id
    return found


def test_no_built_file_names_another_host(site: Path, published: Library) -> None:
    assert host_findings(contents(site), _cited(published)) == []
    assert fetch_findings(site) == []


def test_another_host_is_named(tmp_path: Path) -> None:
    page = '<link rel="stylesheet" href="//fonts.example.net/a.css"><a href="https://gov.example.org/x">source</a>'
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    found = host_findings(contents(tmp_path), {"gov.example.org"})
    assert found == ["index.html: fonts.example.net"]
    assert fetch_findings(tmp_path) == ["/: link //fonts.example.net/a.css"]
    assert host_findings([("a.js", 'fetch("https://gov.example.org")')], {"gov.example.org"}) == [
        "a.js: gov.example.org"
    ]


def test_no_text_of_a_question_is_in_a_built_file(site: Path, published: Library) -> None:
    secrets = secrets_of(published)
    assert len(secrets) > 200
    assert key_findings(contents(site), secrets) == []


def test_no_text_of_a_question_is_in_the_source_pages(published: Library) -> None:
    sources = ((path.name, path.read_text(encoding="utf-8")) for path in sorted((PROJECT / "docs").rglob("*.md")))
    assert key_findings(sources, secrets_of(published)) == []


def test_a_question_in_a_page_or_in_the_index_is_named(published: Library) -> None:
    item = next(iter(published.items.values()))
    planted = f"<p>{item.key.explanation.zh[:12]}<b>{item.key.explanation.zh[12:]}</b></p>"
    files = [("a/index.html", planted), ("pagefind/fragment/zh.pf_fragment", item.key.explanation.en)]
    found = key_findings(files, secrets_of(published))
    assert found == [f"a/index.html: {item.id}", f"pagefind/fragment/zh.pf_fragment: {item.id}"]


def _cited(library: Library) -> set[str]:
    addresses = [source.address for case in library.cases.values() for source in case.sources if source.link_public]
    addresses += [instrument.address for instrument in library.instruments.values()]
    return {str(address.host) for address in addresses if address}


def _without_comments(name: str, text: str) -> str:
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL) if name.endswith((".css", ".js")) else text


def _squeeze(text: str) -> str:
    return "".join(text.split())


def test_reading_a_page_leaves_its_scripts_out() -> None:
    assert read("<p>a</p><script>b</script>").text == "a"
