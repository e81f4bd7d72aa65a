"""意见建议: what may be sent and answered. Nothing here is about the sender, and nothing anywhere is."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from ..content.text import Text

MAX_ABOUT = 60
MAX_TEXT = 500
MAX_ANSWER = 1000
MOST_A_MINUTE = 10
"""New suggestions of everybody together: who sends them is not known, so nobody can be counted alone."""

_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_NUMBER_LENGTH = 12
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
"""Control characters and marks that turn or hide text; nobody types them on purpose."""

Problem = Literal["about_long", "text_empty", "text_long", "answer_empty", "answer_long", "reason_missing"]


class Decision(StrEnum):
    """What the supervisor did with a suggestion."""

    ANSWERED = "answered"
    NAMES_PEOPLE = "names_people"
    UNRELATED = "unrelated"
    DUPLICATE = "duplicate"


DECISION_WORDS: dict[Decision, Text] = {
    Decision.ANSWERED: Text(zh="已答复", en="Answered"),
    Decision.NAMES_PEOPLE: Text(zh="搁置：涉及具体的人和事", en="Set aside: it is about particular people or events"),
    Decision.UNRELATED: Text(zh="搁置：与本站无关", en="Set aside: it is not about this site"),
    Decision.DUPLICATE: Text(zh="搁置：与已有的意见重复", en="Set aside: the same was suggested before"),
}

SET_ASIDE = tuple(decision for decision in Decision if decision is not Decision.ANSWERED)
"""The reasons for which a suggestion is not answered; its text is then not published."""


@dataclass(frozen=True)
class Suggestion:
    """What is kept of a suggestion but its day and number: the page it is about, which may be empty, and the text."""

    about: str
    text: str


@dataclass(frozen=True)
class Reply:
    """What the supervisor enters: a decision, with the words of an answer."""

    decision: Decision
    text: str | None


def suggestion_of(about: str, text: str) -> tuple[Suggestion, list[Problem]]:
    """The suggestion as it would be kept, and what stands against keeping it."""
    found = Suggestion(" ".join(plain(about).split()), plain(text))
    problems: list[Problem] = []
    if len(found.about) > MAX_ABOUT:
        problems.append("about_long")
    if not found.text:
        problems.append("text_empty")
    elif len(found.text) > MAX_TEXT:
        problems.append("text_long")
    return found, problems


def reply_of(decision: str, text: str) -> tuple[Reply | None, list[Problem]]:
    """The reply as it would be kept, or what stands against keeping it."""
    if decision not in list(Decision):
        return None, ["reason_missing"]
    if decision != Decision.ANSWERED:
        return Reply(Decision(decision), None), []
    words = plain(text)
    if not words:
        return None, ["answer_empty"]
    return (None, ["answer_long"]) if len(words) > MAX_ANSWER else (Reply(Decision.ANSWERED, words), [])


def number_of(once: str) -> str:
    """The number a sender can look a suggestion up by, made of the random key of the form: 59 bits.

    The same form gives the same number, so a second post is recognised without anything else being kept.
    """
    rest = int.from_bytes(hashlib.sha256(once.encode()).digest())
    letters = []
    for _ in range(_NUMBER_LENGTH):
        rest, place = divmod(rest, len(_LETTERS))
        letters.append(_LETTERS[place])
    return "-".join("".join(letters[start : start + 4]) for start in range(0, _NUMBER_LENGTH, 4))


def typed_number(words: str) -> str:
    """A number as somebody types it, in the form in which it is kept."""
    letters = "".join(letter for letter in words.upper() if letter.isalnum())
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def plain(words: str) -> str:
    """Text with lines and words as typed, without what cannot be seen and without space around it."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").split("\n")
    seen = ("".join(one for one in line if unicodedata.category(one) not in _UNSEEN) for line in lines)
    return "\n".join(line.rstrip() for line in seen).strip()
