"""Pictures of every kind of page at both sizes, light and dark, in both languages: ``make screenshots``."""

from __future__ import annotations

import itertools
import shutil
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize

from quiz_app.config import PACKAGE, PROJECT
from quiz_app.content.loader import load_library
from quiz_app.content.text import LANGUAGES, Language
from quiz_app.site.build import Sources, build_site
from tests import serving
from tests.browser.kinds import SERVICE, Kind, site_kinds
from tests.browser.prepared import Prepared, prepared
from tests.browser.test_pages import Scheme
from tests.looking import DESKTOP, PHONE, chromium

OUT = PROJECT / "screenshots"
SIZES: tuple[ViewportSize, ...] = (PHONE, DESKTOP)
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


def take(out: Path, only: str = "") -> int:
    """Takes the pictures of all kinds whose name holds `only` into an emptied folder; returns how many."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        site = folder / "site"
        build_site(site, Sources())
        demo = stack.enter_context(serving.demo_sqlite(folder))
        library = load_library(PACKAGE / "library", PROJECT / "cases", None)
        seen = stack.enter_context(prepared(demo, site, library, folder))
        browser = stack.enter_context(chromium())
        for language, scheme, size in itertools.product(LANGUAGES, SCHEMES, SIZES):
            kinds = [kind for kind in (*SERVICE, *site_kinds(site, language)) if only in kind.name]
            _one_window(browser, seen, kinds, language, scheme, size, out)
    return len(list(out.iterdir()))


def _one_window(
    browser: Browser,
    seen: Prepared,
    kinds: list[Kind],
    language: Language,
    scheme: Scheme,
    size: ViewportSize,
    out: Path,
) -> None:
    context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    for kind in kinds:
        seen.enter(context, kind.who)
        address = seen.address(kind.address)
        page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
        kind.act(page)
        page.wait_for_selector(kind.sign, state="attached")
        name = f"{kind.name}-{language}-{size['width']}-{scheme}.png"
        page.screenshot(path=out / name, full_page=True, animations="disabled")
    context.close()


if __name__ == "__main__":
    count = take(OUT, *sys.argv[1:2])
    sys.stdout.write(f"{count} pictures in {OUT}\n")
