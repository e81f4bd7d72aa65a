"""Every kind of page, both languages, light and dark, phone and desktop: usable by everybody and light to load."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.site.pages import pages, read

FIRST_VIEW = 120 * 1024
OF_A_KIND = 2
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
VIEWS = (("zh", "light", 360), ("zh", "dark", 1280), ("en", "dark", 360), ("en", "light", 1280))
_SMALL_TEXT = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (walk.nextNode()) {
    const box = walk.currentNode.parentElement, text = walk.currentNode.data.trim();
    if (text && box.offsetParent && parseFloat(getComputedStyle(box).fontSize) < 13.99) found.push(text.slice(0, 30));
  }
  return found;
}"""
_SMALL_TARGETS = """() => [...document.querySelectorAll(
    "header a, header button, .rc-nav a, footer a, summary, button, input[type=search], .rc-filters label")]
  .map(one => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => one.offsetParent && box.width && (box.height < 43.5 || box.width < 43.5))
  .map(([one]) => one.outerHTML.slice(0, 60))"""


def kinds(site: Path, language: str) -> list[str]:
    """Addresses of each kind of page: the overview and the first pages of each folder, and a case of each origin."""
    found: dict[str, list[str]] = {}
    for path in paths(site, language):
        *folders, name = path.rstrip("/").split("/")
        ending = name.rsplit("-", 1)[-1] if name.endswith(("-screen", "-print")) else ""
        origin = name[0] if folders[-1:] == ["cases"] and name[1:2] == "-" else ""
        found.setdefault("/".join([*folders, ending, origin]), []).append(path)
    few = [path for kind, of_kind in found.items() for path in of_kind[: OF_A_KIND if kind.endswith("//") else 1]]
    prefix = "" if language == "zh" else "en/"
    own = ("policy/register/", "policy/coverage/", "policy/glossary/", "policy/changes/", "cases/submit/")
    few += [f"{prefix}{path}" for path in own if f"{prefix}{path}" not in few]
    return [*few, f"{prefix}search/?q=error 失误", "no/such/page/"]


def paths(site: Path, language: str) -> list[str]:
    """Every page of a language."""
    found = [page.path.lstrip("/") for page in pages(site)]
    return [path for path in found if path.startswith("en/") == (language == "en")]


def looks_findings(page: Page) -> list[str]:
    """What of the page as it stands would keep somebody out."""
    found = Axe().run(page, options=RULES).response["violations"]
    lines = [f"{one['id']}: {one['nodes'][0]['html'][:80]}" for one in found]
    lines += [f"text under 14 px: {text}" for text in page.evaluate(_SMALL_TEXT)]
    lines += [f"target under 44 px: {target}" for target in page.evaluate(_SMALL_TARGETS)]
    size: Any = page.viewport_size
    width = page.evaluate("document.documentElement.scrollWidth")
    return lines if width <= size["width"] else [*lines, f"scrolls sideways: {width} px"]


@pytest.fixture
def view(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    _, scheme, width = request.param
    # The measuring scripts run inside the page, which its own policy rightly forbids to anybody else.
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("language", "view"), [(one[0], one) for one in VIEWS], indirect=["view"])
def test_every_kind_of_page_is_open_to_everybody(site: Path, home: str, view: Page, language: str) -> None:
    complaints: list[str] = []
    view.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    lines = []
    for path in kinds(site, language):
        view.goto(home + path)
        if "?q=" in path:
            view.wait_for_selector("#search-results[aria-busy=false] li")
        view.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
        lines += [f"/{path}: {line}" for line in looks_findings(view)]
    assert lines == []
    assert [text for text in complaints if "404" not in text] == []


@pytest.mark.parametrize("view", [VIEWS[0]], indirect=True)
def test_a_page_that_keeps_somebody_out_is_named(view: Page) -> None:
    view.set_content(
        "<html><body><p style='font-size:9px;width:900px'>x</p><header><a href='#'>a</a></header><img src=x>"
    )
    found = {line.split(":")[0] for line in looks_findings(view)}
    assert {"html-has-lang", "image-alt", "text under 14 px", "target under 44 px", "scrolls sideways"} <= found


