"""What tests look at and look through: the site built once, one real Chromium, two sizes of window."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, ViewportSize, sync_playwright

from quiz_app.config import PROJECT

PHONE: ViewportSize = {"width": 360, "height": 640}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site as `make site` builds it: strictly, in one command."""
    out = tmp_path_factory.mktemp("site") / "site"
    done = build(out)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == "", "a build says nothing but its figures"
    return out


def build(out: Path) -> subprocess.CompletedProcess[str]:
    """Builds the whole site into the folder as a command of its own."""
    command = [sys.executable, "-m", "quiz_app.site.build", "--out", str(out)]
    # A setting of the shell that builds, such as RONGCUO_BASE_URL, is not what is looked at.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RONGCUO_")}
    return subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)


def chromium_path() -> str | None:
    """The Chromium of this machine, or nothing where there is none but perhaps Playwright's own."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A real Chromium; raises `Error` where there is none."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def received(page: Page) -> Iterator[list[float]]:
    """The bytes of each answer that the window is sent meanwhile, as they came over the wire."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    yield sizes
    session.detach()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one Chromium of a test run; where there is none, the tests that look through it are left out."""
    with ExitStack() as stack:
        try:
            found = stack.enter_context(chromium())
        except Error:
            pytest.skip("no Chromium")
        yield found


def a4_pages(printed: bytes) -> int:
    """How many pages of A4 a PDF has that the browser printed, give or take a millimetre."""
    return len(re.findall(rb"/MediaBox \[0 0 59[456]\.\d+ 84[123]\.\d+\]", printed))
