"""Bad content is refused with every fault at once, each as ``file: place: reason``."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from quiz_app.config import PACKAGE, PROJECT
from quiz_app.content.faults import ContentInvalid
from quiz_app.content.loader import library_from_release, load_library


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the real content to spoil."""
    shutil.copytree(PACKAGE / "library", tmp_path / "library")
    shutil.copytree(PROJECT / "cases", tmp_path / "cases")
    return tmp_path


def lines(folder: Path) -> list[str]:
    """The faults of the content in a folder."""
    with pytest.raises(ContentInvalid) as refused:
        load_library(folder / "library", folder / "cases")
    return [fault.line() for fault in refused.value.faults]


def change(path: Path, edit: Callable[[Any], object]) -> None:
    """Edits a YAML file as data."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    edit(data)
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")


def put(*keys: str | int, value: object) -> Callable[[Any], object]:
    """An edit that sets one field."""

    def edit(data: Any) -> None:
        for key in keys[:-1]:
            data = data[key]
        data[keys[-1]] = value

    return edit


MODULE = "library/modules/correction.yml"
POLICY = "library/policy/soe-sanctions-2024.yml"
REAL = "cases/R-2023-001.yml"
INVENTED = "cases/C-0001-001.yml"
ITEM = ("concepts", 0, "items", 0)

SPOILT: list[tuple[str, str, Callable[[Any], object], str, str]] = [
    ("an unknown key", MODULE, put(*ITEM, "answr", value="a"), "items.0.answr", "不认识的键"),
    ("a missing translation", MODULE, lambda d: d["concepts"][0]["title"].pop("en"), "concepts.0.title.en", "缺少"),
    ("an empty translation", MODULE, put("title", "en", value=" "), "title.en", "不能为空"),
    ("a clause that does not exist", MODULE, put(*ITEM, "clauses", value=["no/such"]), "items.0", "没有条款 no/such"),
    (
        "two keys",
        MODULE,
        lambda d: [o.update(right=True) for o in d["concepts"][0]["items"][0]["options"]],
        "options",
        "3 个",
    ),
    (
        "no key",
        MODULE,
        lambda d: [o.pop("right", 0) for o in d["concepts"][0]["items"][0]["options"]],
        "options",
        "0 个",
    ),
    ("a stem that asks nothing", MODULE, put(*ITEM, "stem", "zh", value="这是陈述。"), "stem", "问号"),
    (
        "a thin explanation",
        MODULE,
        put(*ITEM, "options", 0, "explanation", "zh", value="不对。"),
        "explanation.zh",
        "20",
    ),
    ("a forbidden phrase", MODULE, put(*ITEM, "options", 0, "text", "zh", value="以上都对"), "text.zh", "以上都"),
    (
        "a changed gist without a revision",
        POLICY,
        put("clauses", 0, "gist", "zh", value="改了意思"),
        "gist",
        "没有登记新版本",
    ),
    ("an unquoted date that is no date", POLICY, put("checked_on", value="昨天"), "checked_on", "格式不对"),
    ("an unknown status", POLICY, put("status", value="有效"), "status", "不是允许的取值"),
    ("an id unlike the file", POLICY, put("id", value="other-name"), "id", "与文件名不符"),
    ("a real case without a source", REAL, put("sources", value=[]), "sources", "必须有来源"),
    ("a verdict without correction", REAL, put("correction", value=[]), "correction", "太少"),
    (
        "only an unreported correction",
        REAL,
        put("correction", value=[{"stage": "after", "measure": "not_reported", "stated_by": "source"}]),
        "correction",
        "须补编者建议",
    ),
    ("a tolerated case on a red line", REAL, put("red_lines", value=["private_gain"]), "red_lines", "红线"),
    (
        "an opinion asked about a real case",
        REAL,
        put("discussion", "questions", 0, "kind", value="opinion"),
        "questions",
        "个人看法",
    ),
    ("an invented case with a place", INVENTED, put("place", value={"zh": "某市", "en": "A city"}), "place", "地点"),
    ("an invented case with a year", INVENTED, put("year", value=2024), "year", "年份"),
    (
        "a case that contrasts with none",
        INVENTED,
        put("contrast_with", value=["C-9999-999"]),
        "contrast_with",
        "没有案例",
    ),
    ("a case without English", INVENTED, lambda d: d["summary"].pop("en"), "summary.en", "缺少英文"),
]


@pytest.mark.parametrize(
    ("path", "edit", "place", "reason"), [case[1:] for case in SPOILT], ids=[case[0] for case in SPOILT]
)
def test_content_is_refused_because_of(
    copy: Path, path: str, edit: Callable[[Any], object], place: str, reason: str
) -> None:
    change(copy / path, edit)
    found = lines(copy)
    name = path.split("/", 1)[1] if path.startswith("library/") else path
    assert any(line.startswith(name) and place in line and reason in line for line in found), found


def test_a_doubled_key_is_named_with_its_line(copy: Path) -> None:
    path = copy / MODULE
    path.write_text(path.read_text(encoding="utf-8") + "\nnumber: 9\n", encoding="utf-8")
    assert any("correction.yml: line" in line and "重复的键" in line for line in lines(copy))


def test_a_mirror_is_never_linked(copy: Path) -> None:
    def edit(data: Any) -> None:
        mirror = next(source for source in data["sources"] if source["kind"] == "mirror")
        mirror["link_public"] = True

    change(copy / REAL, edit)
    assert any("镜像" in line for line in lines(copy))


def test_a_superseded_clause_is_not_cited(copy: Path) -> None:
    def edit(data: Any) -> None:
        for clause in data["clauses"]:
            if clause["id"] == "art12":
                clause["superseded_by"] = "soe-sanctions-2024/art13"

    change(copy / POLICY, edit)
    assert any("soe-sanctions-2024/art12 已被取代" in line for line in lines(copy))


def test_a_clause_still_to_be_verified_is_not_cited(copy: Path) -> None:
    change(copy / POLICY, put("grade", value="C"))
    assert any("待核条款不得引用" in line for line in lines(copy))


def test_a_broken_file_is_named_and_the_other_faults_are_still_found(copy: Path) -> None:
    (copy / MODULE).write_text("concepts: [", encoding="utf-8")
    change(copy / REAL, put("sources", value=[]))
    found = lines(copy)
    assert any("correction.yml" in line and "YAML" in line for line in found)
    assert any("R-2023-001.yml: sources" in line for line in found)


def test_the_shipped_content_has_no_fault_and_survives_being_stored() -> None:
    library = load_library(PACKAGE / "library", PROJECT / "cases")
    again = library_from_release(library.body)
    assert again.citations == library.citations
    assert again.items == library.items
