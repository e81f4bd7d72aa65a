"""The steps of the main job as people take them, with any hand, in either language."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from quiz_app.content.library import Library
from quiz_app.content.text import Language
from tests.answering import Keys
from tests.browser.hands import Hand

MODULE = "three-distinctions"
MISTAKES = 3


@dataclass(frozen=True)
class Walk:
    """Somebody on the way: where, with which hand, in which language, knowing which keys."""

    hand: Hand
    base_url: str
    language: Language
    library: Library

    @property
    def page(self) -> Page:
        """The page in front of them."""
        return self.hand.page

    def t(self, zh: str, en: str) -> str:
        """The words in the language of the walk."""
        return zh if self.language == "zh" else en

    def open(self, path: str) -> None:
        """Types an address."""
        self.page.goto(f"{self.base_url}{path}")

    def link(self, name: str | re.Pattern[str]) -> Locator:
        """The first link of this name."""
        return self.page.get_by_role("link", name=name).first

    def button(self, name: str) -> Locator:
        """The button of this name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def heading(self, words: str | re.Pattern[str]) -> None:
        """Insists on the page's one heading of the first rank."""
        expect(self.page.locator("h1")).to_have_text(words)

    def says(self, words: str) -> None:
        """Insists that the page says something."""
        expect(self.page.locator("main")).to_contain_text(words)


def read_module_unsigned(walk: Walk) -> None:
    """From the home page to module 1, and on to answering, without signing in."""
    module = walk.library.modules[MODULE]
    walk.open(walk.t("/", "/en/"))
    walk.hand.press(walk.page.locator("article a[href*='modules/three-distinctions']").first)
    walk.heading(re.compile(re.escape(module.title.in_language(walk.language))))
    walk.hand.press(walk.page.locator(f"article a[href*='learn/modules/{MODULE}/']").first)
    expect(walk.page).to_have_url(re.compile("/login"))
    if walk.language == "en" and walk.page.locator("html").get_attribute("lang") != "en":
        walk.hand.press(walk.link("English"))
    walk.heading(walk.t("登录", "Sign in"))


def activate(walk: Walk, name: str, code: str, password: str) -> None:
    """From the sign-in page with a one-time code to the page that was wanted; a mistyped code is put right first."""
    walk.hand.press(walk.link(re.compile(walk.t("激活码", "activation code"))))
    for typed in (f"{code[:-1]}0", code):
        walk.hand.fill(walk.page.locator("#name"), name)
        walk.hand.fill(walk.page.locator("#code"), typed)
        walk.hand.fill(walk.page.locator("#password"), password)
        walk.hand.press(walk.button(walk.t("设置密码并登录", "Set the password and sign in")))
        if typed != code:
            error_summary_has_focus(walk)
    expect(walk.page).to_have_url(re.compile(f"/learn/modules/{MODULE}/"))


def sign_in(walk: Walk, name: str, password: str) -> None:
    """Through the sign-in page."""
    walk.open(f"/login?lang={walk.language}")
    walk.hand.fill(walk.page.locator("#name"), name)
    walk.hand.fill(walk.page.locator("#password"), password)
    walk.hand.press(walk.button(walk.t("登录", "Sign in")))


def sign_out(walk: Walk) -> None:
    """By the button of every page."""
    walk.hand.press(walk.button(walk.t("退出", "Sign out")))


def answer_module(walk: Walk) -> None:
    """Answers with three mistakes, meets the parallel items, passes."""
    keys = Keys(walk.library)
    asked: list[str] = []
    walk.hand.press(walk.button(walk.t("开始或继续作答", "Begin or go on")))
    send_without_choice(walk)
    while walk.page.locator("form .option").count():
        question = walk.page.locator("h1").inner_text()
        mistake = len(asked) < MISTAKES
        asked.append(keys.item(question).id)
        option = keys.wrong(question) if mistake else keys.right(question)
        walk.hand.choose(walk.page.locator(f"input[name=option][value={option}]"))
        if mistake:
            walk.hand.choose(walk.page.locator("input[name=confidence][value='3']"))
        walk.hand.press(walk.button(walk.t("提交", "Send")))
        feedback(walk, mistake=mistake)
        walk.hand.press(walk.page.locator("main a.button"))
    concepts = {item.id: concept.id for concept in walk.library.modules[MODULE].concepts for item in concept.items}
    assert len(asked) == len(set(asked)) == 6 + MISTAKES, "each missed concept comes back with another item"
    assert {concepts[one] for one in asked[:MISTAKES]} == {concepts[one] for one in asked[6:]}
    walk.says(walk.t("已完成。完成记录已保存", "Completed. Your completion is recorded"))


def send_without_choice(walk: Walk) -> None:
    """An answer sent with nothing chosen is met by a summary that holds the focus."""
    walk.hand.press(walk.button(walk.t("提交", "Send")))
    error_summary_has_focus(walk)
    walk.says(walk.t("请选择一个选项", "Please choose an option"))


def error_summary_has_focus(walk: Walk) -> None:
    """The summary of what is to be put right is there and holds the focus."""
    expect(walk.page.locator(".summary")).to_be_focused()
    assert walk.page.title().startswith(walk.t("请检查：", "Please check: "))


def feedback(walk: Walk, *, mistake: bool) -> None:
    """The explanation on a page of its own: what was chosen, what holds, and the clauses."""
    walk.heading(walk.t("↻ 还可以再想一想", "↻ Worth another thought") if mistake else walk.t("✓ 判断对了", "✓ Right"))
    walk.says(walk.t("为什么这样判断", "Why this holds"))
    expect(walk.page.locator(".clauses li").first).to_be_visible()
    if mistake:
        walk.says(walk.t("容易记混", "easily mixed up"))


def own_record(walk: Walk) -> str:
    """My study and my record say that the module is done; gives the staff number the record shows."""
    walk.hand.press(walk.page.locator("main a.button"))
    title = walk.library.modules[MODULE].title.in_language(walk.language)
    task = walk.page.locator(".tasks li").filter(has_text=title)
    expect(task).to_contain_text(walk.t("完成", "ompleted"))
    walk.hand.press(walk.link(re.compile(walk.t("我的记录", "My record"))))
    walk.says(title)
    found = re.search(walk.t(r"工号：(\S+)", r"Staff number: (\S+)"), walk.page.locator("main").inner_text())
    assert found, "the record names the person"
    return found[1]
