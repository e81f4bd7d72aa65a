"""The projector page and the print pack of each meeting kit: whole, on A4, and silent on how the case ended."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from quiz_app.content.cases import Case
from quiz_app.content.library import Library
from quiz_app.content.text import LANGUAGES, Language
from tests.looking import a4_pages
from tests.site.pages import Page, read

SHEETS = {"zh": ("判断表", "纠错表", "签到表"), "en": ("judgement sheet", "correction table", "sign-in")}
MOST_PAGES = 6
"""A4 pages of a pack in the longer language: what a branch can copy for everybody before a meeting."""


def kit(site: Path, language: Language, module: str, ending: str) -> Page:
    """A page made from the plan of a module's meeting."""
    folder = site if language == "zh" else site / "en"
    return read((folder / "session-kit" / f"{module}{ending}" / "index.html").read_text(encoding="utf-8"))


def case_of(published: Library, pack: Page) -> Case:
    """The case whose facts the pack holds."""
    return next(case for case in published.cases.values() if re.search(rf"\b{case.id}\b", pack.text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pack_has_all_facts_and_sheets_and_nothing_of_the_ending(
    site: Path, published: Library, language: Language
) -> None:
    wrong = []
    for module in published.modules:
        pack = kit(site, language, module, "-print")
        case = case_of(published, pack)
        said = [fact.what for fact in case.facts]
        wrong += [
            f"{module}: lacks {one.zh}"
            for one in said
            if squeezed(one.in_language(language)) not in squeezed(pack.text)
        ]
        wrong += [f"{module}: lacks {word}" for word in SHEETS[language] if word not in pack.text.lower()]
        ending = [case.outcome, *(flip.why for flip in case.flips)]
        wrong += [
            f"{module}: tells {one.zh}" for one in ending if squeezed(one.in_language(language)) in squeezed(pack.text)
        ]
    assert wrong == []


def squeezed(text: str) -> str:
    """The text without blanks and marks of writing, which a page may set anew."""
    return re.sub(r"[\W_]+", "", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pack_prints_on_a_few_a4_pages(browser: Browser, home: str, language: Language) -> None:
    page = browser.new_page()
    page.goto(f"{home}{'' if language == 'zh' else 'en/'}session-kit/application-print/")
    printed = page.pdf(format="A4")
    page.close()
    sheets = a4_pages(printed)
    assert 1 < sheets <= MOST_PAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_projector_shows_one_heading_at_a_time_in_large_letters(
    browser: Browser, home: str, site: Path, published: Library, language: Language
) -> None:
    assert [module for module in published.modules if len(kit(site, language, module, "-screen").all("h2")) < 5] == []
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{home}{'' if language == 'zh' else 'en/'}session-kit/application-screen/")
    sizes = page.eval_on_selector_all("main li", "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))")
    assert min(sizes) >= 28
    tops = page.eval_on_selector_all("main h2", "all => all.map(one => one.getBoundingClientRect().top)")
    assert all(later - earlier > 500 for earlier, later in pairwise(tops))
    page.close()
