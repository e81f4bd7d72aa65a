"""What is pressed before some kinds of page can be seen: forms sent as they should not be, and as they should."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

Act = Callable[[Page], None]


def nothing(_page: Page) -> None:
    """The page as it is opened."""


def press_submit(page: Page) -> None:
    """Sends the form of the page as it stands."""
    page.locator("main form button").last.click()


def wrong_password(page: Page) -> None:
    """Tries to sign in as nobody."""
    page.fill("#name", "nobody-at-all")
    page.fill("#password", "wrong")
    press_submit(page)


def wrong_code(page: Page) -> None:
    """Tries to activate with a code that was never issued."""
    page.fill("#name", "nobody-at-all")
    page.fill("#code", "AAAA-BBBB-CCCC")
    page.fill("#password", "five calm words are enough")
    press_submit(page)


def choose_first(page: Page) -> None:
    """Chooses the first option and sends it."""
    page.locator("input[name=option]").first.check()
    press_submit(page)


def send_incomplete(page: Page) -> None:
    """Sends a form with its required fields empty, as a browser without such checks does."""
    page.evaluate("document.querySelectorAll('[required]').forEach(field => field.removeAttribute('required'))")
    press_submit(page)


def build_for_no_month(page: Page) -> None:
    """Asks for the report of a month that there is not."""
    page.evaluate("document.querySelector('#period option').value = '2099-13'")
    page.select_option("#period", "2099-13")
    press_submit(page)


def build_and_release(page: Page) -> None:
    """Builds a report, or its corrected version, and releases it."""
    press_submit(page)
    press_submit(page)


def issue_a_code(page: Page) -> None:
    """Issues a code to the first person found."""
    page.locator("main form[method=post] button").first.click()


def send_a_suggestion(page: Page) -> None:
    """Writes a suggestion and sends it."""
    page.fill("#text", "申请步骤第三步的时限在哪里看？")
    press_submit(page)


def look_up_a_suggestion(page: Page) -> None:
    """Sends a suggestion and looks it up by the number that is shown."""
    send_a_suggestion(page)
    number = page.locator(".code").inner_text()
    page.locator("main a[href$='/suggestions/']").click()
    page.fill("#number", number)
    press_submit(page)
