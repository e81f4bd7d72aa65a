"""The self-check and the rehearsals on paper and without scripts: everything is there, and nothing is sent."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser

from quiz_app.content.library import Library
from quiz_app.content.self_check import Sheet
from quiz_app.content.text import Language
from tests.site.filling import SHEETS, Filling

PAGES = {"grounds": 13, "application": 9, "filing": 8}
"""The most pages a sheet takes on A4 with the margins of the site, in the longer language."""

A4 = b"/MediaBox [0 0 594.95996 841.91998]"
_PAPER_TEXT = """() => {
  const walk = document.createTreeWalker(document.querySelector(".sc"), NodeFilter.SHOW_TEXT), found = [];
  while (walk.nextNode()) {
    const box = walk.currentNode.parentElement, text = walk.currentNode.data.trim();
    if (text && box.getClientRects().length && parseFloat(getComputedStyle(box).fontSize) < 11.99) found.push(text);
  }
  return found;
}"""


def sheet_of(published: Library, sheet_id: str) -> Sheet:
    """The sheet with this id."""
    assert published.self_check is not None
    sheet = published.self_check.sheet(sheet_id)
    assert sheet is not None
    return sheet


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("sheet_id", SHEETS)
def test_without_scripts_the_whole_paper_version_shows(
    browser: Browser, home: str, published: Library, sheet_id: str, language: Language
) -> None:
    context = browser.new_context(java_script_enabled=False)
    filling = Filling(context.new_page(), home, sheet_id, language, settle=True)
    page, sheet = filling.page, sheet_of(published, sheet_id)
    shown = page.inner_text(".sc")
    for step in sheet.steps:
        assert step.title.in_language(language) in shown
        for question in step.questions:
            texts = [question.ask, question.evidence]
            texts += [text for then in question.then for text in (then.paper, then.open, then.about) if text]
            texts += [question.red_line.first] if question.red_line else []
            assert [one.zh for one in texts if one.in_language(language) not in shown] == []
        for blank in step.blanks:
            ticks = [check.tick.in_language(language) for check in blank.checks]
            assert [tick for tick in ticks if tick not in shown] == []
    assert not [button for button in page.locator(".sc button").all() if button.is_visible()]
    page.locator(".sc-q input").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    assert (page.url, filling.asked) == (filling.address, [])
    context.close()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("sheet_id", SHEETS)
def test_paper_holds_the_whole_form_with_or_without_scripts(
    browser: Browser, home: str, published: Library, sheet_id: str, language: Language
) -> None:
    sheet = sheet_of(published, sheet_id)
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts, bypass_csp=True)
        page = Filling(context.new_page(), home, sheet_id, language).page
        page.emulate_media(media="print")
        shown = page.locator(".sc-q, .sc-blank, .sc-paper").all()
        assert len(shown) == len(sheet.questions) + sum(len(step.blanks) for step in sheet.steps) + 1
        assert all(one.is_visible() for one in shown)
        assert not page.locator(".sc-bar, .md-header, .md-sidebar, .rc-footer nav").locator("visible=true").count()
        printed = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type /Page\b(?!s)", printed)) <= PAGES[sheet_id]
        assert set(re.findall(rb"/MediaBox \[[^]]*\]", printed)) == {A4}
        if scripts:
            assert page.evaluate(_PAPER_TEXT) == [], "nothing on paper is under 9 pt"
        context.close()


def test_the_list_is_printed_alone(browser: Browser, home: str) -> None:
    page = browser.new_page()
    filling = Filling(page, home, "grounds")
    filling.to_the_end()
    page.emulate_media(media="print")
    assert page.locator(".sc-list").is_visible()
    assert not page.locator(".sc-step, .sc-paper, .sc button, .rc-page > .admonition").locator("visible=true").count()
    assert page.locator("h1").is_visible()
    assert len(re.findall(rb"/Type /Page\b(?!s)", page.pdf(prefer_css_page_size=True))) <= 4
    page.close()


def test_the_whole_form_can_be_printed_at_any_step(browser: Browser, home: str) -> None:
    page = browser.new_page()
    page.add_init_script("window.print = () => { window.printed = document.querySelector('.sc').dataset.view; }")
    filling = Filling(page, home, "filing")
    page.click("[data-do=paper]")
    assert page.evaluate("window.printed") == "form"
    filling.to_the_end({"forbidden": "no", "instead": "no"})
    page.click("[data-do=print]")
    assert page.evaluate("window.printed") == "list"
    page.close()
