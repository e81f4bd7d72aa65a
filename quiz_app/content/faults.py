"""A fault of a content file: which file, which place in it, and the reason in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from .text import Language, Text


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in one content file."""

    file: str
    place: str
    reason_zh: str
    reason_en: str

    def line(self, language: Language = "zh") -> str:
        """The fault as ``file: place: reason``."""
        return f"{self.file}: {self.place}: {self.reason_zh if language == 'zh' else self.reason_en}"


class ContentInvalid(Exception):
    """The content files hold faults; nothing is loaded. `closing` says what was kept and what to do, where that helps."""

    closing: ClassVar[Text | None] = None

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(fault.line("en") for fault in self.faults))


def fault(file: str, place: str, zh: str, en: str) -> Fault:
    """A fault with its reason in both languages."""
    return Fault(file, place or "-", zh, en)


_REASONS: dict[str, Text] = {
    "missing": Text(zh="缺少这一项", en="this field is missing"),
    "extra_forbidden": Text(zh="不认识的键", en="unknown key"),
    "string_too_short": Text(zh="不能为空", en="must not be empty"),
    "too_short": Text(zh="项数太少", en="too few entries"),
    "too_long": Text(zh="项数太多", en="too many entries"),
    "literal_error": Text(zh="不是允许的取值", en="not one of the allowed values"),
    "string_pattern_mismatch": Text(zh="格式不对", en="wrong form"),
    "string_type": Text(zh="应当是文字（日期要加引号）", en="must be text (quote dates)"),
    "bool_type": Text(zh="应当是 true 或 false", en="must be true or false"),
    "int_type": Text(zh="应当是整数", en="must be a whole number"),
    "tuple_type": Text(zh="应当是列表", en="must be a list"),
    "model_type": Text(zh="应当是一组键值", en="must be a mapping"),
    "value_error": Text(zh="写法不对", en="not acceptable"),
}


def faults_of(file: str, error: ValidationError) -> list[Fault]:
    """The faults of one file, from what pydantic found in it."""
    return [_fault_of(file, detail) for detail in error.errors(include_url=False)]


def _fault_of(file: str, detail: ErrorDetails) -> Fault:
    place = ".".join(str(part) for part in detail["loc"]) or "-"
    reason = _REASONS.get(detail["type"])
    extra = detail["msg"]
    if reason is None:
        return Fault(file, place, f"写法不对（{extra}）", extra)
    return Fault(file, place, f"{reason.zh}（{extra}）", f"{reason.en} ({extra})")
