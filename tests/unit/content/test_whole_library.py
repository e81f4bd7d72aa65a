"""Counts from the files what the library has to hold, beyond the rules that refuse a single file.

The loader itself refuses a clause with neither item nor reason, a thin explanation, a case without notes for 45 and
90 minutes, a topic without its text to share and a term in one language; its tests stand beside this one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from quiz_app.config import PACKAGE, PROJECT
from quiz_app.content.cases import Case
from quiz_app.content.library import Library
from quiz_app.content.loader import load_library
from quiz_app.content.text import LANGUAGES
from tests.content_factories import small_library

MOST_ALIKE = 0.8
MOST_REASONS = 10
FIRST_OF_NEW_MODULES = 4
"""The first three modules are older than the rule on correction."""

ASKED_FOR = {
    "三个区分开来": "three-distinctions",
    "四敢": "four-dares",
    "风险备案": "risk-filing",
    "尽职合规免责事项清单": "exemption-list",
    "六个方面因素与七看": "six-grounds",
    "政治、底线、实事求是、人文四项原则": "four-principles",
    "谁问责谁负责与双轨运行": "who-holds-to-account",
    "前置容错程序": "tolerance-first",
    "本人或企业申请": "own-application",
    "容错纠错评审委员会": "review-committee",
    "联席会议": "joint-meeting",
    "长效跟踪": "long-term-follow-up",
    "事前防错、事中消错、事后查错": "correction",
    "大监督": "grand-oversight",
    "与薪酬、福利、选拔任用的衔接": "pay-and-selection",
    "督查指导与考核评价": "inspection-and-appraisal",
    "定期回访与谈心谈话": "follow-up-visits",
    "党委主体责任、书记第一责任人与述职述责述廉": "committee-responsibility",
    "教育培训": "training",
    "宣传与解读": "publicity",
    "总结交流与案例挖掘": "sharing",
    "澄清正名与诬告": "name-clearing",
    "五个“难”": "five-difficulties",
}
"""The systems the founding paper names, each with the topic that carries it."""

_UNIT = {"zh": re.compile(r"[㐀-鿿]|[0-9A-Za-z]+"), "en": re.compile(r"[0-9A-Za-z]+")}


def alike(library: Library) -> Iterator[str]:
    """Every two explanations, of one item or of different ones, that are more than 80 % alike in a language.

    The measure is the share of the units (Chinese characters, English words) that both have, each as often as both
    have it: twice the common units by the units of both. Their order does not count, so a sentence turned round is
    still alike.
    """
    for language in LANGUAGES:
        named = [
            (f"{item.id}.{option.id}", _units(option.explanation.in_language(language), _UNIT[language]))
            for item in library.items.values()
            for option in item.options
        ]
        for (one, units), (other, others) in combinations(named, 2):
            if 2 * len(units & others) > MOST_ALIKE * (len(units) + len(others)):
                yield f"{language}: {one} {other}"


def _units(text: str, unit: re.Pattern[str]) -> set[tuple[str, int]]:
    """The units of a text, each with its how-many-th so that a set counts repetitions."""
    seen: Counter[str] = Counter()
    units = set()
    for word in unit.findall(text.lower()):
        seen[word] += 1
        units.add((word, seen[word]))
    return units


def reasons(library: Library) -> list[str]:
    """The cells of the coverage table that hold a reason instead of items or cases."""
    cells = []
    for topic in library.topics.values():
        concepts = [library.modules[topic.module].concept(one) for one in topic.concepts]
        items = sum(len(concept.items) for concept in concepts if concept)
        cells += [f"{topic.id}: items"] * (not items) + [f"{topic.id}: cases"] * (not topic.cases)
    return cells


def missing_pages(docs: Path, library: Library) -> list[str]:
    """The pages of topics, modules and session kits that lack a language."""
    folders = {"policy": library.topics, "modules": library.modules, "session-kit": library.modules}
    paths = [f"{lang}/{folder}/{one}.md" for lang in LANGUAGES for folder, ids in folders.items() for one in ids]
    return [path for path in paths if not (docs / path).is_file()]


@pytest.fixture(scope="module")
def library() -> Library:
    """The shipped content."""
    return load_library(PACKAGE / "library", PROJECT / "cases")


@pytest.fixture(scope="module")
def published(library: Library) -> list[Case]:
    """The cases a reader meets."""
    return [case for case in library.cases.values() if case.review.status == "published"]


def test_twelve_modules_of_six_concepts_with_two_items_each(library: Library) -> None:
    assert [module.number for module in library.modules_in_order] == list(range(1, 13))
    assert {len(module.concepts) for module in library.modules.values()} == {6}
    assert len(library.items) >= 144


def test_outcomes_are_balanced_in_every_module_and_a_third_of_the_items_is_to_be_applied(library: Library) -> None:
    for module in library.modules.values():
        assert Counter(one.outcome for one in module.concepts) == {"know": 2, "judge": 2, "apply": 2}, module.id
    concepts = [concept for module in library.modules.values() for concept in module.concepts]
    applied = sum(len(concept.items) for concept in concepts if concept.outcome == "apply")
    assert applied * 3 >= len(library.items)


def test_two_fifths_of_the_newer_concepts_involve_correction(library: Library) -> None:
    newer = [module for module in library.modules_in_order if module.number >= FIRST_OF_NEW_MODULES]
    marked = [concept.correction for module in newer for concept in module.concepts]
    assert sum(marked) >= 0.4 * len(marked)


def test_keys_stand_in_every_place_about_equally_often(library: Library) -> None:
    places = Counter(item.key.id for item in library.items.values() if len(item.options) == 3)
    assert max(places.values()) - min(places.values()) <= 0.05 * len(library.items)


def test_no_two_explanations_are_alike(library: Library) -> None:
    assert list(alike(library)) == []


def test_explanations_that_are_alike_are_named_in_their_language() -> None:
    found = list(alike(small_library()))
    assert "en: first-1.a first-1.b" in found
    assert not any("first-1.a second-2.c" in line for line in found if line.startswith("zh"))


def test_thirty_cases_of_which_ten_are_real(published: list[Case]) -> None:
    assert len(published) >= 30
    assert sum(case.origin == "reported" for case in published) >= 10


def test_every_case_stands_beside_another(published: list[Case]) -> None:
    assert [case.id for case in published if not (case.contrast_with and case.contrast_note)] == []


def test_twelve_composed_cases_change_a_fact_and_six_are_played_in_roles(published: list[Case]) -> None:
    composed = [case for case in published if case.origin == "composed"]
    assert sum(bool(case.flips) for case in composed) >= 12
    assert sum(bool(case.roles) for case in composed) >= 6


def test_every_system_of_the_founding_paper_has_its_topic(library: Library) -> None:
    assert set(ASKED_FOR.values()) == set(library.topics)
    numbers = sorted(topic.number for topic in library.topics.values())
    assert numbers == list(range(1, len(ASKED_FOR) + 1))


def test_topics_modules_and_kits_have_their_pages(library: Library, tmp_path: Path) -> None:
    assert missing_pages(PROJECT / "docs", library) == []
    assert len(missing_pages(tmp_path, library)) == 2 * (len(library.topics) + 2 * len(library.modules))


def test_at_most_ten_cells_of_the_coverage_hold_a_reason(library: Library) -> None:
    assert len(reasons(library)) <= MOST_REASONS


def test_a_cell_with_a_reason_is_counted(library: Library) -> None:
    topic = library.topics["risk-filing"].model_copy(update={"concepts": (), "cases": ()})
    spoilt = Library(library.instruments, library.modules, topics={topic.id: topic})
    assert reasons(spoilt) == ["risk-filing: items", "risk-filing: cases"]
