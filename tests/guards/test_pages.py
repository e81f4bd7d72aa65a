"""Every page of the service has a title, one heading and one language, and leads to no other host."""

from __future__ import annotations

import re

from flask import Flask

from quiz_app.web.access import open_to
from tests.client import Page
from tests.guards.conftest import Worlds
from tests.guards.pages import said
from tests.guards.world import VISITORS, World

TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
ROOTS = ("总部", "党委", "集团")
"""What the factories call the enterprise and the top units of its trees, in both languages."""

HAN = re.compile(r"[\u3400-\u9fff]+")
ELSEWHERE = re.compile(r'\b(?:src|href|action|srcset)="((?:https?:)?//[^"]*)"')
IN_CHINESE = re.compile(r'<(\w+)[^>]*\blang="zh-CN"[^>]*>.*?</\1>', re.DOTALL)


def page_findings(world: World, visitors: tuple[str, ...] = VISITORS) -> list[str]:
    """Every page without a title or one heading, with Chinese words in English, or with an address elsewhere."""
    found = set()
    for visitor in visitors:
        for language in ("zh", "en"):
            for address, response in world.walk(visitor, language):
                if response.mimetype == "text/html":
                    found |= {
                        f"{address} ({visitor}, {language}): {reason}" for reason in _faults(said(response), world)
                    }
    return sorted(found)


def _faults(html: str, world: World) -> list[str]:
    page = Page(html)
    title = TITLE.search(html)
    words = title[1].rsplit("·", 1)[0].strip() if title else ""
    reasons = [] if words else ["no title of its own"]
    if len([heading for heading in page.h1 if heading]) != 1:
        reasons.append(f"{len(page.h1)} headings h1")
    reasons += [f"leads to {address}" for address in ELSEWHERE.findall(html)]
    if page.lang == "en":
        for name in (*world.jia.all_names, *ROOTS):
            html = html.replace(name, "")
        reasons += [f"Chinese “{word}”" for word in HAN.findall(IN_CHINESE.sub("", html))]
    return reasons


def test_pages_have_a_title_one_heading_and_one_language(world: World) -> None:
    assert page_findings(world) == []


def test_pages_that_do_not_are_named(spoilt_world: Worlds) -> None:
    def plant(app: Flask) -> None:
        html = '<html lang="en"><head><title> · Site</title></head><body><h1>One</h1><h1>Two</h1>错<img src="//x.example/a"></body></html>'
        app.add_url_rule("/planted", view_func=open_to()(lambda: html), endpoint="planted")

    with spoilt_world(plant) as world:
        found = page_findings(world, ("nobody",))
    assert [line.split(" (nobody, en): ")[1] for line in found if ", en)" in line] == [
        "2 headings h1",
        "Chinese “错”",
        "leads to //x.example/a",
        "no title of its own",
    ]
