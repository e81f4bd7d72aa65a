"""Every kind of bad content is refused with the file, the place in it and the reason."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quiz_app.config import PACKAGE, PROJECT
from quiz_app.content.names import faults_of_names
from tests.unit.content.test_loader import change, lines, put

MODULE = "library/modules/correction.yml"
POLICY = "library/policy/soe-sanctions-2024.yml"
TOPIC = "library/topics/risk-filing.yml"
GLOSSARY = "library/glossary.yml"
LOCAL = "library/local.yml"
REAL = "cases/R-2023-001.yml"
INVENTED = "cases/C-0001-001.yml"

CONCEPT = "concepts.0.tolerated-still-corrected"
ITEM = f"{CONCEPT}.items.0.correction-tolerated-still-corrected-1"
MIRROR = "https://mirror.example.org/1"
NAMED = "总经理王建国擅自决定，没有提交集体讨论，这样做不属于先行先试。"
UNREPORTED = {"stage": "after", "measure": "not_reported", "stated_by": "source"}

Edit = Callable[[Any], object]


def at(path: str, value: object) -> Edit:
    """An edit that sets the field at a dotted path."""
    return put(*(int(part) if part.isdigit() else part for part in path.split(".")), value=value)


def drop(path: str) -> Edit:
    """An edit that takes out the field at a dotted path."""
    above, _, last = path.rpartition(".")

    def edit(data: Any) -> None:
        for part in above.split(".") if above else []:
            data = data[int(part) if part.isdigit() else part]
        del data[last]

    return edit


def keys(right: bool) -> Edit:
    """An edit after which every option of the first item is right, or none."""
    return lambda data: [option.update(right=right) for option in data["concepts"][0]["items"][0]["options"]]


def same_setting(data: Any) -> None:
    """Two parallel items in one setting."""
    first, second = data["concepts"][0]["items"]
    second["setting"] = first["setting"]


def twice(data: Any) -> None:
    """The first concept once more."""
    data["concepts"].append(data["concepts"][0])


def without_correction_question(data: Any) -> None:
    """The questions without the one about correction."""
    asked = data["discussion"]["questions"]
    data["discussion"]["questions"] = [one for one in asked if one["kind"] != "correction"]


BAD_INPUT: list[tuple[str, str, Edit, str, str]] = [
    ("a verdict and no correction part", REAL, drop("correction"), "correction", "缺少这一项"),
    ("a verdict and an empty one", REAL, at("correction", []), "correction", "项数太少"),
    ("a verdict and only 来源未载", REAL, at("correction", [UNREPORTED]), "correction", "须补编者建议"),
    ("a real case without a source", REAL, at("sources", []), "sources", "必须有来源"),
    ("an invented case with a place", INVENTED, at("place", {"zh": "某市", "en": "A city"}), "place", "地点"),
    ("a link to a mirror", REAL, at("sources.0.link_public", True), "sources.0.link_public", "镜像"),
    ("the address of a mirror", REAL, at("sources.0.address", MIRROR), "sources.0.address", "镜像"),
    ("a person's name in a case", REAL, at("facts.0.what.zh", NAMED), "facts.0.what.zh", "王建国"),
    ("the same in English", INVENTED, at("summary.en", "Mr Wang signed."), "summary.en", "Wang"),
    (
        "a person's name in a question",
        MODULE,
        at("concepts.0.items.0.options.0.explanation.zh", NAMED),
        "concepts.0.items.0.options.0.explanation.zh",
        "王建国",
    ),
    (
        "an expired clause in a question",
        MODULE,
        at("concepts.0.items.0.clauses", ["sasac-order-37/replaced"]),
        "concepts.0.items.0.clauses",
        "已被取代或废止",
    ),
    (
        "an expired clause in a case",
        REAL,
        at("basis.1.clause", "sasac-order-37/replaced"),
        "basis/correction/flips",
        "已被取代或废止",
    ),
    ("an expired clause on a topic", TOPIC, at("clauses", ["sasac-order-37/replaced"]), "clauses", "已被取代或废止"),
    ("a missing translation of a module", MODULE, drop("concepts.0.title.en"), "concepts.0.title.en", "缺少这一项"),
    ("a missing translation of a case", INVENTED, drop("summary.en"), "summary.en", "缺少英文"),
    ("a missing translation of a clause", POLICY, drop("clauses.0.gist.zh"), "clauses.0.gist.zh", "缺少这一项"),
    ("an empty translation", MODULE, at("title.en", " "), "title.en", "不能为空"),
    ("a text to share in one language", TOPIC, drop("share.en"), "share.en", "缺少这一项"),
    ("a term in one language", GLOSSARY, drop("terms.0.term.en"), "terms.0.term.en", "缺少这一项"),
    ("a slot in one language", LOCAL, drop("slots.0.title.en"), "slots.0.title.en", "缺少这一项"),
]
"""What the issue calls bad input, but for the dead anchor, which the build of the site finds."""

OTHERS: list[tuple[str, str, Edit, str, str]] = [
    ("an unknown key", MODULE, at("concepts.0.items.0.answr", "a"), "concepts.0.items.0.answr", "不认识的键"),
    (
        "a clause that does not exist",
        MODULE,
        at("concepts.0.items.0.clauses", ["no/such"]),
        "concepts.0.items.0.clauses",
        "没有条款 no/such",
    ),
    (
        "the working paper alone",
        MODULE,
        at("concepts.0.items.0.clauses", ["working-paper/before"]),
        "concepts.0.items.0.clauses",
        "不能只引工作思考",
    ),
    (
        "a clause still to be verified",
        MODULE,
        at("concepts.0.items.0.clauses", ["xiangshan-filing/filing"]),
        "concepts.0.items.0.clauses",
        "待核条款不得引用",
    ),
    ("two keys", MODULE, keys(right=True), f"{ITEM}.options", "现有 3 个"),
    ("no key", MODULE, keys(right=False), f"{ITEM}.options", "现有 0 个"),
    ("a stem that asks nothing", MODULE, at("concepts.0.items.0.stem.zh", "这是陈述。"), f"{ITEM}.stem", "问号"),
    (
        "a thin explanation",
        MODULE,
        at("concepts.0.items.0.options.0.explanation.zh", "不对。"),
        f"{ITEM}.options.0.explanation.zh",
        "少于 20 个汉字",
    ),
    (
        "a thin English explanation",
        MODULE,
        at("concepts.0.items.0.options.0.explanation.en", "This is wrong."),
        f"{ITEM}.options.0.explanation.en",
        "少于 12 个词",
    ),
    (
        "a forbidden phrase",
        MODULE,
        at("concepts.0.items.0.options.0.text.zh", "以上都对"),
        f"{ITEM}.options.0.text.zh",
        "以上都",
    ),
    (
        "a key that stands out by its length",
        MODULE,
        at("concepts.0.items.0.options.0.text.zh", "同一句写有督促整改" * 4),
        f"{ITEM}.options",
        "正确项过长（zh）",
    ),
    ("one setting for parallel items", MODULE, same_setting, f"{CONCEPT}.items", "情境须不同"),
    ("a doubled concept", MODULE, twice, "concepts.tolerated-still-corrected", "知识点编号重复"),
    (
        "a changed gist without a revision",
        POLICY,
        at("clauses.0.gist.zh", "改了意思"),
        "clauses.0.art4.gist",
        "没有登记新版本",
    ),
    ("a date that is none", POLICY, at("checked_on", "昨天"), "checked_on", "格式不对"),
    ("an unknown status", POLICY, at("status", "有效"), "status", "不是允许的取值"),
    ("an id unlike the file", POLICY, at("id", "other-name"), "id", "与文件名不符"),
    ("a tolerated case on a red line", REAL, at("red_lines", ["private_gain"]), "red_lines", "红线"),
    (
        "an opinion asked about a real case",
        REAL,
        at("discussion.questions.0.kind", "opinion"),
        "discussion.questions",
        "个人看法",
    ),
    ("no question about correction", REAL, without_correction_question, "discussion.questions", "必须有一道纠错题"),
    ("an invented case with a year", INVENTED, at("year", 2024), "year", "年份"),
    ("a contrast with no case", INVENTED, at("contrast_with", ["C-9999-999"]), "contrast_with", "没有案例 C-9999-999"),
    ("a case for no module", INVENTED, at("modules", ["none"]), "modules", "没有模块 none"),
    ("a topic of no module", TOPIC, at("module", "none"), "module", "没有模块 none"),
    ("a topic without cases or a reason", TOPIC, at("cases", []), "gap", "须写理由"),
]
SPOILT = [*BAD_INPUT, *OTHERS]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped content; each test spoils one file of it and puts that back."""
    copy = tmp_path_factory.mktemp("content")
    shutil.copytree(PACKAGE / "library", copy / "library")
    shutil.copytree(PROJECT / "cases", copy / "cases")
    return copy


