"""Before MkDocs: a copy of docs/ in which every page is plain Markdown and every page made from data is there."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import yaml

from quiz_app.content.faults import ContentInvalid, Fault, fault
from quiz_app.content.library import Library
from quiz_app.content.text import LANGUAGES, Language

from .case_pages import case_page, filter_rules, published_cases
from .notation import expand
from .paths import Place
from .render import Renderer

_FRONT_MATTER = re.compile(r"---\n(.*?)\n---\n", re.DOTALL)


def stage(docs: Path, library: Library, target: Path) -> None:
    """Fill `target` with the pages to build.

    Raises `ContentInvalid` with every reference of a page that leads nowhere.
    """
    shutil.copytree(docs / "assets", target / "assets")
    (target / "assets" / "case-filter.css").write_text(filter_rules(library), encoding="utf-8")
    faults: list[Fault] = []
    for language in LANGUAGES:
        search = Renderer(library, Place(language, "search.md"))
        _write(target, search.place, search.template("search.md"))
        stubs = _hand_written(docs / language, language, library, target, faults)
        for case in published_cases(library):
            page = Renderer(library, Place(language, f"cases/{case.id}.md"))
            _write(target, page.place, case_page(page, case, stubs.pop(case.id, {})))
        faults += [_orphan(language, case_id) for case_id in stubs]
    if faults:
        raise ContentInvalid(faults)


def _hand_written(
    folder: Path, language: Language, library: Library, target: Path, faults: list[Fault]
) -> dict[str, dict[str, str]]:
    """Stage the pages people wrote; the stubs of case pages come back by the case they stand for."""
    stubs: dict[str, dict[str, str]] = {}
    for file in sorted(folder.rglob("*.md")):
        page = Renderer(library, Place(language, file.relative_to(folder).as_posix()))
        text = file.read_text(encoding="utf-8")
        front = _front_matter(text)
        if "case" in front:
            stubs[front["case"]] = front
            continue
        markdown, found = expand(text, page)
        faults += found
        _write(target, page.place, markdown)
    return stubs


def _front_matter(text: str) -> dict[str, str]:
    match = _FRONT_MATTER.match(text)
    return dict(yaml.safe_load(match[1])) if match else {}


def _orphan(language: Language, case_id: str) -> Fault:
    name = f"docs/{language}/cases/{case_id}.md"
    return fault(name, "case", f"没有已发布的案例 {case_id}", f"there is no published case {case_id}")


def _write(target: Path, place: Place, markdown: str) -> None:
    path = target / place.language / place.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(markdown, encoding="utf-8")
