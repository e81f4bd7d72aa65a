"""The self-check is refused with every fault named: clauses, red lines, correction, words that decide or count."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from quiz_app.config import PACKAGE, PROJECT
from quiz_app.content.faults import ContentInvalid, faults_of
from quiz_app.content.library import Library
from quiz_app.content.loader import load_library
from quiz_app.content.self_check import CORRECTION_PARTS, SHEETS, SelfCheck
from quiz_app.content.self_check_rules import self_check_faults

GROUNDS, APPLICATION, FILING = ("sheets", 0), ("sheets", 1), ("sheets", 2)
RULE = (*GROUNDS, "steps", 0, "questions", 0)
BANNED = (*GROUNDS, "steps", 0, "questions", 1)
STOPPED = (*GROUNDS, "steps", -1, "blanks", 0)
WATCH = (*FILING, "steps", 1, "blanks", 4)

Edit = Callable[[Any], object]


@pytest.fixture(scope="module")
def shipped() -> Library:
    """The whole library as it is shipped."""
    return load_library(PACKAGE / "library", PROJECT / "cases")


def at(data: Any, keys: tuple[str | int, ...]) -> Any:
    """The value below these keys."""
    for key in keys:
        data = data[key]
    return data


def put(*keys: str | int, value: object) -> Edit:
    """An edit that sets one field."""

    def edit(data: Any) -> None:
        at(data, keys[:-1])[keys[-1]] = value

    return edit


def drop(*keys: str | int) -> Edit:
    """An edit that takes one field or entry out."""

    def edit(data: Any) -> None:
        del at(data, keys[:-1])[keys[-1]]

    return edit


def without_answer(code: str) -> Edit:
    """An edit after which an answer of the first question leads nowhere."""

    def edit(data: Any) -> None:
        question = at(data, RULE)
        question["then"] = [then for then in question["then"] if code not in then["when"]]

    return edit


def lines(library: Library, edit: Edit) -> list[str]:
    """The faults of the shipped sheets after an edit, in their shape or between their parts."""
    assert library.self_check is not None
    data = library.self_check.model_dump(mode="json", exclude_none=True)
    edit(data)
    try:
        changed = SelfCheck.model_validate_json(json.dumps(data))
    except ValidationError as error:
        return [fault.line() for fault in faults_of("f", error)]
    return [fault.line() for fault in self_check_faults("f", changed, library)]


SPOILT: list[tuple[str, Edit, str, str]] = [
    ("an unknown key", put(*RULE, "verdict", value="yes"), "questions.0.verdict", "不认识的键"),
    ("a missing translation", drop(*RULE, "ask", "en"), "questions.0.ask.en", "缺少"),
    ("a question without a clause", put(*RULE, "clauses", value=[]), "questions.0.clauses", "太少"),
    ("a clause that does not exist", put(*RULE, "clauses", value=["no/such"]), "situation.rule", "没有条款 no/such"),
    ("a repealed clause", put(*RULE, "clauses", value=["sasac-order-37/replaced"]), "situation.rule", "已被取代或废止"),
    ("a clause to be verified", put(*RULE, "clauses", value=["xiangshan-filing/filing"]), "situation.rule", "待核条款"),
    ("the working paper alone", put(*RULE, "clauses", value=["working-paper/before"]), "situation.rule", "工作思考"),
    (
        "a red line of another place",
        put(*BANNED, "clauses", value=["changning-opinion-2016/exclusions"]),
        "situation.banned",
        "全国适用",
    ),
    ("a missing sheet", drop(*FILING), "sheets", "依次为"),
    ("the person before the situation", lambda d: at(d, GROUNDS)["steps"].reverse(), "grounds.steps", "先情况和规则"),
    ("a sheet without correction", drop(*APPLICATION, "steps", -1), "application.steps", "最后一步须是纠错"),
    ("correction without who", drop(*GROUNDS, "steps", -1, "blanks", 3), "grounds.correction.who", "必写"),
    ("a part that may stay empty", drop(*STOPPED, "checks", 0), "grounds.correction.stopped", "必写"),
    ("an empty step", put(*FILING, "steps", 0, "questions", value=[]), "filing.before", "没有内容"),
    ("a doubled id", put(*RULE, "id", value="banned"), "grounds.banned", "编号重复"),
    ("an unsure answer that is left alone", without_answer("unsure"), "situation.rule", "不确定"),
    ("an answer that leads nowhere", without_answer("no"), "situation.rule", "答案 no 没有下文"),
    ("two consequences in one", put(*RULE, "then", 0, "office", value="legal"), "rule.then.0", "一样"),
    ("an office without a question", drop(*RULE, "then", -1, "about"), "rule.then.3", "同时写"),
    ("an unknown office", put(*RULE, "then", -1, "office", value="nobody"), "rule.then.3", "没有部门 nobody"),
    ("a rule of wording without words", drop(*WATCH, "checks", 1, "words"), "watch.checks.1", "words"),
    (
        "a wording that is not named",
        put(*WATCH, "checks", 1, "say", "zh", value="换一种写法。"),
        "watch.checks.1.say",
        "{word}",
    ),
    ("a word of a determination", put(*RULE, "then", 0, "paper", "zh", value="可以免责的说明"), "rule.zh", "认定结论"),
    ("the same in English", put(*GROUNDS, "papers", 0, "en", value="what may be tolerated"), "papers.en", "认定结论"),
    ("a score", put(*RULE, "then", 0, "paper", "zh", value="得分表"), "rule.zh", "打分"),
]


@pytest.mark.parametrize(("edit", "place", "reason"), [one[1:] for one in SPOILT], ids=[one[0] for one in SPOILT])
def test_the_self_check_is_refused_because_of(shipped: Library, edit: Edit, place: str, reason: str) -> None:
    found = lines(shipped, edit)
    assert any(place in line and reason in line for line in found), found


def test_each_fault_stands_alone(shipped: Library) -> None:
    found = lines(shipped, put(*RULE, "then", 0, "paper", "zh", value="得分表"))
    assert found == ["f: grounds.situation.rule.zh: 出现打分的用词"]


def test_the_slot_for_advice_must_be_there(shipped: Library) -> None:
    assert shipped.self_check is not None
    found = list(self_check_faults("f", shipped.self_check, replace(shipped, slots={})))
    assert [fault.line("en") for fault in found] == ["f: sheets: there is no local slot contact"]


def test_every_sheet_ends_in_correction_and_every_red_line_names_what_to_do_first(shipped: Library) -> None:
    assert shipped.self_check is not None
    assert tuple(sheet.id for sheet in shipped.self_check.sheets) == SHEETS
    for sheet in shipped.self_check.sheets:
        assert {blank.id for blank in sheet.steps[-1].blanks} == set(CORRECTION_PARTS)
        assert any(question.red_line for question in sheet.questions)
    names = {one.red_line.name.zh for one in shipped.self_check.sheets[0].questions if one.red_line}
    assert names == {"谋取私利", "明令禁止后仍做", "绕开集体决策", "弄虚作假", "重大安全责任", "拒不纠正"}


def test_the_loader_reports_its_faults_with_all_others(tmp_path: Path) -> None:
    with pytest.raises(ContentInvalid) as refused:
        load_library(tmp_path, tmp_path)
    assert any(fault.line().endswith("self_check.yml: -: 没有这个文件") for fault in refused.value.faults)


def test_a_release_holds_it(shipped: Library) -> None:
    assert '"self_check":{"offices"' in shipped.body.decode("utf-8")
    assert replace(shipped, self_check=None).digest != shipped.digest
