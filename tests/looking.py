"""What tests look at and look through: the site built once, one real Chromium, two sizes of window."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, ViewportSize, sync_playwright

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
    command = [sys.executable, "-m", "quiz_app.site.build", "--out", str(out)]
    # A setting of the shell that runs the tests, such as RONGCUO_BASE_URL, is not what is tested.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RONGCUO_")}
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == "", "a build says nothing but its figures"
    return out


@contextmanager
def chromium() -> Iterator[Browser]:
    """A real Chromium; raises `Error` where there is none."""
    with sync_playwright() as playwright:
        found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
        browser = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one Chromium of a test run; where there is none, the tests that look through it are left out."""
    with ExitStack() as stack:
        try:
            found = stack.enter_context(chromium())
        except Error:
            pytest.skip("no Chromium")
        yield found
