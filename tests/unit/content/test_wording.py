"""Where a Chinese text uses a fixed term of the glossary, the English beside it uses the fixed word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quiz_app.config import PACKAGE, PROJECT
from quiz_app.content.library import Library
from quiz_app.content.loader import load_library
from quiz_app.content.text import Model, texts_in

GLOSSARY_WORDS = {
    "三个区分开来": ("distinctions",),
    "四敢": ("four dares",),
    "四项原则": ("four principles",),
    "六个方面": ("grounds",),
    "七看": ("seven looks",),
    "红线": ("red line", "red-line"),
    "谋取私利": ("gain",),
    "明知故犯": ("deliberate",),
    "无意过失": ("unintentional",),
    "免责": ("exempt",),
    "减责": ("mitigat",),
    "容纠并举": (
        "tolerance and correction",
        "tolerance with correction",
        "tolerance together with correction",
        "correction goes with tolerance",
    ),
    "前置容错": ("tolerance first", "tolerance and correction may be examined first"),
    "双轨": ("two tracks",),
    "风险备案": ("filing", "filed", "file"),
    "联席会议": ("joint meeting",),
    "评审委员会": ("review committee",),
    "大监督": ("grand oversight",),
    "三重一大": ("three majors", "major matter"),
    "融资性贸易": ("financing-type trade",),
    "政务处分": ("administrative sanction",),
    "党纪处分": ("party disciplin",),
    "免予处分": ("waive", "waiving"),
    "处分期": ("sanction period", "period"),
    "申诉": ("appeal",),
    "虚假整改": ("fake", "faking", "falsely rectify"),
    "回访": ("visit",),
    "谈心谈话": ("heart-to-heart",),
    "诬告": ("false accusation", "falsely accus", "frame"),
    "澄清正名": ("clear",),
    "市国资委": ("sasac",),
}
SITE_WORDS = {
    "学习模块": ("module",),
    "集体学习": ("meeting",),
    "对照自评": ("self-check", "self-assessment"),
}
"""Words of the site itself, which need no explanation in the glossary."""

FIXED = GLOSSARY_WORDS | SITE_WORDS


def unworded(zh: str, en: str) -> list[str]:
    """The fixed terms of a Chinese text for which the English beside it has none of the fixed words."""
    plain = " ".join(en.lower().split())
    return [term for term, words in FIXED.items() if term in zh and not any(word in plain for word in words)]


def library_findings(library: Library) -> Iterator[str]:
    """Every place of the library where a fixed term is put into other words."""
    for name, model in _models(library):
        for place, text in texts_in(model):
            yield from (f"{name}: {place}: {term}" for term in unworded(text.zh, text.en or ""))


def page_findings(docs: Path) -> Iterator[str]:
    """Every line of a page in which a fixed term is put into other words; both pages have the same lines."""
    for chinese in sorted((docs / "zh").rglob("*.md")):
        english = docs / "en" / chinese.relative_to(docs / "zh")
        zh, en = (page.read_text(encoding="utf-8").splitlines() for page in (chinese, english))
        if len(zh) != len(en):
            yield f"{english.relative_to(docs)}: {len(en)} lines, {len(zh)} in Chinese"
            continue
        for number, (left, right) in enumerate(zip(zh, en, strict=True), 1):
            yield from (f"{english.relative_to(docs)}: line {number}: {term}" for term in unworded(left, right))


def _models(library: Library) -> Iterator[tuple[str, Model]]:
    for part in (library.instruments, library.modules, library.cases, library.topics, library.forms, library.slots):
        yield from part.items()
    yield from ((f"glossary.{term.id}", term) for term in library.terms)
    assert library.self_check is not None
    yield "self_check", library.self_check


@pytest.fixture(scope="module")
def library() -> Library:
    """The shipped content."""
    return load_library(PACKAGE / "library", PROJECT / "cases")


def test_every_fixed_term_stands_in_the_glossary(library: Library) -> None:
    explained = " ".join(term.term.zh for term in library.terms)
    assert [term for term in GLOSSARY_WORDS if term not in explained] == []


def test_the_library_words_its_fixed_terms_alike_in_both_languages(library: Library) -> None:
    assert list(library_findings(library)) == []


def test_the_pages_word_their_fixed_terms_alike_in_both_languages() -> None:
    assert list(page_findings(PROJECT / "docs")) == []


def test_another_wording_is_named_with_its_place(library: Library, tmp_path: Path) -> None:
    slot = library.slots["contact"]
    spoilt = slot.model_copy(update={"title": slot.title.model_copy(update={"zh": "联席会议", "en": "Joint session"})})
    library_of_one = Library({}, {}, slots={"contact": spoilt}, self_check=library.self_check)
    assert list(library_findings(library_of_one)) == ["contact: title: 联席会议"]
    for name, text in (("zh/a.md", "# 一\n\n红线在哪里\n"), ("en/a.md", "# 1\n\nWhere the limit\nlies\n")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert list(page_findings(tmp_path)) == ["en/a.md: 4 lines, 3 in Chinese"]
    (tmp_path / "en/a.md").write_text("# 1\n\nWhere the limit lies\n", encoding="utf-8")
    assert list(page_findings(tmp_path)) == ["en/a.md: line 3: 红线"]
