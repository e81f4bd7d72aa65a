"""What a suggestion and its answer may be, and the number that a sender notes."""

from __future__ import annotations

import re

import pytest

from quiz_app.domain.suggestions import (
    DECISION_WORDS,
    MAX_ABOUT,
    MAX_ANSWER,
    MAX_TEXT,
    SET_ASIDE,
    Decision,
    Reply,
    Suggestion,
    number_of,
    plain,
    reply_of,
    suggestion_of,
    typed_number,
)


def test_a_suggestion_keeps_its_lines_and_loses_the_space_around_it() -> None:
    found, problems = suggestion_of("  风险备案\t这一页 ", "\r\n第一行  \r\n\r\n第二行\t后面\r\n")
    assert problems == []
    assert found == Suggestion("风险备案 这一页", "第一行\n\n第二行 后面")


def test_a_line_break_counts_once_as_it_does_in_the_browser() -> None:
    assert suggestion_of("", "一\r\n" * (MAX_TEXT // 2))[1] == []
    assert suggestion_of("", "一" * MAX_TEXT)[1] == []


@pytest.mark.parametrize(
    ("about", "text", "problems"),
    [
        ("", "", ["text_empty"]),
        ("关于", " \n\t\u3000 ", ["text_empty"]),
        ("", "\u200b\u202e\ufeff\x07", ["text_empty"]),
        ("", "字" * (MAX_TEXT + 1), ["text_long"]),
        ("页" * (MAX_ABOUT + 1), "好", ["about_long"]),
        ("页" * (MAX_ABOUT + 1), "", ["about_long", "text_empty"]),
    ],
)
def test_each_thing_that_stands_against_a_suggestion_is_named(about: str, text: str, problems: list[str]) -> None:
    assert suggestion_of(about, text)[1] == problems


def test_marks_that_turn_or_hide_text_are_left_out() -> None:
    assert plain("甲\u202e乙\u2066丙\u200b丁\x1b[31m戊") == "甲乙丙丁[31m戊"


def test_a_reply_is_an_answer_with_words_or_a_reason_without() -> None:
    assert reply_of("answered", " 已改 \r\n") == (Reply(Decision.ANSWERED, "已改"), [])
    assert reply_of("duplicate", "这里写的不保存") == (Reply(Decision.DUPLICATE, None), [])


@pytest.mark.parametrize(
    ("decision", "text", "problem"),
    [
        ("answered", " \n ", "answer_empty"),
        ("answered", "字" * (MAX_ANSWER + 1), "answer_long"),
        ("", "有话", "reason_missing"),
        ("forwarded", "有话", "reason_missing"),
    ],
)
def test_an_incomplete_reply_is_refused(decision: str, text: str, problem: str) -> None:
    assert reply_of(decision, text) == (None, [problem])


def test_every_decision_has_words_and_all_but_an_answer_set_aside() -> None:
    assert set(DECISION_WORDS) == set(Decision)
    assert {*SET_ASIDE, Decision.ANSWERED} == set(Decision)


def test_the_number_follows_from_the_key_of_the_form_alone_and_says_nothing_of_it() -> None:
    numbers = {number_of(f"once-{count}") for count in range(2000)}
    assert len(numbers) == 2000
    assert number_of("once-1") == number_of("once-1")
    assert all(re.fullmatch(r"[A-HJKMNP-Z2-9]{4}(-[A-HJKMNP-Z2-9]{4}){2}", number) for number in numbers)


def test_a_number_is_found_however_it_is_typed() -> None:
    number = number_of("once")
    for typed in (number, number.lower(), number.replace("-", ""), f" {number.replace('-', ' ')} "):
        assert typed_number(typed) == number
    assert typed_number("") == ""
