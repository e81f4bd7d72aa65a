"""The self-check and the rehearsals in a real browser: nothing leaves, nothing stays, nothing decides or counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from quiz_app.content.library import Library
from quiz_app.content.self_check import SelfCheck
from quiz_app.content.text import Language
from tests.looking import DESKTOP, PHONE
from tests.site.filling import PLAIN, SHEETS, Filling, focused
from tests.site.test_looks import looks_findings

VERDICT = re.compile(
    r"予以容错|不予容错|免责|减责|免予|不予|从轻|减轻|可以容|不能容|exempt|mitigat|tolerat|waive", re.IGNORECASE
)
COUNTED = re.compile(r"\d+\s*(?:分(?!钟)|%|项|条|个|points?\b|of \d)|得分|评分|打分|\bscore", re.IGNORECASE)
NOTICE = {"zh": "学习参考，不构成认定意见。", "en": "For study only; this is no determination."}
FILES = {
    ("grounds", "zh"): "对照自评-材料清单.txt",
    ("grounds", "en"): "self-check-papers.txt",
    ("application", "zh"): "申请演练-补写清单.txt",
    ("application", "en"): "application-rehearsal.txt",
    ("filing", "zh"): "风险备案演练-补写清单.txt",
    ("filing", "en"): "filing-rehearsal.txt",
}
VIEWS: tuple[tuple[Language, Literal["light", "dark"], ViewportSize], ...] = (
    ("zh", "light", PHONE),
    ("en", "dark", DESKTOP),
)
BOTH = [(sheet, language) for sheet in SHEETS for language in ("zh", "en")]


def list_findings(parts: dict[str, list[str]]) -> list[str]:
    """Every line of a list that decides or counts; what the reader wrote is the reader's."""
    lines = [
        *parts,
        *(line for head, lines in parts.items() if not head.startswith(("写下的", "Written")) for line in lines),
    ]
    plain = [re.sub("备案不等于免责|filing is not exemption", "", line, flags=re.IGNORECASE) for line in lines]
    return [line for line in plain if VERDICT.search(line) or COUNTED.search(line)]


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE, reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def sheets(published: Library) -> SelfCheck:
    assert published.self_check is not None
    return published.self_check


@pytest.mark.parametrize(("sheet", "language"), BOTH)
def test_a_walk_asks_for_nothing_keeps_nothing_and_ends_in_a_list(
    page: Page, home: str, sheet: str, language: Language
) -> None:
    filling = Filling(page, home, sheet, language, settle=True)
    before = page.evaluate("history.length")
    filling.to_the_end()
    parts = filling.parts()
    name, text = filling.saved()
    assert filling.errors == []
    assert filling.asked == []
    assert filling.kept() == []
    assert (page.url, page.evaluate("history.length")) == (filling.address, before)
    assert list_findings(parts) == []
    assert name == FILES[sheet, language]
    listed = [line for head, lines in parts.items() for line in ["", head, *(f"- {one}" for one in lines)]]
    assert text.splitlines()[1:] == [NOTICE[language], *listed, "", NOTICE[language]]
    assert filling.result.inner_text().count(NOTICE[language]) == 2


def test_a_line_that_decides_or_counts_is_named() -> None:
    planted = {"结论": ["可以予以容错", "得 3 分"], "写下的：纠错": ["免责"], "Papers": ["备案不等于免责", "6 of 8"]}
    assert list_findings(planted) == ["可以予以容错", "得 3 分", "6 of 8"]


