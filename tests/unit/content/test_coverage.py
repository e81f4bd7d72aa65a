"""Every clause of the register has a question or says why not, and at most a quarter may say why not."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
import yaml

from quiz_app.config import PACKAGE, PROJECT
from quiz_app.content.coverage import MOST_WITHOUT_ITEM, coverage_faults, coverage_of
from quiz_app.content.faults import ContentInvalid
from quiz_app.content.library import Library
from quiz_app.content.loader import load_library
from quiz_app.content.policy import NoItem

WITHOUT = "audit-law-2021/art15"
WITH = "soe-sanctions-2024/art12"


@pytest.fixture(scope="module")
def library() -> Library:
    """The shipped content."""
    return load_library(PACKAGE / "library", PROJECT / "cases")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the shipped content to spoil."""
    shutil.copytree(PACKAGE / "library", tmp_path / "library")
    shutil.copytree(PROJECT / "cases", tmp_path / "cases")
    return tmp_path


def reasoned(library: Library, reason: NoItem | None, *refs: str) -> Library:
    """The library with another reason, or none, at some clauses."""
    instruments = {
        one.id: one.model_copy(
            update={
                "clauses": tuple(
                    clause.model_copy(update={"no_item": reason}) if f"{one.id}/{clause.id}" in refs else clause
                    for clause in one.clauses
                )
            }
        )
        for one in library.instruments.values()
    }
    return replace(library, instruments=MappingProxyType(instruments))


def unasked(library: Library, refs: list[str]) -> Library:
    """The library whose questions cite the clauses no longer and which gives each a reason."""
    modules = {
        module.id: module.model_copy(
            update={
                "concepts": tuple(
                    concept.model_copy(
                        update={
                            "items": tuple(
                                item.model_copy(update={"clauses": tuple(c for c in item.clauses if c not in refs)})
                                for item in concept.items
                            )
                        }
                    )
                    for concept in module.concepts
                )
            }
        )
        for module in library.modules.values()
    }
    return reasoned(replace(library, modules=MappingProxyType(modules)), "look_up", *refs)


def found(library: Library) -> list[str]:
    """The lines of the faults, with an instrument's id for its file."""
    return [fault.line() for fault in coverage_faults(library, {one: one for one in library.instruments})]


def refused(folder: Path, bank: Path | None = None) -> list[str]:
    """The lines of the faults for which the loader refuses the content of a folder."""
    with pytest.raises(ContentInvalid) as refusal:
        load_library(folder / "library", folder / "cases", bank)
    return [fault.line() for fault in refusal.value.faults]


def test_a_clause_without_a_question_says_why(library: Library) -> None:
    assert found(reasoned(library, None, WITHOUT)) == ["audit-law-2021: clauses.art15.no_item: 没有题目，须写理由"]


def test_a_clause_with_a_question_gives_no_reason_for_having_none(library: Library) -> None:
    assert found(reasoned(library, "look_up", WITH)) == [
        "soe-sanctions-2024: clauses.art12.no_item: 已有题目，不写理由"
    ]


def test_at_most_a_quarter_of_the_clauses_is_without_a_question(library: Library) -> None:
    asked = [ref for ref, used in coverage_of(library).items() if used.modules]
    allowed = int(MOST_WITHOUT_ITEM * len(library.clauses))
    room = allowed - (len(library.clauses) - len(asked))
    assert found(unasked(library, asked[:room])) == []
    share = f"{allowed + 1} / {len(library.clauses)}"
    assert found(unasked(library, asked[: room + 1])) == [f"policy: no_item: 没有题目的条款超过四分之一（{share}）"]


def test_the_loader_refuses_a_clause_without_question_and_reason(copy: Path) -> None:
    path = copy / "library/policy/audit-law-2021.yml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    del next(clause for clause in data["clauses"] if clause["id"] == "art15")["no_item"]
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    assert refused(copy) == ["policy/audit-law-2021.yml: clauses.art15.no_item: 没有题目，须写理由"]


def test_a_private_bank_need_not_carry_our_register(copy: Path) -> None:
    bank = copy / "bank"
    bank.mkdir()
    shutil.copy(copy / "library/modules/correction.yml", bank)
    assert not [line for line in refused(copy, bank) if "no_item" in line]


def test_a_module_that_cannot_be_read_is_not_laid_on_the_clauses(copy: Path) -> None:
    (copy / "library/modules/correction.yml").write_text("concepts: [", encoding="utf-8")
    assert not [line for line in refused(copy) if "no_item" in line]
