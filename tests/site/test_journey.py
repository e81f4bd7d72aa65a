"""The print edition of the way to apply holds the steps and every way, once, on A4."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from quiz_app.config import PROJECT
from quiz_app.content.text import LANGUAGES, Language
from tests.looking import a4_pages

MOST_PAGES = 60
"""A4 pages in the longer language."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_way_follows_the_steps_on_a_page_of_its_own(browser: Browser, home: str, language: Language) -> None:
    written = PROJECT / "docs" / language / "apply"
    ways = [_title(file) for file in written.glob("*.md") if file.name != "index.md"]
    page = browser.new_page()
    page.goto(f"{home}{'' if language == 'zh' else 'en/'}apply/print/")
    page.emulate_media(media="print")
    assert [one.strip() for one in page.locator("h1").all_inner_texts()] == [_title(written / "index.md")]
    shown = [one.strip() for one in page.locator(".rc-way > h2").all_inner_texts()]
    assert sorted(shown) == sorted(ways)
    assert len(ways) == 7
    assert not page.locator(".rc-page a[href$='print/']").count(), "the page does not lead to itself"
    breaks = page.eval_on_selector_all(".rc-way", "all => all.map(one => getComputedStyle(one).breakBefore)")
    assert set(breaks) == {"page"}
    assert 10 < a4_pages(page.pdf(format="A4")) <= MOST_PAGES
    page.close()


def test_the_steps_lead_to_it(site: Path) -> None:
    for folder in (site, site / "en"):
        assert 'href="print/"' in (folder / "apply" / "index.html").read_text(encoding="utf-8")


def _title(file: Path) -> str:
    return next(line[2:] for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("# "))
