"""The search finds what readers look for, in a real browser, on a plain static host."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
import yaml
from playwright.sync_api import Browser, Page, Route

from tests.looking import received
from tests.site.serving import serving

FOLDER = Path(__file__).parent
SEARCH_BYTES = 250 * 1024
SHIFT = 0.02
"""How much of the window may move by itself (ux-guidelines §10)."""
_WATCH = """shifted = 0;
new PerformanceObserver(list => list.getEntries().forEach(one => { shifted += one.value; }))
  .observe({ type: "layout-shift", buffered: true });
painted = new Promise(resolve => new PerformanceObserver(resolve).observe({ type: "paint", buffered: true }));"""
GOLDEN_LEAST = 55
"""Of 60; a failure names those that missed."""
HELD_OUT_LEAST = 7
"""Of 11 searches that were kept out of the tuning; the record 0004 has the figure of the day."""

LATE = """const fetched = window.fetch; let parts = 0;
window.fetch = async (...asked) => {
  if (String(asked[0]).includes("pf_index")) {
    const part = parts++;
    await new Promise((done) => setTimeout(done, 80 * %s));
  }
  return fetched(...asked);
};"""
"""Lets the parts of the index arrive one after the other, in the order of the expression put in."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 640})
    yield context.new_page()
    context.close()


def misses(page: Page, home: str, searches: list[dict[str, Any]]) -> list[str]:
    """Every search none of whose pages is among the first three answers."""
    lines = []
    for search in searches:
        found = answers(page, home, search["language"], search["query"])
        if not any(_is(path, expected) for path in found[:3] for expected in search["expect"]):
            lines.append(f"{search['query']}: {search['expect']} not in {found[:3]}")
    return lines


def answers(page: Page, home: str, language: str, query: str) -> list[str]:
    """The paths the search page lists for this query."""
    prefix = "" if language == "zh" else "en/"
    page.goto(f"{home}{prefix}search/?q={quote(query)}")
    page.wait_for_selector("#search-results[aria-busy=false]", state="attached")
    addresses = [link.get_attribute("href") or "" for link in page.locator("#search-results h2 a").all()]
    return ["/" + urlsplit(address).path.removeprefix(urlsplit(home).path) for address in addresses]


def test_golden_searches(page: Page, home: str) -> None:
    searches = _read("golden_searches.yml")
    chinese = [one for one in searches if one["language"] == "zh"]
    assert (len(chinese), len(searches) - len(chinese)) == (40, 20)
    assert sum(one["kind"] == "everyday" for one in chinese) == 20
    missed = misses(page, home, searches)
    assert len(searches) - len(missed) >= GOLDEN_LEAST, "\n".join(missed)


def test_a_search_that_misses_is_named(page: Page, home: str) -> None:
    planted = {"query": "先行先试", "language": "zh", "expect": ["/about/accessibility/"]}
    assert [line.split(":")[0] for line in misses(page, home, [planted])] == ["先行先试"]


def test_searches_kept_out_of_the_tuning(page: Page, home: str) -> None:
    searches = _read("held_out_searches.yml")
    assert len(searches) - len(misses(page, home, searches)) >= HELD_OUT_LEAST


def test_nothing_is_loaded_before_the_first_search_and_little_for_it(browser: Browser, home: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{home}search/")
    assert not [url for url in asked if "pagefind" in url or "search-words" in url]
    with received(page) as sizes:
        page.fill("#search-query", "出了错会不会挨处分，要不要整改，怎么申请")
        page.press("#search-query", "Enter")
        page.wait_for_selector("#search-results[aria-busy=false] li")
    assert 0 < sum(sizes) <= SEARCH_BYTES
    assert not [url for url in asked if not url.startswith(home)]
    context.close()


def test_nothing_jumps_when_the_answers_come(page: Page, home: str) -> None:
    page.add_init_script(_WATCH)
    held: list[Route] = []
    page.route("**/search.js", lambda route: held.append(route))
    with page.expect_request("**/search.js"):
        page.goto(f"{home}search/?q={quote('申请')}", wait_until="commit")
    # The slowest reader is the one whose page is painted before the script that searches has come.
    page.evaluate("painted.then(() => true)")
    held[0].continue_()
    page.wait_for_selector("#search-results[aria-busy=false] li")
    assert page.evaluate("shifted") <= SHIFT


def test_by_keyboard_from_any_page_with_the_result_announced(browser: Browser, home: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{home}policy/correction/")
    page.focus(".rc-find input")
    page.keyboard.type("申诉")
    page.keyboard.press("Enter")
    page.wait_for_selector("#search-results[aria-busy=false] li")
    assert page.locator("#search-status[role=status]").inner_text().startswith("找到")
    assert page.input_value("#search-query") == "申诉"
    page.locator("#search-results h2 a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/search/" not in url)
    page.go_back()
    page.wait_for_selector("#search-results[aria-busy=false] li")
    page.close()


def test_the_order_in_which_the_index_arrives_changes_no_answer(browser: Browser, home: str) -> None:
    found = []
    for order in ("part", "(9 - part)"):
        context = browser.new_context()
        context.add_init_script(LATE % order)
        found.append(answers(context.new_page(), home, "zh", "出了错会不会挨处分，要不要整改，怎么申请"))
        context.close()
    assert found[0] == found[1] != []


def test_nothing_found_says_what_to_do(page: Page, home: str) -> None:
    assert answers(page, home, "zh", "zzzzqqq") == []
    assert page.locator("#search-status").inner_text() == "没有找到“zzzzqqq”。可以换个说法，或者从下面的栏目里找。"


def test_languages_are_apart(page: Page, home: str) -> None:
    assert all(path.startswith("/en/") for path in answers(page, home, "en", "correction"))
    assert not any(path.startswith("/en/") for path in answers(page, home, "zh", "纠错"))


@pytest.mark.parametrize(("form", "words", "found"), [(0, "申请", "/apply/"), (1, "apply", "/en/apply/")])
def test_a_wrong_address_offers_the_search(page: Page, home: str, form: int, words: str, found: str) -> None:
    page.goto(f"{home}no/such/page/")
    box = page.get_by_role("searchbox").nth(form)
    box.fill(words)
    box.press("Enter")
    page.wait_for_selector("#search-results[aria-busy=false] li")
    first = page.locator("#search-results h2 a").evaluate_all("links => links.slice(0, 3).map(link => link.pathname)")
    assert found in first


def test_under_a_sub_path(page: Page, site: Path) -> None:
    with serving(site, "/party/study/") as home:
        assert "/apply/" in answers(page, home, "zh", "申请")[:3]
        page.locator("#search-results h2 a").first.click()
        page.wait_for_load_state()
        assert page.locator("h1").count() == 1
        assert page.url.startswith(home)


def test_without_scripts_the_page_says_so_and_lists_the_sections(browser: Browser, home: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{home}search/")
    assert "不启用也可以从下面的栏目找到全部内容" in page.inner_text("noscript")
    assert page.locator("#browse + ul a").count() >= 7
    context.close()


def _is(path: str, expected: str) -> bool:
    if expected.endswith("*"):
        return path.startswith(expected[:-1]) and path != expected[:-1]
    return path == expected


def _read(name: str) -> list[dict[str, str]]:
    found: Any = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return list(found)
