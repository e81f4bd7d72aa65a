"""The item-writing rules a program can check (ux-guidelines §2)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from .faults import Fault, fault
from .modules import Concept, Item, StudyModule
from .names import name_faults

FORBIDDEN_ZH = ("以上都", "以上均", "都不是", "均不", "总是", "从不", "一定", "绝对")
FORBIDDEN_EN = ("all of the above", "none of the above", "always", "never", "absolutely")
MIN_EXPLANATION_ZH = 20
MIN_EXPLANATION_WORDS_EN = 12
KEY_LENGTH_RATIO = 1.3

_HAN = re.compile(r"[㐀-鿿]")


def module_faults(file: str, module: StudyModule) -> Iterator[Fault]:
    """Every item-writing rule that this module breaks."""
    for number, concept in enumerate(module.concepts):
        place = f"concepts.{number}.{concept.id}"
        yield from _concept_faults(file, place, concept)
        for index, item in enumerate(concept.items):
            yield from _item_faults(file, f"{place}.items.{index}.{item.id}", item)
    for concept_id, times in Counter(concept.id for concept in module.concepts).items():
        if times > 1:
            yield fault(file, f"concepts.{concept_id}", "知识点编号重复", "doubled concept id")
    yield from name_faults(file, module)


def _concept_faults(file: str, place: str, concept: Concept) -> Iterator[Fault]:
    settings = [item.setting.zh for item in concept.items]
    if len(set(settings)) < len(settings):
        yield fault(file, f"{place}.items", "平行题的情境须不同", "parallel items need different settings")


def _item_faults(file: str, place: str, item: Item) -> Iterator[Fault]:
    keys = sum(option.right for option in item.options)
    if keys != 1:
        yield fault(
            file, f"{place}.options", f"单选题须有一个正确项，现有 {keys} 个", f"one key is needed, found {keys}"
        )
        return
    if [option.id for option in item.options] != list("abcd")[: len(item.options)]:
        yield fault(file, f"{place}.options", "选项编号须依次为 a b c", "option ids must be a, b, c in order")
    yield from _wording_faults(file, place, item)
    yield from _explanation_faults(file, place, item)
    yield from _key_length_faults(file, place, item)


def _wording_faults(file: str, place: str, item: Item) -> Iterator[Fault]:
    if not item.stem.zh.endswith("？") or not item.stem.en.endswith("?"):
        yield fault(file, f"{place}.stem", "题干须以问号结尾（中文用全角）", "the stem must end as a question")
    for index, option in enumerate(item.options):
        for phrase in FORBIDDEN_ZH:
            if phrase in option.text.zh:
                yield fault(file, f"{place}.options.{index}.text.zh", f"选项不用“{phrase}”", f"forbidden: {phrase}")
        for phrase in FORBIDDEN_EN:
            if re.search(rf"\b{phrase}\b", option.text.en.lower()):
                yield fault(file, f"{place}.options.{index}.text.en", f"选项不用“{phrase}”", f"forbidden: {phrase}")


def _explanation_faults(file: str, place: str, item: Item) -> Iterator[Fault]:
    for index, option in enumerate(item.options):
        where = f"{place}.options.{index}.explanation"
        if len(_HAN.findall(option.explanation.zh)) < MIN_EXPLANATION_ZH:
            yield fault(file, f"{where}.zh", "解析少于 20 个汉字", "the explanation has under 20 Chinese characters")
        if len(option.explanation.en.split()) < MIN_EXPLANATION_WORDS_EN:
            yield fault(file, f"{where}.en", "英文解析少于 12 个词", "the explanation has under 12 English words")


def _key_length_faults(file: str, place: str, item: Item) -> Iterator[Fault]:
    for language in ("zh", "en"):
        lengths = [len(getattr(option.text, language)) for option in item.options]
        key = len(getattr(item.key.text, language))
        if key > KEY_LENGTH_RATIO * sum(lengths) / len(lengths):
            yield fault(file, f"{place}.options", f"正确项过长（{language}）", f"the key is too long ({language})")
