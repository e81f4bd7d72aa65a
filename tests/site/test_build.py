"""The build refuses what is wrong, says where, and leaves the old site in place."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from quiz_app.config import PROJECT
from quiz_app.content.faults import ContentInvalid
from quiz_app.content.library import Library
from quiz_app.site.build import BuildFailed, Sources, build_site
from quiz_app.site.publish import write_headers
from quiz_app.site.stage import stage
from tests.site.pages import pages, read

INLINE = ("style", "onclick", "onload", "onchange", "onsubmit")


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A copy of the pages to plant faults in."""
    return Path(shutil.copytree(PROJECT / "docs", tmp_path / "docs"))


def policy_findings(site: Path) -> list[str]:
    """Everything of the pages that their own security policy would refuse, or that it need not allow."""
    policy = json.loads((site / "_headers.json").read_text(encoding="utf-8"))["*"]["Content-Security-Policy"]
    lines = [f"policy: {word}" for word in ("'unsafe-inline'", "'unsafe-eval'", "http:", "https:") if word in policy]
    for page in pages(site):
        lines += [f"{page.path}: {name} attribute" for _, attrs in page.attributes for name in INLINE if name in attrs]
        if page.all("style"):
            lines.append(f"{page.path}: style element")
        for tags, text in page.texts:
            if tags[-1:] == ("script",) and _digest(text) not in policy:
                lines.append(f"{page.path}: inline script")
    return lines


def test_pages_need_nothing_that_their_policy_refuses(site: Path) -> None:
    assert policy_findings(site) == []


def test_an_inline_style_or_an_unknown_script_is_named(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<script>a()</script>", encoding="utf-8")
    write_headers(tmp_path)
    planted = '<script>a()</script><script>b()</script><p style="x" onclick="y"><style></style>'
    (tmp_path / "index.html").write_text(planted, encoding="utf-8")
    assert policy_findings(tmp_path) == [
        "/: style attribute",
        "/: onclick attribute",
        "/: style element",
        "/: inline script",
    ]


def test_every_reference_that_leads_nowhere_is_named_with_its_line(
    docs: Path, published: Library, tmp_path: Path
) -> None:
    text = "# 标题\n\n[[no-such/clause]] 和 [[slot:none]]\n\n[[case:R-1999-001]] [[module:none]] [[nothing]]\n"
    (docs / "zh" / "about" / "planted.md").write_text(text, encoding="utf-8")
    (docs / "en" / "cases" / "R-1999-001.md").write_text("---\ncase: R-1999-001\n---\n", encoding="utf-8")
    with pytest.raises(ContentInvalid) as refused:
        stage(docs, published, tmp_path / "staged")
    assert [f"{one.file} {one.place}" for one in refused.value.faults] == [
        "docs/en/cases/R-1999-001.md case",
        "docs/zh/about/planted.md line 3",
        "docs/zh/about/planted.md line 3",
        "docs/zh/about/planted.md line 5",
        "docs/zh/about/planted.md line 5",
        "docs/zh/about/planted.md line 5",
    ]


def test_a_name_and_an_address_of_another_host_are_named_with_their_line(
    docs: Path, published: Library, tmp_path: Path
) -> None:
    text = "# 标题\n\n总经理王建国签了字。\n\n见 [原文](https://mirror.example.org/1)，[首页](../index.md)。\n"
    (docs / "zh" / "about" / "planted.md").write_text(text, encoding="utf-8")
    with pytest.raises(ContentInvalid) as refused:
        stage(docs, published, tmp_path / "staged")
    assert [one.line() for one in refused.value.faults] == [
        "docs/zh/about/planted.md: line 3: 疑似真实姓名“王建国”，一律写“某”",
        "docs/zh/about/planted.md: line 5: 正文不写外部网址 https://mirror.example.org",
    ]


@pytest.mark.parametrize(
    ("planted", "reason"),
    [
        ("[x](nowhere.md)", r"'en/about/privacy\.md' contains a link 'nowhere\.md', but the target .* is not found"),
        ("[x](index.md#nowhere)", r"'en/about/privacy\.md' contains a link 'index\.md#nowhere', but .* no.* anchor"),
    ],
)
def test_a_dead_link_or_anchor_stops_the_build_with_its_page_and_the_old_site_stays(
    docs: Path, tmp_path: Path, planted: str, reason: str
) -> None:
    old = tmp_path / "site"
    old.mkdir()
    (old / "index.html").write_text("old", encoding="utf-8")
    page = docs / "en" / "about" / "privacy.md"
    page.write_text(page.read_text(encoding="utf-8") + f"\n{planted}\n", encoding="utf-8")
    with pytest.raises(BuildFailed, match=reason):
        build_site(old, Sources(docs=docs))
    assert (old / "index.html").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["docs", "site"]


def test_a_case_of_a_local_author_may_lack_english_and_stubs(docs: Path, published: Library, tmp_path: Path) -> None:
    case = published.cases["C-0001-001"]
    chinese = case.model_copy(
        update={
            "id": "I-2026-001",
            "origin": "internal",
            "title": case.title.model_copy(update={"en": None}),
            "summary": case.summary.model_copy(update={"en": None}),
        }
    )
    library = replace(published, cases={**published.cases, chinese.id: chinese})
    stage(docs, library, tmp_path / "staged")
    page = read((tmp_path / "staged" / "en" / "cases" / "I-2026-001.md").read_text(encoding="utf-8"))
    assert "This case is available in Chinese only." in page.text
    assert f'<span lang="zh-CN">{case.title.zh}</span>' in page.html
    listed = (tmp_path / "staged" / "en" / "cases" / "index.md").read_text(encoding="utf-8")
    assert "Chinese only" in listed


def test_compressed_copies_stand_beside_the_files(site: Path) -> None:
    for name in ("index.html", "assets/site.css", "pagefind/pagefind.js"):
        plain = (site / name).stat().st_size
        for ending in (".br", ".gz"):
            assert (site / f"{name}{ending}").stat().st_size < plain
    assert not list(site.rglob("*.map"))
    assert not list(site.rglob("*lunr*"))


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
