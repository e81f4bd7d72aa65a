"""Filling in the self-check and the rehearsals as a reader does, and watching what the window does meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, Request

from quiz_app.content.text import Language

SHEETS = {"grounds": "self-check/", "application": "self-check/application/", "filing": "self-check/filing/"}
PLAIN = "2027年3月5日由项目部主任核对合同和到账凭证 / the project head checks contracts on 2027-03-05"
"""Something no rule of form objects to, in either language."""

_KEPT = """async () => [
  localStorage.length && "localStorage", sessionStorage.length && "sessionStorage", document.cookie && "cookie",
  (await indexedDB.databases()).length && "indexedDB", (await caches.keys()).length && "caches",
  (await navigator.serviceWorker.getRegistrations()).length && "serviceWorker",
  history.state && "history", location.search && "address", location.hash && "fragment",
].filter(Boolean)"""


class Filling:
    """One window on one sheet; what it asks for after loading is remembered.

    The icon of the page comes after everything else; who reads `asked` opens the window with `settle`.
    """

    def __init__(self, page: Page, home: str, sheet: str, language: Language = "zh", settle: bool = False) -> None:
        self.page = page
        self.address = f"{home}{'' if language == 'zh' else 'en/'}{SHEETS[sheet]}"
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(self.address, wait_until="networkidle" if settle else "load")
        self.asked: list[str] = []
        page.on("request", self._asked)

    def _asked(self, request: Request) -> None:
        # The text to be saved is an object of the page itself and travels nowhere.
        if not request.url.startswith("blob:"):
            self.asked.append(request.url)

    @property
    def step(self) -> Locator:
        """The step that shows."""
        return self.page.locator(".sc-step[data-now]")

    @property
    def result(self) -> Locator:
        """The list at the end."""
        return self.page.locator(".sc-result")

    def answer(self, choices: Mapping[str, str] | None = None) -> None:
        """Answer every question of this step that shows: as `choices` says by question, else “not sure”."""
        for question in self.step.locator(".sc-q").all():
            if question.is_visible():
                name = (question.get_attribute("id") or "").removeprefix("q-")
                question.locator(f"input[value={(choices or {}).get(name, 'unsure')}]").check()

    def write(self, text: str = PLAIN) -> None:
        """Write the same in every blank of this step."""
        for blank in self.step.locator("textarea").all():
            if blank.is_visible():
                blank.fill(text)

    def next(self) -> None:
        """Press on."""
        self.page.click("[data-do=next]")

    def to_the_end(self, choices: Mapping[str, str] | None = None, text: str = PLAIN) -> None:
        """Answer and write everything until the list shows."""
        for _ in range(20):
            self.answer(choices)
            self.write(text)
            self.next()
            if self.result.is_visible():
                return
        raise AssertionError("the list never came")

    def parts(self) -> dict[str, list[str]]:
        """The list as it reads: headings with their lines."""
        script = """list => [...list.querySelectorAll("h3")].map(
            head => [head.innerText, [...head.nextElementSibling.children].map(line => line.innerText)])"""
        return dict(self.page.locator(".sc-list").evaluate(script))

    def saved(self) -> tuple[str, str]:
        """The name and the text of the downloaded file."""
        with self.page.expect_download() as waiting:
            self.page.click("[data-do=save]")
        return waiting.value.suggested_filename, Path(waiting.value.path()).read_text(encoding="utf-8-sig")

    def kept(self) -> list[str]:
        """Every place of the browser that holds something."""
        found: Any = self.page.evaluate(_KEPT)
        return [*found, *(f"cookie {one.get('name')}" for one in self.page.context.cookies())]


def focused(page: Page) -> dict[str, Any]:
    """What has the focus, as far as somebody at the keyboard has to know it."""
    script = """() => { const one = document.activeElement, box = one.closest(".sc-q");
        return { tag: one.tagName, type: one.type || "", act: one.dataset.do || "", checked: !!one.checked,
                 red: !!(box && box.dataset.red), text: one.value || "", skip: one.classList.contains("md-skip") } }"""
    found: dict[str, Any] = page.evaluate(script)
    return found
