"""The notation of content pages: ``[[…]]`` becomes a link, a badge or a block made from data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from markupsafe import Markup

from quiz_app.content.faults import Fault, fault
from quiz_app.content.local import SLOT_EMPTY

from .blocks import register_block, visibility_block
from .case_pages import case_list, published_cases
from .render import Renderer

_REFERENCE = re.compile(r"\[\[([^\[\]\n]*)\]\]")
_BLOCKS: dict[str, Callable[[Renderer], str]] = {
    "cases": case_list,
    "register": register_block,
    "visibility": visibility_block,
}


def expand(markdown: str, page: Renderer) -> tuple[str, list[Fault]]:
    """The page with its notation filled in, and a fault for every reference that leads nowhere."""
    faults: list[Fault] = []
    lines = [_expand_line(line, number, page, faults) for number, line in enumerate(markdown.splitlines(), 1)]
    return "\n".join(lines) + "\n", faults


def _expand_line(line: str, number: int, page: Renderer, faults: list[Fault]) -> str:
    def fill(match: re.Match[str]) -> str:
        html = _html_of(match[1], page)
        if html is None:
            faults.append(_unknown(page, number, match[0]))
        return html or ""

    return _REFERENCE.sub(fill, line)


def _unknown(page: Renderer, number: int, reference: str) -> Fault:
    return fault(
        page.place.name, f"line {number}", f"{reference} 没有对应的内容", f"{reference} refers to nothing there is"
    )


def _html_of(reference: str, page: Renderer) -> str | None:
    if reference in _BLOCKS:
        return _BLOCKS[reference](page)
    if reference == "learn":
        return _service_link(page, "learn/", page.both("我的学习", "My study"))
    if reference in page.library.clauses:
        return page.clause(reference)
    kind, _, target = reference.partition(":")
    return next((html for name, html in _kinds(target, page) if name == kind), None)


def _kinds(target: str, page: Renderer) -> Iterator[tuple[str, str]]:
    library = page.library
    if target in library.slots:
        value = library.slots[target].value
        yield (
            "slot",
            page.text(value) if value else Markup('<span class="rc-slot">{}</span>').format(page.text(SLOT_EMPTY)),
        )
    if target in {case.id for case in published_cases(library)}:
        yield "case", page.case(library.cases[target])
    if target in library.modules:
        yield "module", page.module(target)
        title = page.text(library.modules[target].title)
        yield (
            "study",
            _service_link(page, f"learn/modules/{target}/", page.both(f"开始作答：{title}", f"Start: {title}")),
        )


def _service_link(page: Renderer, path: str, label: str) -> Markup:
    return Markup('<a class="rc-study" href="{}{}?lang={}">{}</a>').format(
        page.place.site_root, path, page.language, label
    )
