"""The self-check and the rehearsals: one form that is complete on paper and goes step by step where scripts run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from quiz_app.content.library import Library
from quiz_app.content.self_check import ANSWERS, CONTACT_SLOT, CORRECTION, Question, SelfCheck, Sheet, Then
from quiz_app.content.text import Text

from .render import Renderer

NOTICE = Text(zh="学习参考，不构成认定意见。", en="For study only; this is no determination.")
_BLOCK = re.compile(r"\[\[self-check:([a-z]+)\]\]")
_HAN = "一二三四五六七八九十"

# What the script says; it looks the sentences up by these names.
_WORDS: dict[str, Text] = {
    "step": Text(zh="第 {now} 步，共 {all} 步", en="Step {now} of {all}"),
    "next": Text(zh="下一步", en="Next"),
    "go_on": Text(zh="先往下走", en="Go on as it is"),
    "correct": Text(zh="到纠错部分", en="On to correction"),
    "finish": Text(zh="整理成清单", en="Put the list together"),
    "unanswered": Text(
        zh="还有没选的。说不准的，选最后一项。", en="Not all is answered. If you cannot say, take the last answer."
    ),
    "choose": Text(zh="请选一项。", en="Please choose one."),
    "obligatory": Text(zh="纠错部分写完，才能整理清单。", en="The list needs the whole of the correction part."),
    "improve": Text(
        zh="这一部分还可以补写。现在补，或者先往下走，清单里会再列出来。",
        en="This part can still be completed, now or later; the list will name it again.",
    ),
    "trouble": Text(zh="还没有写完", en="Not complete"),
    "red_line": Text(zh="红线", en="Red line"),
    "basis": Text(zh="依据", en="Basis"),
    "stopped": Text(zh="停在这里", en="Stopped here"),
    "missing": Text(zh="还要补写的", en="Still to be written"),
    "papers": Text(zh="要准备的材料", en="Papers to prepare"),
    "offices": Text(zh="要问的部门", en="Offices to ask"),
    "open": Text(zh="还没弄清的问题", en="Open questions"),
    "written": Text(zh="写下的：{title}", en="Written: {title}"),
}


def self_check_block(page: Renderer, self_check: SelfCheck, sheet: Sheet) -> str:
    """The whole sheet as one form; what each answer leads to stands in it, so paper and script say the same."""
    numbers = {question.id: number for number, question in enumerate(sheet.questions, start=1)}
    return page.template(
        "self-check.md",
        sheet=sheet,
        steps=[(page.both(f"{_HAN[place]}、", f"{place + 1}. "), step) for place, step in enumerate(sheet.steps)],
        correction=CORRECTION,
        number=lambda question: numbers[question.id],
        answers=ANSWERS,
        label=lambda question, code: page.text(getattr(question.labels, code)),
        leads=lambda question: _leads(page, self_check, question),
        local=lambda ref: page.library.clauses[ref][0].kind == "local",
        wordings=lambda check: getattr(check.words, page.language) if check.words else (),
        words={name: page.text(text) for name, text in _WORDS.items()}
        | {"colon": page.both("：", ": "), "semicolon": page.both("；", "; ")},
        notice=page.text(NOTICE),
        contact=page.slot(CONTACT_SLOT),
    )


def spelt_out(text: str, library: Library) -> str:
    """A page whose block of a sheet is replaced by the clauses the sheet rests on, so that coverage counts them."""

    def clauses(match: re.Match[str]) -> str:
        sheet = library.self_check.sheet(match[1]) if library.self_check else None
        return " ".join(f"[[{ref}]]" for ref in sheet.clauses) if sheet else match[0]

    return _BLOCK.sub(clauses, text)


def _leads(page: Renderer, self_check: SelfCheck, question: Question) -> Iterator[dict[str, Any]]:
    """What the answers lead to, as the script collects it: kind, text and, for an office, whom to ask."""
    for then in question.then:
        labels = [page.text(getattr(question.labels, code)) for code in then.when]
        kind, verb, text = _kind_of(page, then)
        office = self_check.office(then.office) if then.office else None
        yield {
            "when": " ".join(then.when),
            "answers": page.both("、", ", ").join(f"“{one}”" for one in labels),
            "kind": kind,
            "verb": verb,
            "text": text,
            "office": page.text(office.name) if office else "",
        }


def _kind_of(page: Renderer, then: Then) -> tuple[str, str, str]:
    if then.paper:
        return "paper", page.both("准备", "prepare"), page.text(then.paper)
    if then.open:
        return "open", page.both("弄清", "find out"), page.text(then.open)
    return "office", page.both("去问", "ask"), page.text(then.about) if then.about else ""
