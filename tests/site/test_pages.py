"""Every page is there in both languages and says which one it is in."""

from __future__ import annotations

import re
from pathlib import Path

from quiz_app.config import PROJECT
from quiz_app.content.frame import load_frame
from quiz_app.content.library import Library
from quiz_app.content.loader import PACKAGED_LIBRARY
from tests.site.pages import Page, pages, read

_HAN = re.compile(r"[㐀-鿿]")
_CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)
FOREIGN_SHARE = 0.1
"""An English page names Chinese documents and the language link, but is not Chinese."""


def language_findings(found: list[Page]) -> list[str]:
    """Every page without its twin, with a wrong language, or with the other language's text."""
    paths = {page.path for page in found}
    lines = []
    for page in found:
        english = page.path.startswith("/en/")
        twin = page.path.removeprefix("/en") if english else f"/en{page.path}"
        if twin not in paths:
            lines.append(f"{page.path}: no {twin}")
        if page.language != ("en" if english else "zh-CN"):
            lines.append(f"{page.path}: lang {page.language}")
        share = len(_HAN.findall(page.text)) / max(1, len(page.text))
        if english and share > FOREIGN_SHARE:
            lines.append(f"{page.path}: {share:.0%} Chinese")
    return lines


def head_findings(found: list[Page], names: dict[str, str]) -> list[str]:
    """Every page whose title, description, headings or alternates are not as they should be."""
    lines = []
    for page in found:
        name = names["en" if page.path.startswith("/en/") else "zh"]
        if not page.title.endswith(name) or (page.path not in ("/", "/en/") and " - " not in page.title):
            lines.append(f"{page.path}: title {page.title!r}")
        if not any(meta.get("name") == "description" and meta.get("content") for meta in page.all("meta")):
            lines.append(f"{page.path}: no description")
        if len(page.all("h1")) != 1:
            lines.append(f"{page.path}: {len(page.all('h1'))} h1")
        alternates = {link.get("hreflang") for link in page.all("link") if link.get("rel") == "alternate"}
        if alternates != {"zh-CN", "en"}:
            lines.append(f"{page.path}: alternates {alternates}")
        if not any(link.get("class") == "md-skip" for link in page.all("a")):
            lines.append(f"{page.path}: no skip link")
    return lines


def test_both_languages_are_complete(site: Path) -> None:
    found = pages(site)
    assert len(found) > 200
    assert language_findings(found) == []


def test_a_page_of_one_language_or_in_the_wrong_one_is_named() -> None:
    chinese = '<html lang="zh-CN"><p>只有中文的一页没有别的文字</p></html>'
    lines = language_findings([read(chinese, "/a/"), read(chinese, "/en/a/"), read(chinese, "/b/")])
    assert lines == ["/en/a/: lang zh-CN", "/en/a/: 100% Chinese", "/b/: no /en/b/"]


def test_titles_descriptions_headings_and_alternates(site: Path) -> None:
    assert head_findings(pages(site), _names()) == []


def test_a_page_without_them_is_named() -> None:
    lines = head_findings([read("<html><title>x</title></html>", "/a/")], _names())
    assert [line.split(" ")[1] for line in lines] == ["title", "no", "0", "alternates", "no"]


def test_every_case_has_its_pages_and_stubs(site: Path, published: Library) -> None:
    shown = [case.id for case in published.cases.values() if case.review.status == "published"]
    assert len(shown) >= 30
    for case_id in shown:
        for prefix, language in (("", "zh"), ("en/", "en")):
            assert (site / prefix / "cases" / case_id / "index.html").is_file()
            assert (PROJECT / "docs" / language / "cases" / f"{case_id}.md").is_file()


def test_a_case_says_where_it_comes_from_and_hides_only_the_decision(site: Path, published: Library) -> None:
    for case in published.cases.values():
        page = read((site / "cases" / case.id / "index.html").read_text(encoding="utf-8"))
        before_fold = page.html.split('<details class="rc-fold', 1)[0]
        assert f"rc-origin--{case.origin}" in before_fold
        assert case.outcome.zh[:20] not in before_fold
        assert case.facts[0].what.zh[:20] in before_fold
        assert "供学习讨论，不作为认定或处理依据" in page.text
        assert "纠错" in page.text
        public = {str(source.address) for source in case.sources if source.link_public}
        assert {a["href"] for a in page.all("a") if a.get("href", "").startswith("http")} == public


def test_the_register_shows_every_document_and_clause(site: Path, published: Library) -> None:
    for prefix in ("", "en/"):
        page = read((site / prefix / "policy" / "register" / "index.html").read_text(encoding="utf-8"))
        expected = {one.id for one in published.instruments.values()}
        expected |= {ref.replace("/", "--") for ref in published.clauses}
        assert expected <= page.ids


def coverage_rows(html: str) -> list[tuple[str, ...]]:
    """The rows of the table of systems: page, module, questions and cases as they stand in their cells."""
    body = html.split("<tbody>", 1)[1].split("</tbody>", 1)[0]
    return [tuple(_CELL.findall(row)) for row in body.split("<tr>")[1:]]


def test_the_coverage_page_leads_from_every_system_to_page_module_questions_and_cases(
    site: Path, published: Library
) -> None:
    for prefix in ("", "en/"):
        rows = coverage_rows((site / prefix / "policy" / "coverage" / "index.html").read_text(encoding="utf-8"))
        assert len(rows) == len(published.topics) == 23
        assert all("/policy/" in page and "/modules/" in module for page, module, _, _ in rows)
        reasons = [cell for _, _, *cells in rows for cell in cells if not (cell.isdigit() or "/cases/" in cell)]
        assert len(reasons) <= 10


def test_a_row_is_read_cell_by_cell() -> None:
    html = "<tbody>\n<tr><th scope='row'><a>A</a></th><td>b</td><td>4</td><td>why</td></tr>\n</tbody>"
    assert coverage_rows(html) == [("<a>A</a>", "b", "4", "why")]


def _names() -> dict[str, str]:
    name = load_frame(PACKAGED_LIBRARY).name
    return {"zh": name.zh, "en": name.en}
