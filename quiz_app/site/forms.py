"""The suggested forms on the site: Word files, a page of each to read and print, and the list of all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from quiz_app.adapters.form_docx import Sheet, render
from quiz_app.adapters.form_grid import TOGETHER, WIDE_FROM
from quiz_app.adapters.word_page import numeral
from quiz_app.content.forms import NO_DETERMINATION, SUGGESTED, Form
from quiz_app.content.library import Library
from quiz_app.content.local import SLOT_EMPTY
from quiz_app.content.policy import Instrument
from quiz_app.content.text import LANGUAGES, Language, Text

from .paths import Place
from .render import Renderer

FOLDER = "forms"


def forms_block(page: Renderer) -> str:
    """Every form with what it is for, who fills it in, when, its page and its Word file with the size."""
    rows = [{"form": form, "size": _size(form, page)} for form in page.library.forms_in_order]
    return page.template("forms.md", rows=rows)


def form_page(page: Renderer, form: Form) -> str:
    """The Markdown of one form, complete on screen and on paper, so that nobody needs Word."""
    return page.template(
        "form.md",
        form=form,
        suggested=page.text(SUGGESTED),
        no_determination=page.text(NO_DETERMINATION),
        size=_size(form, page),
        numeral=lambda number: numeral(number, page.language),
        wide_from=WIDE_FROM,
        together=TOGETHER,
        revised=_revised(form, page),
        asks=list(_asks(form, page)),
        basis=[(ref, _limit(page.library.clauses[ref][0])) for ref in form.clauses],
    )


def write_forms(site: Path, library: Library) -> None:
    """Write the Word file of each form into the built site, in both languages."""
    for language in LANGUAGES:
        folder = (site if language == "zh" else site / language) / FOLDER
        for form in library.forms_in_order:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{form.id}.docx").write_bytes(file_of(form, library, language))


def file_of(form: Form, library: Library, language: Language) -> bytes:
    """The Word file of a form; the same library gives the same bytes."""
    return _rendered(_sheet(form, library, language))


@cache
def _rendered(sheet: Sheet) -> bytes:
    return render(sheet)


def _sheet(form: Form, library: Library, language: Language) -> Sheet:
    page = Renderer(library, Place(language, f"{FOLDER}/{form.id}.md"))
    return Sheet(form, language, tuple(_basis(form, page)), tuple(_asks(form, page)), _revised(form, page))


def _asks(form: Form, page: Renderer) -> Iterator[str]:
    for name in form.slots:
        slot = page.library.slots[name]
        yield page.both("：", ": ").join([page.text(slot.title), page.text(slot.value or SLOT_EMPTY)])


def _basis(form: Form, page: Renderer) -> Iterator[str]:
    """Each document with the places the form follows and its force; what holds elsewhere, or is a proposal, says so."""
    places: dict[str, list[str]] = defaultdict(list)
    for ref in form.clauses:
        instrument, clause = page.library.clauses[ref]
        places[instrument.id].append(page.text(clause.locator))
    for name, locators in places.items():
        instrument = page.library.instruments[name]
        force = page.text(instrument.status_words)
        title, limit = page.text(instrument.title), _limit(instrument)
        if page.language == "zh":
            yield f"{title}{'、'.join(locators)}（{force}）" + (f"：{page.text(limit)}" if limit else "。")
        else:
            force = force[0].lower() + force[1:]
            yield f"{title}, {', '.join(locators)} ({force})" + (f": {page.text(limit)}" if limit else ".")


def _limit(instrument: Instrument) -> Text | None:
    """The scope, where a reader must not take a document for a rule that holds here."""
    return instrument.scope if instrument.kind in ("local", "proposal") else None


def _revised(form: Form, page: Renderer) -> str:
    day = date.fromisoformat(form.revised)
    return page.both(f"表样日期：{day.year}年{day.month}月{day.day}日。", f"Date of this form: {day.day} {day:%B %Y}.")


def _size(form: Form, page: Renderer) -> str:
    kilobytes = max(1, round(len(file_of(form, page.library, page.language)) / 1000))
    return f"{kilobytes} KB"