@pytest.mark.parametrize(
    ("path", "edit", "place", "reason"), [fault[1:] for fault in SPOILT], ids=[fault[0] for fault in SPOILT]
)
def test_content_is_refused_because_of(folder: Path, path: str, edit: Edit, place: str, reason: str) -> None:
    whole = (folder / path).read_text(encoding="utf-8")
    try:
        change(folder / path, edit)
        found = lines(folder)
    finally:
        (folder / path).write_text(whole, encoding="utf-8")
    beginning = f"{path.removeprefix('library/')}: {place}: "
    name = beginning if path.count("/") == 2 or path.startswith("cases/") else f"library/{beginning}"
    assert any(line.startswith(name) and reason in line.removeprefix(name) for line in found), found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("会计赵六，请李明同志说明。", ["赵六", "李明"]),
        ("姓名：陈小华", ["陈小华"]),
        ("Comrade Li and Dr. Zhang", ["Li", "Zhang"]),
        ("项目负责人周某，总经理某，当事人陈某某在场", []),
        ("请一位懂投资程序的同志说明；员工作息，经理何时、主任任期、会计金额", []),
        ("The doctor and the comrade", []),
    ],
)
def test_names_are_told_from_posts_and_everyday_words(text: str, names: list[str]) -> None:
    found = [fault.reason_zh.split("“")[1].split("”")[0] for fault in faults_of_names("f", "p", text)]
    assert found == names
