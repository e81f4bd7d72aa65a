"""Before MkDocs: a copy of docs/ in which every page is plain Markdown and every page made from data is there."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from quiz_app.content.faults import ContentInvalid, Fault, fault
from quiz_app.content.library import Library
from quiz_app.content.text import LANGUAGES, Language

from .case_pages import case_page, filter_rules, published_cases
from .forms import FOLDER as FORMS
from .forms import form_page
from .journey import EDITION, STEPS, print_edition
from .kits import is_kit, kit_parts, with_links
from .notation import expand
from .paths import Place
from .render import Renderer
from .self_check import spelt_out
from .topics import clauses_by_page, with_share

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
        for form in library.forms.values():
            page = Renderer(library, Place(language, f"{FORMS}/{form.id}.md"))
            _write(target, page.place, form_page(page, form))
        faults += [_orphan(language, case_id) for case_id in stubs]
    if faults:
        raise ContentInvalid(faults)


def _hand_written(
    folder: Path, language: Language, library: Library, target: Path, faults: list[Fault]
) -> dict[str, dict[str, str]]:
    """Stage the pages people wrote; the stubs of case pages come back by the case they stand for."""
    stubs: dict[str, dict[str, str]] = {}
    texts = {
        file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8") for file in sorted(folder.rglob("*.md"))
    }
    fronts = {path: _front_matter(text) for path, text in texts.items()}
    cited = clauses_by_page(
        {path: (fronts[path].get("title", path), spelt_out(text, library)) for path, text in texts.items()}
    )
    for name in texts:
        if "case" in fronts[name]:
            stubs[fronts[name]["case"]] = fronts[name]
            continue
        for path, markdown in _pages_of(texts, fronts[name], Renderer(library, Place(language, name))):
            page = Renderer(library, Place(language, path), cited)
            expanded, found = expand(markdown, page)
            faults += found
            _write(target, page.place, expanded)
    return stubs


def _pages_of(texts: Mapping[str, str], front: dict[str, str], page: Renderer) -> Iterator[tuple[str, str]]:
    """A hand-written page by its path, with what is added to it, and the pages made from it."""
    path, text = page.place.path, texts[page.place.path]
    if is_kit(page):
        yield path, with_links(text, page)
        for part in kit_parts(text, front["title"], page):
            yield f"{path.removesuffix('.md')}{part.ending}.md", part.markdown
    else:
        yield path, with_share(text, page)
    if path == STEPS:
        yield EDITION, print_edition({name: _body(one) for name, one in texts.items()}, front["title"], page)


def _front_matter(text: str) -> dict[str, str]:
    match = _FRONT_MATTER.match(text)
    return dict(yaml.safe_load(match[1])) if match else {}


def _body(text: str) -> str:
    """What stands below the front matter."""
    match = _FRONT_MATTER.match(text)
    return text[match.end() :].strip() if match else text


def _orphan(language: Language, case_id: str) -> Fault:
    name = f"docs/{language}/cases/{case_id}.md"
    return fault(name, "case", f"没有已发布的案例 {case_id}", f"there is no published case {case_id}")


def _write(target: Path, place: Place, markdown: str) -> None:
    path = target / place.language / place.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(markdown, encoding="utf-8")
