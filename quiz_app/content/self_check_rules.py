"""The rules the self-check and the rehearsals must keep, beyond the shape of their fields (product.md §2.7)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from .cases import GROUNDS
from .checks import reference_faults
from .faults import Fault, fault
from .library import Library
from .self_check import (
    ANSWERS,
    CONTACT_SLOT,
    CORRECTION,
    CORRECTION_PARTS,
    SHEETS,
    Blank,
    Check,
    Question,
    SelfCheck,
    Sheet,
    Then,
)
from .text import LANGUAGES, Text

SITUATION = "situation"
_ALLOWED = re.compile("备案不等于免责|filing is not exemption", re.IGNORECASE)
_VERDICT = re.compile("免责|减责|容错|免予|不予|从轻|减轻|exempt|mitigat|tolerat|waive", re.IGNORECASE)
_SCORE = re.compile(r"得分|打分|评分|分值|加分|扣分|\bscores?\b|\bpoints\b", re.IGNORECASE)


def self_check_faults(file: str, self_check: SelfCheck, library: Library) -> Iterator[Fault]:
    """Every rule this file breaks; clauses, offices and the slot for advice are looked up in the library."""
    if CONTACT_SLOT not in library.slots:
        yield fault(file, "sheets", f"没有地方内容 {CONTACT_SLOT}", f"there is no local slot {CONTACT_SLOT}")
    if tuple(sheet.id for sheet in self_check.sheets) != SHEETS:
        yield fault(file, "sheets", f"须依次为 {', '.join(SHEETS)}", f"must be {', '.join(SHEETS)} in this order")
    for sheet in self_check.sheets:
        yield from _order_faults(file, sheet)
        yield from _doubled_ids(file, sheet)
        for step in sheet.steps:
            place = f"{sheet.id}.{step.id}"
            yield from reference_faults(file, place, step.clauses, library)
            for question in step.questions:
                yield from _question_faults(file, f"{place}.{question.id}", question, self_check, library)
            for blank in step.blanks:
                yield from _blank_faults(file, f"{place}.{blank.id}", blank)
        yield from _wording_faults(file, sheet)


def _order_faults(file: str, sheet: Sheet) -> Iterator[Fault]:
    steps = [step.id for step in sheet.steps]
    if sheet.id == "grounds" and steps != [SITUATION, *GROUNDS, CORRECTION]:
        reason = "先情况和规则，再六个方面，最后纠错", "the situation first, then the six grounds, then correction"
        yield fault(file, f"{sheet.id}.steps", *reason)
    if steps[-1] != CORRECTION:
        yield fault(file, f"{sheet.id}.steps", "最后一步须是纠错", "the last step must be correction")
        return
    last = sheet.steps[-1]
    for part in CORRECTION_PARTS:
        blank = next((one for one in last.blanks if one.id == part), None)
        if blank is None or blank.checks[0].kind != "filled":
            place = f"{sheet.id}.{CORRECTION}.{part}"
            yield fault(file, place, "纠错部分缺少必写的这一项", "correction lacks this required part")
    for step in sheet.steps:
        if not step.questions and not step.blanks:
            yield fault(file, f"{sheet.id}.{step.id}", "这一步没有内容", "this step asks nothing")


def _doubled_ids(file: str, sheet: Sheet) -> Iterator[Fault]:
    ids = [step.id for step in sheet.steps] + [question.id for question in sheet.questions]
    ids += [blank.id for step in sheet.steps for blank in step.blanks]
    for name, times in Counter(ids).items():
        if times > 1:
            yield fault(file, f"{sheet.id}.{name}", "编号重复", "doubled id")


def _question_faults(
    file: str, place: str, question: Question, self_check: SelfCheck, library: Library
) -> Iterator[Fault]:
    yield from reference_faults(file, f"{place}.clauses", question.clauses, library)
    yield from _grade_faults(file, place, question, library)
    for number, then in enumerate(question.then):
        yield from _then_faults(file, f"{place}.then.{number}", then, self_check)
    helped = {code for then in question.then if then.open or then.office for code in then.when}
    if "unsure" not in helped:
        yield fault(file, place, "答“不确定”须有要问的部门或者问题", "“not sure” must lead to an office or a question")
    led = {code for then in question.then for code in then.when}
    for code in ANSWERS:
        if code not in led and not (question.red_line and code == "no"):
            yield fault(file, place, f"答案 {code} 没有下文", f"the answer {code} leads nowhere")


def _grade_faults(file: str, place: str, question: Question, library: Library) -> Iterator[Fault]:
    known = [library.clauses[ref] for ref in question.clauses if ref in library.clauses]
    grades = {instrument.grade_of(clause) for instrument, clause in known}
    if "C" in grades:
        yield fault(file, f"{place}.clauses", "待核条款不得引用", "a clause still to be verified is not cited")
    if grades == {"D"}:
        yield fault(file, f"{place}.clauses", "不能只引工作思考", "not resting on the working paper alone")
    if question.red_line and known and all(one.kind in ("local", "proposal") for one, _ in known):
        reason = "红线须有全国适用的条款", "a red line needs a clause that applies nationally"
        yield fault(file, f"{place}.clauses", *reason)


def _then_faults(file: str, place: str, then: Then, self_check: SelfCheck) -> Iterator[Fault]:
    if sum(one is not None for one in (then.paper, then.open, then.office)) != 1:
        reason = "只写材料、问题、部门中的一样", "name exactly one of a paper, a question and an office"
        yield fault(file, place, *reason)
    if (then.office is None) != (then.about is None):
        yield fault(file, place, "部门和要问的事须同时写", "an office and what to ask it go together")
    if then.office is not None and self_check.office(then.office) is None:
        yield fault(file, place, f"没有部门 {then.office}", f"there is no office {then.office}")


def _blank_faults(file: str, place: str, blank: Blank) -> Iterator[Fault]:
    for number, check in enumerate(blank.checks):
        if (check.kind == "avoids") != (check.words is not None):
            reason = "avoids 须写 words，其他不写", "avoids needs words, other rules have none"
            yield fault(file, f"{place}.checks.{number}", *reason)
        if check.kind == "avoids" and not all("{word}" in check.say.in_language(one) for one in LANGUAGES):
            yield fault(file, f"{place}.checks.{number}.say", "须写 {word}", "must name the wording as {word}")


def _wording_faults(file: str, sheet: Sheet) -> Iterator[Fault]:
    """A list of papers never says how the matter will be decided, and counts nothing."""
    for place, text in _said(sheet):
        for language in LANGUAGES:
            wording = _ALLOWED.sub("", text.in_language(language))
            if _VERDICT.search(wording):
                yield fault(file, f"{place}.{language}", "出现认定结论的用词", "uses a word of a determination")
            if _SCORE.search(wording):
                yield fault(file, f"{place}.{language}", "出现打分的用词", "speaks of marks given")


def _said(sheet: Sheet) -> Iterator[tuple[str, Text]]:
    yield from ((f"{sheet.id}.papers", paper) for paper in sheet.papers)
    for step in sheet.steps:
        for question in step.questions:
            yield from ((f"{sheet.id}.{step.id}.{question.id}", text) for text in _said_of(question))
        for blank in step.blanks:
            texts = [blank.label, blank.hint, *(text for check in blank.checks for text in _of_check(check))]
            yield from ((f"{sheet.id}.{step.id}.{blank.id}", text) for text in texts)


def _said_of(question: Question) -> Iterator[Text]:
    yield from (question.ask, question.evidence)
    if question.red_line:
        yield from (question.red_line.name, question.red_line.first)
    for then in question.then:
        yield from (text for text in (then.paper, then.open, then.about) if text)


def _of_check(check: Check) -> tuple[Text, Text]:
    return check.say, check.tick
