"""The rules every case must keep, beyond the shape of its fields (public-cases research §2.3, §4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .cases import ROLES, TOLERATED, Case
from .faults import Fault, fault
from .names import name_faults
from .text import texts_in

_LETTER = {"reported": "R", "adapted": "A", "composed": "C", "internal": "I"}


def case_faults(file: str, case: Case) -> Iterator[Fault]:
    """Every rule this case breaks."""
    yield from _origin_faults(file, case)
    yield from _verdict_faults(file, case)
    yield from _source_faults(file, case)
    yield from _question_faults(file, case)
    yield from _rehearsal_faults(file, case)
    yield from _withdrawal_faults(file, case)
    yield from _language_faults(file, case)
    yield from name_faults(file, case)


def _origin_faults(file: str, case: Case) -> Iterator[Fault]:
    if not case.id.startswith(_LETTER[case.origin]):
        yield fault(file, "id", "编号首字母与来源性质不符", "the id's letter does not match the origin")
    if case.origin == "composed":
        yield from _composed_faults(file, case)
    if case.origin in ("reported", "adapted") and not case.sources:
        yield fault(file, "sources", "真实或改编案例必须有来源", "a real or adapted case needs a source")
    if case.origin == "reported" and case.verification == "not_applicable":
        yield fault(file, "verification", "真实案例必须写核实程度", "a real case needs its verification grade")
    if case.origin == "internal" and case.anonymisation.residual_risk != "low":
        yield fault(
            file, "anonymisation.residual_risk", "内部案例须为 low 才可收入", "must be low for an internal case"
        )
    if case.verification == "title_only" and case.review.status in ("checked", "published"):
        yield fault(file, "review.status", "只见标题的案例不得发布", "a case known by title only is not published")


def _composed_faults(file: str, case: Case) -> Iterator[Fault]:
    if case.sources:
        yield fault(file, "sources", "虚构案例不得挂来源", "an invented case names no source")
    if case.year is not None:
        yield fault(file, "year", "虚构案例不得写年份", "an invented case has no year")
    if case.place is not None:
        yield fault(file, "place", "虚构案例不得写地点", "an invented case has no place")
    if case.verification != "not_applicable" or case.anonymisation.status != "composed":
        yield fault(file, "verification", "虚构案例须标 not_applicable 与 composed", "mark an invented case as such")


def _verdict_faults(file: str, case: Case) -> Iterator[Fault]:
    if case.verdict in TOLERATED:
        if case.red_lines or "private_gain" in case.error_types:
            yield fault(file, "red_lines", "碰红线的不得写成予以容错", "a case on a red line cannot be tolerated")
        if not case.basis:
            yield fault(file, "basis", "予以容错须写依据", "a tolerated case needs its basis")
        if not any(entry.measure != "not_reported" for entry in case.correction):
            yield fault(
                file, "correction", "来源未载纠错时须补编者建议", "where the source states none, add what the rules ask"
            )
    if case.verdict == "clarified" and case.error_types != ("no_error",):
        yield fault(file, "error_types", "澄清案例本人无错", "a cleared person made no error")


def _source_faults(file: str, case: Case) -> Iterator[Fault]:
    keys = {source.key for source in case.sources}
    for number, source in enumerate(case.sources):
        if source.link_public and (source.kind == "mirror" or source.address is None):
            yield fault(
                file, f"sources.{number}.link_public", "镜像或无地址的来源不得公开链接", "a mirror is never linked"
            )
        if source.kind == "mirror" and source.address is not None:
            yield fault(file, f"sources.{number}.address", "不记录镜像地址", "the address of a mirror is not recorded")
    for number, entry in enumerate(case.facts):
        if case.origin == "reported" and entry.source not in keys:
            yield fault(file, f"facts.{number}.source", "事实须注明来源", "each fact of a real case names its source")
    if case.origin == "composed" and any(look.stated_by == "source" for look in _looks(case)):
        yield fault(file, "grounds", "虚构案例没有来源可载", "an invented case has no source to state anything")


def _question_faults(file: str, case: Case) -> Iterator[Fault]:
    kinds = [question.kind for question in case.discussion.questions]
    if case.origin == "reported" and "opinion" in kinds:
        yield fault(file, "discussion.questions", "真实案例不问个人看法", "no opinion is asked about a real case")
    if "correction" not in kinds:
        yield fault(file, "discussion.questions", "必须有一道纠错题", "one question must be about correction")


def _rehearsal_faults(file: str, case: Case) -> Iterator[Fault]:
    if case.origin == "reported" and (case.flips or case.roles):
        yield fault(file, "flips/roles", "真实案例不改事实、不演角色", "a real case is neither changed nor rehearsed")
    if case.roles and tuple(card.role for card in case.roles) != ROLES:
        yield fault(file, "roles", "五张角色卡须齐全并按顺序", "all five role cards are needed, in their order")


def _withdrawal_faults(file: str, case: Case) -> Iterator[Fault]:
    withdrawn = case.review.status == "withdrawn"
    if withdrawn and case.review.reason is None:
        yield fault(file, "review.reason", "撤回的案例须写理由", "a withdrawn case needs its reason")
    if case.review.reason is not None and not withdrawn:
        yield fault(file, "review.reason", "只有撤回的案例写理由", "only a withdrawn case states a reason")


def _language_faults(file: str, case: Case) -> Iterator[Fault]:
    if case.origin == "internal":
        return
    for place, text in texts_in(case):
        if text.en is None:
            yield fault(file, f"{place}.en", "缺少英文", "the English text is missing")


def _looks(case: Case) -> Iterator[Any]:
    return (getattr(case.grounds, name) for name in type(case.grounds).model_fields)
