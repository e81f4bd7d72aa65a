"""Two ways to use a page: pointing at things, and the keyboard alone."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page

MOST_TABS = 250
_FOCUSED = "elements => elements.includes(document.activeElement)"
_FOCUS_IS_SEEN = """() => {
  const element = document.activeElement;
  if (element === document.body) return "";
  const style = getComputedStyle(element), box = element.getBoundingClientRect();
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const shown = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return (ring || style.boxShadow !== "none") && shown ? "" : element.outerHTML.slice(0, 120);
}"""


class Hand:
    """What somebody does with a page; `Pointer` and `Keyboard` do it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, target: Locator) -> None:
        """Follows a link, or presses a button, and waits for the page it leads to."""
        raise NotImplementedError

    def take(self, link: Locator) -> Path:
        """Takes the file that a link gives; returns where it lies."""
        with self.page.expect_download() as download:
            self.press_once(link)
        return download.value.path()

    def press_once(self, target: Locator) -> None:
        """Follows a link or presses a button that leads to no other page."""
        raise NotImplementedError

    def choose(self, radio: Locator) -> None:
        """Chooses one of several options."""
        raise NotImplementedError

    def fill(self, field: Locator, words: str) -> None:
        """Writes into a field."""
        raise NotImplementedError


class Pointer(Hand):
    """A finger or a mouse."""

    def press(self, target: Locator) -> None:
        """Taps it."""
        with self.page.expect_navigation():
            target.click()

    def press_once(self, target: Locator) -> None:
        """Taps it."""
        target.click()

    def choose(self, radio: Locator) -> None:
        """Taps it."""
        radio.check()

    def fill(self, field: Locator, words: str) -> None:
        """Writes into it."""
        field.fill(words)


class Keyboard(Hand):
    """Tab, Space, Enter and the arrows; every stop on the way must be seen."""

    def press(self, target: Locator) -> None:
        """Goes there and presses Enter."""
        self._go_to(target)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def press_once(self, target: Locator) -> None:
        """Goes there and presses Enter."""
        self._go_to(target)
        self.page.keyboard.press("Enter")

    def choose(self, radio: Locator) -> None:
        """Goes into the group and moves by arrows until the option is chosen; the first one takes Space."""
        name = radio.get_attribute("name")
        group = self.page.locator(f"input[type=radio][name={name}]")
        self._go_to(group)
        self.page.keyboard.press("Space")
        for _ in range(group.count()):
            if radio.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError("the arrows do not reach the option")

    def fill(self, field: Locator, words: str) -> None:
        """Goes there and types."""
        self._go_to(field)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words)

    def _go_to(self, target: Locator) -> None:
        for _ in range(MOST_TABS):
            if target.evaluate_all(_FOCUSED):
                return
            self.page.keyboard.press("Tab")
            unseen = self.page.evaluate(_FOCUS_IS_SEEN)
            assert not unseen, f"focus is not seen on {unseen}"
        raise AssertionError(f"the Tab key does not reach {target}")
