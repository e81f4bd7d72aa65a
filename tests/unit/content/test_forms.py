"""A form that leaves no room, forgets correction or cites what is not there is refused, with file and place."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from quiz_app.config import PACKAGE, PROJECT
from quiz_app.content.case_rules import case_faults
from quiz_app.content.forms import Form
from quiz_app.content.library import Library
from quiz_app.content.loader import load_library
from quiz_app.content.text import LocalText
from tests.guards.test_forbidden_words import EN_LABELS, ZH_LABELS
from tests.unit.content.test_loader import change, lines, put

NAMES = ["application", "facts", "evidence", "filing", "correction-plan", "follow-up", "case-report"]
BOX = ("sections", 0, "rows", 1)
TABLE = ("sections", 2, "rows", 0)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the real content to spoil."""
    shutil.copytree(PACKAGE / "library", tmp_path / "library")
    shutil.copytree(PROJECT / "cases", tmp_path / "cases")
    return tmp_path


@pytest.fixture(scope="module")
def library() -> Library:
    """The library as it is shipped."""
    return load_library(PACKAGE / "library", PROJECT / "cases")


def forget_correction(data: Any) -> None:
    for section in data["sections"]:
        section.pop("correction", None)


SPOILT: list[tuple[str, Callable[[Any], object], str, str]] = [
    ("an unknown key", put(*BOX, "size", value=3), "sections.0.rows.1.size", "不认识的键"),
    ("a missing translation", lambda d: d["title"].pop("en"), "title.en", "缺少"),
    ("no warning", lambda d: d.pop("warning"), "warning", "缺少"),
    ("an id unlike the file", put("id", value="other"), "id", "与文件名不符"),
    ("a clause that does not exist", put("clauses", value=["no/such"]), "clauses", "没有条款 no/such"),
    ("a clause still to be verified", put("clauses", value=["gbf-2025-1/tolerance"]), "clauses.0", "待核条款"),
    ("a repealed document", put("clauses", value=["sasac-order-37/replaced"]), "clauses", "已被取代或废止"),
    ("a slot that does not exist", put("slots", value=["none"]), "slots.0", "没有待填项 none"),
    ("no part on correction", forget_correction, "sections", "必须有一节写纠错"),
    ("a form without sections", put("sections", value=[]), "sections", "项数太少"),
    ("a section without rows", put("sections", 0, "rows", value=[]), "sections.0.rows", "项数太少"),
    ("a row of no kind", lambda d: d["sections"][0]["rows"][1].pop("lines"), "sections.0.rows.1", "也只写一样"),
    ("a row of two kinds", put("sections", 0, "rows", 0, "lines", value=1), "sections.0.rows.0", "也只写一样"),
    ("a box of no line", put(*BOX, "lines", value=0), "sections.0.rows.1.lines", "写法不对"),
    ("a box longer than a page", put(*BOX, "lines", value=40), "sections.0.rows.1.lines", "写法不对"),
    (
        "a choice of one",
        lambda d: d["sections"][0]["rows"][0].update(options=d["sections"][0]["rows"][0]["options"][:1]),
        "sections.0.rows.0.options",
        "选项至少两个",
    ),
    ("blank rows without a table", put(*BOX, "blank", value=2), "sections.0.rows.1", "只用于表格"),
    ("a table without a row", put(*TABLE, "entries", value=[]), "sections.2.rows.0", "没有一行可填"),
    (
        "a table of one column",
        lambda d: d["sections"][2]["rows"][0].update(columns=d["sections"][2]["rows"][0]["columns"][:1]),
        "sections.2.rows.0.columns",
        "表格至少两列",
    ),
    (
        "two columns of one name",
        lambda d: d["sections"][2]["rows"][0]["columns"].append(d["sections"][2]["rows"][0]["columns"][1]),
        "sections.2.rows.0.columns",
        "重复",
    ),
    (
        "two rows of one label",
        lambda d: d["sections"][0]["rows"].append(d["sections"][0]["rows"][1]),
        "sections.0.rows",
        "重复",
    ),
    ("a number taken twice", put("number", value=2), "number", "重复"),
    ("a day that is no day", put("revised", value="2026-13-01"), "revised", "格式不对"),
]


@pytest.mark.parametrize(("edit", "place", "reason"), [one[1:] for one in SPOILT], ids=[one[0] for one in SPOILT])
def test_a_form_is_refused_because_of(copy: Path, edit: Callable[[Any], object], place: str, reason: str) -> None:
    change(copy / "library/forms/application.yml", edit)
    found = lines(copy)
    # Of two forms with one number, the second to be read is named.
    names = ("forms/application.yml: ", "forms/facts.yml: ")
    assert any(line.startswith(tuple(f"{name}{place}" for name in names)) and reason in line for line in found), found


def test_a_form_may_be_called_as_a_module_and_each_fault_names_its_own_file(copy: Path) -> None:
    change(copy / "library/forms/application.yml", put("clauses", value=["no/form"]))
    change(copy / "library/modules/application.yml", put("concepts", 0, "clauses", value=["no/module"]))
    change(copy / "library/topics/risk-filing.yml", put("clauses", value=["no/topic"]))
    found = [line.split(": ")[0] + " " + line.rsplit(" ", 1)[1] for line in lines(copy)]
    assert {
        "forms/application.yml no/form",
        "modules/application.yml no/module",
        "topics/risk-filing.yml no/topic",
    } <= {*found}


def test_a_library_without_forms_is_told_so(copy: Path) -> None:
    shutil.rmtree(copy / "library/forms")
    assert any("forms: -: 没有这个文件夹" in line for line in lines(copy))


def test_the_seven_forms_are_there_in_order(library: Library) -> None:
    assert [form.id for form in library.forms_in_order] == NAMES
    assert all(form.clauses for form in library.forms.values())


def label_findings(form: Form) -> Iterator[str]:
    """Every label or column head that asks for what is never collected."""
    for section in form.sections:
        for row in section.rows:
            for text in (row.label, *(column.label for column in row.columns)):
                if ZH_LABELS.search(text.zh) or EN_LABELS.search(text.en):
                    yield text.zh


def test_no_form_asks_for_what_is_never_collected(library: Library) -> None:
    assert [found for form in library.forms.values() for found in label_findings(form)] == []


def test_a_label_that_does_is_named(library: Library) -> None:
    form = library.forms["facts"]
    row = form.sections[0].rows[0]
    spoilt = row.model_copy(update={"label": row.label.model_copy(update={"zh": "身份证号"})})
    section = form.sections[0].model_copy(update={"rows": (spoilt,)})
    assert list(label_findings(form.model_copy(update={"sections": (section,)}))) == ["身份证号"]


@pytest.mark.parametrize(
    ("status", "reason", "found"),
    [
        ("withdrawn", None, "撤回的案例须写理由"),
        ("published", LocalText(zh="理由", en="Reason"), "只有撤回的案例写理由"),
        ("withdrawn", LocalText(zh="理由", en="Reason"), None),
        ("published", None, None),
    ],
)
def test_a_withdrawn_case_says_why(library: Library, status: str, reason: LocalText | None, found: str | None) -> None:
    case = library.cases["C-0001-001"]
    review = case.review.model_copy(update={"status": status, "reason": reason})
    faults = list(case_faults("x.yml", case.model_copy(update={"review": review})))
    assert [(fault.place, fault.reason_zh) for fault in faults] == ([("review.reason", found)] if found else [])