@pytest.mark.parametrize("view", [("zh", "light", 320)], indirect=True)
def test_enlarged_four_times_nothing_scrolls_sideways(site: Path, home: str, view: Page) -> None:
    lines = []
    for language in ("zh", "en"):
        for path in paths(site, language):
            view.goto(home + path)
            if view.evaluate("document.documentElement.scrollWidth") > 320:
                lines.append(path)
    assert lines == []


def test_the_first_view_is_light(site: Path) -> None:
    assert weight_findings(site) == []


def test_a_heavy_page_is_named(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<script src="a.js"></script>', encoding="utf-8")
    (tmp_path / "a.js").write_bytes(bytes(FIRST_VIEW))
    assert [line.split(":")[0] for line in weight_findings(tmp_path)] == ["/"]


def weight_findings(site: Path) -> list[str]:
    """Every page that makes a browser fetch more than the bar for a first view, compressed."""
    return [f"{path}: {size / 1024:.0f} KB" for path, size in first_views(site).items() if size > FIRST_VIEW]


def first_views(site: Path) -> dict[str, int]:
    """What a browser fetches to show each page for the first time: its source, scripts, styles and icon, compressed."""
    sizes = {}
    for page in pages(site):
        files = {page.path}
        files |= {urljoin(page.path, values["src"]) for tag, values in page.attributes if values.get("src")}
        files |= {urljoin(page.path, link["href"]) for link in page.all("link") if "stylesheet" in link.get("rel", "")}
        files |= {urljoin(page.path, link["href"]) for link in page.all("link") if link.get("rel") == "icon"}
        sizes[page.path] = sum(_transferred(site, urlsplit(file).path) for file in files)
    return sizes


def _transferred(site: Path, path: str) -> int:
    file = site / (path.lstrip("/") + ("index.html" if path.endswith("/") else ""))
    packed = Path(f"{file}.br")
    return (packed if packed.is_file() else file).stat().st_size


def test_the_filter_works_without_scripts(browser: Browser, home: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{home}cases/")
    everything = page.locator(".rc-cases > li:visible").count()
    page.click(".rc-filters summary")
    page.check("#origin-composed")
    composed = page.locator(".rc-cases > li:visible").count()
    assert 0 < composed < everything
    assert page.locator(".rc-cases > li:visible .rc-number").all_inner_texts()[0].startswith("C-")
    page.click("button[type=reset]")
    assert page.locator(".rc-cases > li:visible").count() == everything
    context.close()


def test_paper_shows_everything_but_the_navigation(browser: Browser, home: str) -> None:
    page = browser.new_page()
    page.goto(f"{home}cases/R-2023-001/")
    page.emulate_media(media="print")
    assert not page.locator(".md-header").is_visible()
    assert not page.locator(".rc-footer nav").is_visible()
    assert page.locator("details p").first.is_visible()
    page.close()


def test_reader_may_choose_light_or_dark(browser: Browser, home: str) -> None:
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    page.goto(home)
    page.click("#rc-scheme")
    page.goto(f"{home}en/")
    assert page.locator("html").get_attribute("data-scheme") == "dark"
    context.close()


def test_the_drawer_by_keyboard(browser: Browser, home: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 640})
    page.goto(home)
    page.focus("#rc-menu")
    page.keyboard.press("Enter")
    assert page.locator("#rc-menu").get_attribute("aria-expanded") == "true"
    assert page.locator("#rc-nav a:focus").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("#rc-menu:focus").get_attribute("aria-expanded") == "false"
    assert not page.locator("#rc-nav a").first.is_visible()
    page.close()


def test_reading_the_sections_without_scripts_from_the_menu(browser: Browser, home: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(home)
    page.click("#rc-menu")
    assert page.url.endswith("#rc-sections")
    sections = read(page.content())
    assert "rc-sections" in sections.ids
    context.close()
