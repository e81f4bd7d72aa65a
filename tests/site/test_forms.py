"""The forms on the built site: a list that leads to each, Word files as the adapter made them, complete pages."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from quiz_app.content.forms import NO_DETERMINATION, SUGGESTED, Form
from quiz_app.content.library import Library
from quiz_app.content.text import LANGUAGES, Language
from quiz_app.site.forms import file_of, form_page, write_forms
from quiz_app.site.notation import expand
from quiz_app.site.paths import Place
from quiz_app.site.render import Renderer
from tests.site.pages import PACKED, Page, pages, read
from tests.site.test_links import link_findings

A4_WIDTH = 590
"""CSS pixels between the margins of an A4 page: 156 mm."""


def folder_of(site: Path, language: Language) -> Path:
    return (site if language == "zh" else site / language) / "forms"


def page_of(site: Path, language: Language, name: str) -> Page:
    """A page below ``forms/`` as built; the list itself has no name."""
    return read((folder_of(site, language) / name / "index.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_word_files_of_the_site_are_those_of_the_library(
    site: Path, published: Library, language: Language, tmp_path: Path
) -> None:
    write_forms(tmp_path, published)
    for form in published.forms.values():
        built = (folder_of(site, language) / f"{form.id}.docx").read_bytes()
        assert built == file_of(form, published, language)
        assert built == (folder_of(tmp_path, language) / f"{form.id}.docx").read_bytes()
    beside = [path.name for path in folder_of(site, language).glob("*.docx.*")]
    assert [name for name in beside if name.endswith(PACKED)] == [], "a Word file is compressed already"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_names_each_form_its_page_and_its_file_with_the_size(
    site: Path, published: Library, language: Language
) -> None:
    page = page_of(site, language, "")
    links = {link["href"]: link for link in page.all("a") if "href" in link}
    for form in published.forms.values():
        size = round((folder_of(site, language) / f"{form.id}.docx").stat().st_size / 1000)
        title = form.title.in_language(language)
        for text in (form.title, form.purpose, form.filled_by, form.when):
            assert squeezed(text.in_language(language)) in squeezed(page.text)
        assert any(address.endswith(f"forms/{form.id}/") for address in links)
        file = next(link for address, link in links.items() if address.endswith(f"forms/{form.id}.docx"))
        assert file["download"] == f"{title}.docx"
        assert f"{size} KB" in page.text


def test_every_link_of_the_forms_and_of_the_page_on_cases_leads_somewhere(site: Path) -> None:
    found = pages(site)
    mine = [page for page in found if "/forms/" in page.path or page.path.endswith("/cases/submit/")]
    assert len(mine) == 18
    broken = link_findings(site, found)
    assert [line for line in broken if line.split(": ")[0] in {page.path for page in mine}] == []


def missing(page: Page, form: Form, language: Language) -> list[str]:
    """What the form says and its page does not; a cell to write in counts as one empty cell."""
    texts = [form.purpose, form.filled_by, form.when, form.warning, SUGGESTED, NO_DETERMINATION]
    for section in form.sections:
        texts += [section.title, *([section.note] if section.note else [])]
        for row in section.rows:
            texts += [row.label, *([row.hint] if row.hint else []), *row.entries, *row.options]
            texts += [column.label for column in row.columns]
    said = squeezed(page.text) + "".join(squeezed(region.get("aria-label", "")) for region in page.all("div"))
    return [text.zh for text in texts if squeezed(text.in_language(language)) not in said]


def squeezed(text: str) -> str:
    """The text without spaces, as pages break lines where they like."""
    return "".join(unescape(text).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_each_form_is_complete(site: Path, published: Library, language: Language) -> None:
    for form in published.forms.values():
        page = page_of(site, language, form.id)
        assert missing(page, form, language) == [], form.id
        rows = [row for section in form.sections for row in section.rows]
        tables = [row for row in rows if row.kind == "table"]
        assert len(page.all("tr")) == sum(1 + len(row.entries) + row.blank for row in tables)
        lines = [values["class"] for values in page.all("dd") if values.get("class", "").startswith("rc-lines-")]
        assert lines == [f"rc-lines-{row.lines or 1}" for row in rows if row.kind != "table"]


def test_what_a_page_leaves_out_is_named(published: Library) -> None:
    form = published.forms["application"]
    shorter = form.model_copy(update={"sections": form.sections[:-1]})
    page = read(form_page(Renderer(published, Place("zh", "forms/application.md")), shorter))
    assert form.sections[-1].rows[0].label.zh in missing(page, form, "zh")


def test_what_holds_elsewhere_says_so_on_the_page_and_in_the_file(site: Path, published: Library) -> None:
    scope = published.instruments["changning-opinion-2016"].scope
    assert scope.zh in page_of(site, "zh", "application").text
    assert squeezed(scope.en) in squeezed(page_of(site, "en", "application").text)


@pytest.mark.parametrize(("language", "name"), [("zh", "evidence"), ("en", "correction-plan"), ("en", "case-report")])
def test_a_printed_form_fits_the_width_of_the_paper(browser: Browser, home: str, language: str, name: str) -> None:
    page = browser.new_page(viewport={"width": A4_WIDTH, "height": 900})
    page.goto(f"{home}{'' if language == 'zh' else 'en/'}forms/{name}/")
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= A4_WIDTH
    wide = "[...document.querySelectorAll('.rc-sheet table')].filter(one => one.offsetWidth > one.parentElement.offsetWidth)"
    assert page.evaluate(f"{wide}.length") == 0
    assert not page.locator(".rc-files").first.is_visible()
    page.close()


def test_withdrawn_cases_are_listed_by_number_day_and_reason_alone(published: Library) -> None:
    case = published.cases["C-0001-001"]
    reason = case.title.model_copy(update={"zh": "本人撤回同意", "en": "Consent was withdrawn"})
    review = case.review.model_copy(update={"status": "withdrawn", "reason": reason, "date": "2026-12-01"})
    library = Library(
        published.instruments,
        published.modules,
        {case.id: case.model_copy(update={"review": review})},
    )
    for language in LANGUAGES:
        page = Renderer(library, Place(language, "cases/submit.md"))
        text, faults = expand("[[withdrawn]]", page)
        assert not faults
        assert all(one in text for one in (case.id, "2026-12-01", reason.in_language(language)))
        assert case.title.in_language(language) not in text
        assert page.both("目前没有撤回的案例", "No case has been withdrawn") not in text