def test_what_leaves_or_stays_would_be_seen(page: Page, home: str) -> None:
    filling = Filling(page, home, "filing", settle=True)
    page.evaluate("sessionStorage.setItem('a', '1')")
    page.evaluate("fetch('/planted')")
    assert filling.kept() == ["sessionStorage"]
    assert [address.rpartition("/")[2] for address in filling.asked] == ["planted"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_red_line_stops_with_its_clause_and_leads_to_correction(
    page: Page, home: str, sheets: SelfCheck, published: Library, language: Language
) -> None:
    for sheet in sheets.sheets:
        for question in sheet.questions:
            if question.red_line is None:
                continue
            filling = Filling(page, home, sheet.id, language)
            while not filling.step.locator(f"#q-{question.id}").count():
                filling.answer({one.id: "no" for one in sheet.questions if one.red_line})
                filling.write()
                filling.next()
            filling.answer({one.id: "no" for one in sheet.questions if one.red_line} | {question.id: "yes"})
            stop = page.locator(f"#q-{question.id} .sc-stop")
            assert stop.is_visible()
            after = filling.step.locator(f"#q-{question.id} ~ :is(.sc-q, .sc-blank)")
            assert not any(one.is_visible() for one in after.all())
            filling.next()
            assert filling.step.get_attribute("id") == "step-correction"
            filling.next()
            assert not filling.result.is_visible(), "correction is due after a red line too"
            filling.write()
            filling.next()
            head, lines = next(iter(filling.parts().items()))
            assert head == ("停在这里" if language == "zh" else "Stopped here")
            assert question.red_line.name.in_language(language) in lines[0]
            locator = published.clauses[question.clauses[0]][1].locator
            assert " ".join(locator.in_language(language).split()) in lines[1]
            assert ("待主管部门提供" if language == "zh" else "To be provided") in lines[-1]
            assert list_findings(filling.parts()) == []


def test_taking_the_answer_back_takes_the_stop_back(page: Page, home: str) -> None:
    filling = Filling(page, home, "grounds")
    filling.answer({"banned": "yes"})
    assert page.inner_text("[data-do=next]") == "到纠错部分"
    page.check("#q-banned input[value=no]")
    assert page.locator("#q-urgent").is_visible()
    filling.answer({"banned": "no"})
    filling.next()
    assert filling.step.get_attribute("id") == "step-motive"


def test_an_unanswered_question_is_asked_for_with_a_link_to_it(page: Page, home: str) -> None:
    filling = Filling(page, home, "grounds")
    filling.next()
    assert page.locator(".sc-summary:focus").count() == 1
    assert page.title().startswith("还没有写完：")
    page.locator(".sc-summary a").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("#q-rule input:focus").count() == 1
    assert page.url == filling.address, "the address holds nothing of it"


def test_the_list_is_not_made_without_correction(page: Page, home: str) -> None:
    filling = Filling(page, home, "grounds")
    while filling.step.get_attribute("id") != "step-correction":
        filling.answer({})
        filling.next()
    filling.next()
    filling.next()
    assert not filling.result.is_visible()
    said = page.locator(".sc-summary li").all_inner_texts()
    assert len(said) == 6
    assert "没有写责任人。写到岗位，一件事一个牵头人。" in said
    filling.write()
    filling.next()
    assert filling.result.is_visible()


def test_feedback_goes_by_rules_of_form_and_lets_one_go_on(page: Page, home: str) -> None:
    filling = Filling(page, home, "filing")
    filling.answer({"forbidden": "no", "instead": "no"})
    filling.next()
    filling.answer()
    filling.write("视情况由各部门共同负责，及时报告，风险可控")
    filling.next()
    said = page.locator(".sc-summary li").all_inner_texts()
    for wanted in ("“风险可控”看不出是什么风险", "“视情况”到时候定不下来", "“各部门”等于没有人盯", "“及时”定不下日子"):
        assert any(wanted in line for line in said), said
    assert page.inner_text("[data-do=next]") == "先往下走"
    filling.next()
    filling.write()
    filling.next()
    missing = filling.parts()["还要补写的"]
    assert all(line.startswith("备案表：") for line in missing)
    assert any("“各部门”等于没有人盯" in line for line in missing)


def test_what_holds_is_not_complained_of(page: Page, home: str) -> None:
    filling = Filling(page, home, "application", "en")
    filling.to_the_end(text=PLAIN)
    assert "Still to be written" not in filling.parts()


def test_nothing_comes_back_after_a_reload_or_in_a_new_tab(context: BrowserContext, page: Page, home: str) -> None:
    filling = Filling(page, home, "grounds")
    filling.to_the_end()
    page.reload()
    assert page.locator("input:checked").count() == 0
    assert all(blank.input_value() == "" for blank in page.locator("textarea").all())
    filling.to_the_end()
    page.close()
    again = context.new_page()
    again.goto(filling.address)
    assert again.locator("input:checked").count() == 0
    assert again.locator(".sc-list li").count() == 0


def test_clearing_begins_anew(page: Page, home: str) -> None:
    filling = Filling(page, home, "grounds")
    filling.to_the_end()
    page.click("[data-do=clear]")
    assert filling.step.get_attribute("id") == "step-situation"
    assert page.locator("input:checked").count() == 0
    assert page.locator(".sc-list").inner_text() == ""


def test_by_keyboard_alone(page: Page, home: str) -> None:
    filling = Filling(page, home, "filing")
    for _ in range(200):
        page.keyboard.press("Tab")
        here = focused(page)
        if here["skip"] or here["act"] == "next":
            page.keyboard.press("Enter")
        elif here["type"] == "radio" and not here["checked"]:
            page.keyboard.press("ArrowDown" if here["red"] else "Space")
        elif here["tag"] == "TEXTAREA" and not here["text"]:
            page.keyboard.type("2027-03-05 项目部主任")
        if filling.result.is_visible():
            break
    assert page.locator(".sc-result h2:focus").count() == 1
    assert filling.parts()["要准备的材料"]


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_state_is_open_to_everybody(browser: Browser, home: str, sheet: str) -> None:
    lines = []
    for language, scheme, size in VIEWS:
        # The measuring scripts run inside the page, which its own policy rightly forbids to anybody else.
        context = browser.new_context(viewport=size, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")
        filling = Filling(context.new_page(), home, sheet, language)
        while not filling.result.is_visible():
            filling.next()
            filling.answer()
            # The complaint and what the answers lead to show together now.
            lines += [f"{language} {line}" for line in looks_findings(filling.page)]
            filling.write()
            filling.next()
        lines += [f"{language} {line}" for line in looks_findings(filling.page)]
        small = "all => all.filter(one => one.offsetParent && one.getBoundingClientRect().height < 43.5).length"
        assert filling.page.locator(".sc-answers label, .sc button").evaluate_all(small) == 0
        context.close()
    assert lines == []
