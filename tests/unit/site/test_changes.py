"""The feed and the page of changes tell every revision of the register, with what stood there before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from quiz_app.content.library import Library
from quiz_app.content.text import LANGUAGES, Language, Text
from quiz_app.site.changes import FEED, changes_block, write_feeds
from quiz_app.site.paths import Place
from quiz_app.site.render import Renderer
from tests.content_factories import make_clause, make_instrument, small_library

ATOM = "{http://www.w3.org/2005/Atom}"
NAME = Text(zh="学习站", en="Study Site")


def entries(folder: Path, library: Library, language: Language) -> list[ElementTree.Element]:
    """The entries of the feed of one language, the latest first."""
    (folder / "en").mkdir(exist_ok=True)
    write_feeds(folder, library, NAME)
    feed = ElementTree.parse(folder / ("" if language == "zh" else "en") / FEED)  # noqa: S314 - our own file
    return feed.getroot().findall(f"{ATOM}entry")


def told(entry: ElementTree.Element, name: str) -> str:
    return entry.findtext(f"{ATOM}{name}") or ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_revision_is_an_entry_that_leads_to_its_clause(tmp_path: Path, language: Language) -> None:
    found = entries(tmp_path, small_library(["meaning", "cosmetic"]), language)
    words = {"zh": ("含义有变", "只改文字", "登记"), "en": ("Changed in meaning", "Wording only", "Registered")}[
        language
    ]
    assert [next(word for word in words if told(one, "title").startswith(word)) for one in found] == [
        *words,
        words[2],
    ]
    assert [told(one, "updated")[:10] for one in found] == ["2026-11-01", "2026-11-01", "2026-01-01", "2026-01-01"]
    links = [link.get("href") for one in found for link in one.findall(f"{ATOM}link")]
    assert links == [f"policy/register/#rule--{clause}" for clause in ("two", "two", "one", "two")]
    assert [told(one, "summary").rpartition("gist ")[2][:1] for one in found] == ["2", "3", "1", "1"]


def test_an_entry_keeps_its_name_at_the_next_build_and_has_another_in_the_other_language(tmp_path: Path) -> None:
    library = small_library(["meaning"])
    names = {language: [told(one, "id") for one in entries(tmp_path, library, language)] for language in LANGUAGES}
    assert [told(one, "id") for one in entries(tmp_path, library, "zh")] == names["zh"]
    assert len({*names["zh"], *names["en"]}) == 6
    later = entries(tmp_path, small_library(["meaning", "cosmetic"]), "zh")
    assert set(names["zh"]) < {told(one, "id") for one in later}


def test_marks_of_html_in_a_gist_leave_the_feed_well_formed(tmp_path: Path) -> None:
    clause = make_clause("one").model_copy(update={"gist": Text(zh="甲 < 乙 & <b>丙</b>", en="a < b & <b>c</b>")})
    library = replace(small_library(), instruments={"rule": make_instrument(clause)})
    assert [told(one, "summary") for one in entries(tmp_path, library, "zh")] == ["甲 < 乙 & <b>丙</b>"]


def test_the_page_sets_old_and_new_side_by_side_and_says_when_nothing_changed() -> None:
    page = Renderer(small_library(["meaning"]), Place("zh", "policy/changes.md"))
    shown = changes_block(page)
    assert "two gist 1" in shown
    assert shown.index("修改前：") < shown.index("two gist 1") < shown.index("修改后：") < shown.index("two gist 2")
    assert "登记以来还没有变化" in changes_block(Renderer(small_library(), Place("zh", "policy/changes.md")))
