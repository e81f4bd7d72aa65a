"""The notation of content pages: ``[[…]]`` becomes a link, a badge or a block made from data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from markupsafe import Markup

from quiz_app.content.faults import Fault, fault
from quiz_app.content.names import faults_of_names
from quiz_app.content.policy import is_superseded

from .blocks import register_block, visibility_block
from .case_pages import case_list, published_cases, withdrawn_block
from .changes import changes_block
from .forms import forms_block
from .glossary import Hints, glossary_block
from .render import Renderer
from .self_check import self_check_block
from .topics import coverage_block

_REFERENCE = re.compile(r"\[\[([^\[\]\n]*)\]\]")
_OUTSIDE = re.compile(r"(?:https?:)?//[\w.-]+\.[a-z]{2,}")
_BLOCKS: dict[str, Callable[[Renderer], str]] = {
    "cases": case_list,
    "changes": changes_block,
    "coverage": coverage_block,
    "forms": forms_block,
    "glossary": glossary_block,
    "register": register_block,
    "visibility": visibility_block,
    "withdrawn": withdrawn_block,
}


def expand(markdown: str, page: Renderer) -> tuple[str, list[Fault]]:
    """The page with its notation filled in, and a fault for every reference that leads nowhere.

    A person's name and an address of another host are faults as well: nobody is named, and addresses stand in the
    register and in the sources of the cases, which know an original from a mirror.
    """
    faults = list(_forbidden(markdown, page))
    hints = Hints(page)
    lines = [
        _expand_line(hints.mark(line), number, page, faults) for number, line in enumerate(markdown.splitlines(), 1)
    ]
    return "\n".join(lines) + "\n", faults


def _expand_line(line: str, number: int, page: Renderer, faults: list[Fault]) -> str:
    def fill(match: re.Match[str]) -> str:
        html = _html_of(match[1], page)
        if html is None:
            faults.append(_unknown(page, number, match[0]))
        return html or ""

    return _REFERENCE.sub(fill, line)


def _forbidden(markdown: str, page: Renderer) -> Iterator[Fault]:
    for number, line in enumerate(markdown.splitlines(), 1):
        place = f"line {number}"
        yield from faults_of_names(page.place.name, place, line)
        address = _OUTSIDE.search(line)
        if address is not None:
            reason = f"正文不写外部网址 {address[0]}", f"no address of another host in a page: {address[0]}"
            yield fault(page.place.name, place, *reason)


def _unknown(page: Renderer, number: int, reference: str) -> Fault:
    return fault(
        page.place.name, f"line {number}", f"{reference} 没有对应的内容", f"{reference} refers to nothing there is"
    )


def _html_of(reference: str, page: Renderer) -> str | None:
    if reference in _BLOCKS:
        return _BLOCKS[reference](page)
    if reference == "learn":
        return _service_link(page, "learn/", page.both("我的学习", "My study"))
    if reference == "suggest":
        return _service_link(page, "suggestions/new", page.both("提意见建议", "Make a suggestion"))
    if reference in page.library.clauses:
        return None if is_superseded(*page.library.clauses[reference]) else page.clause(reference)
    kind, _, target = reference.partition(":")
    return next((html for name, html in _kinds(target, page) if name == kind), None)


def _kinds(target: str, page: Renderer) -> Iterator[tuple[str, str]]:
    library = page.library
    if target in library.slots:
        yield "slot", page.slot(target)
    sheet = library.self_check.sheet(target) if library.self_check else None
    if library.self_check and sheet:
        yield "self-check", self_check_block(page, library.self_check, sheet)
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
