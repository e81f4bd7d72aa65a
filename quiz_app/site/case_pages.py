"""The case library: a page for each case, the list of all, and the rules of its filter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from markupsafe import Markup

from quiz_app.content.cases import GROUNDS, Case
from quiz_app.content.library import Library
from quiz_app.content.text import LocalText, Text

from .paths import Place
from .render import Renderer
from .words import ALL

_FILTERS: tuple[tuple[str, Text, Callable[[Case], Iterable[str]]], ...] = (
    ("domain", Text(zh="领域", en="Field"), lambda case: case.domains),
    ("verdict", Text(zh="处理结果", en="Decision"), lambda case: [case.verdict]),
    ("origin", Text(zh="案例性质", en="Origin"), lambda case: [case.origin]),
    ("org_type", Text(zh="单位类型", en="Organisation"), lambda case: [case.org_type]),
)


def case_page(page: Renderer, case: Case, stub: Mapping[str, str]) -> str:
    """The Markdown of one case; `stub` may give the title and description the editor wrote for this language."""
    return page.template(
        "case.md",
        case=case,
        title=stub.get("title") or page.say(case.title, plain=True),
        description=stub.get("description") or page.say(case.summary, plain=True),
        looks=[(name, getattr(case.grounds, name)) for name in GROUNDS],
        chinese_only=_chinese_only(page, case),
        unstated=_unstated(page, case),
        contrasts=[page.case(other) for other in _contrasts(page, case)],
        modules=(Markup("、") if page.language == "zh" else Markup(", ")).join(
            page.module(one) for one in case.modules
        ),
        paragraphs=lambda text: _paragraphs(page, text),
        by=lambda kind, who: _by(page, case, kind, who),
    )


def case_list(page: Renderer) -> str:
    """The list of all published cases with its filter, for the page that introduces them."""
    cases = published_cases(page.library)
    rows = [
        {
            "case": case,
            "href": f"{case.id}/",
            "classes": " ".join(_class(name, code) for name, _, codes in _FILTERS for code in codes(case)),
            "chinese_only": _chinese_only(page, case),
        }
        for case in cases
    ]
    return page.template("cases.md", cases=rows, filters=_filters(page, cases))


def published_cases(library: Library) -> list[Case]:
    """The cases the site shows: those their editor has published."""
    return [case for case in library.cases.values() if case.review.status == "published"]


def withdrawn_block(page: Renderer) -> str:
    """The cases taken out, each as its number, the day and the reason; neither title nor content comes back."""
    taken_out = [case for case in page.library.cases.values() if case.review.status == "withdrawn"]
    return page.template("withdrawn.md", cases=taken_out)


def filter_rules(library: Library) -> str:
    """The style sheet that filters the list without any script: one rule for each value in use."""
    cases = published_cases(library)
    page = Renderer(library, Place("zh", "cases/index.md"))
    ids = [option["id"] for group in _filters(page, cases) for option in group["options"]]
    return page.template("case-filter.css", ids=ids)


def _contrasts(page: Renderer, case: Case) -> list[Case]:
    return [other for other in published_cases(page.library) if other.id in case.contrast_with]


def _filters(page: Renderer, cases: list[Case]) -> list[dict[str, Any]]:
    return [
        {"name": name.replace("_", "-"), "title": page.text(title), "options": _options(page, cases, name, codes)}
        for name, title, codes in _FILTERS
    ]


def _options(
    page: Renderer, cases: list[Case], name: str, codes: Callable[[Case], Iterable[str]]
) -> list[dict[str, Any]]:
    options = []
    for code, title in ALL[name].items():
        count = sum(code in codes(case) for case in cases)
        if count:
            options.append({"id": _class(name, code), "title": page.text(title), "count": count})
    return options


def _class(name: str, code: str) -> str:
    return f"{name}-{code}".replace("_", "-")


def _chinese_only(page: Renderer, case: Case) -> bool:
    return page.language == "en" and case.title.en is None


def _unstated(page: Renderer, case: Case) -> str:
    """What the source leaves open, apart from what was withheld."""
    missing = []
    if case.year is None:
        missing.append(page.both("年份", "the year"))
    if case.place is None:
        missing.append(page.both("地点", "the place"))
    if case.org_type == "unspecified":
        missing.append(page.both("单位类型", "the kind of organisation"))
    if case.knew_rule == "unstated":
        missing.append(page.both("本人是否知道有关规定", "whether the person knew the rule"))
    if case.verdict == "unstated":
        missing.append(page.both("处理结果", "the decision"))
    return page.both("、", ", ").join(missing)


def _paragraphs(page: Renderer, text: LocalText) -> list[Markup]:
    spoken = str(page.say(text, plain=True))
    foreign = page.language == "en" and text.en is None
    wrap = Markup('<span lang="zh-CN">{}</span>') if foreign else Markup("{}")
    return [wrap.format(part) for part in re.split(r"\n+", spoken) if part.strip()]


def _by(page: Renderer, case: Case, kind: str, who: str) -> Markup:
    """Who says so; in a composed case everything is the editor's, so nothing is called a summary of a report."""
    composed = case.origin == "composed" and kind == "stated_by"
    label = page.both("情境设定", "Part of the scenario") if composed else page.text(ALL[kind][who])
    return Markup('<span class="rc-by rc-by--{}">{}</span>').format(who, label)
