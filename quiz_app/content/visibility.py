"""Who sees what: the table the privacy page prints and the service's routes are checked against."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from .text import Model, Text

Reader = Literal["self", "branch", "hr", "committee", "city"]
Extent = Literal[
    "no",
    "not_applicable",
    "own",
    "own_entries",
    "own_branch",
    "own_meeting_counts",
    "own_enterprise",
    "own_enterprise_actions",
    "month_only",
    "list_from_hr",
    "counts",
    "per_enterprise",
    "city",
]
Field = Literal[
    "standing",
    "pass_date",
    "learning",
    "completion_counts",
    "missed_concepts",
    "gains_and_attitudes",
    "attendance",
    "roster",
    "audit",
    "suggestion_sender",
]

READERS: tuple[Reader, ...] = ("self", "branch", "hr", "committee", "city")

READER_WORDS: dict[Reader, Text] = {
    "self": Text(zh="本人", en="You"),
    "branch": Text(zh="支部书记、支部委员", en="Branch secretary"),
    "hr": Text(zh="组织人事部门", en="HR"),
    "committee": Text(zh="党委办公室", en="Committee office"),
    "city": Text(zh="市国资委", en="Municipal SASAC"),
}

EXTENT_WORDS: dict[Extent, Text] = {
    "no": Text(zh="看不到", en="No"),
    "not_applicable": Text(zh="不涉及", en="Not applicable"),
    "own": Text(zh="本人的全部", en="All of your own"),
    "own_entries": Text(zh="与本人有关的记录", en="Entries about you"),
    "own_branch": Text(zh="本支部", en="Own branch"),
    "own_meeting_counts": Text(zh="本次学习会的合计数（5人以上）", en="Counts of the own meeting (5 or more people)"),
    "own_enterprise": Text(zh="本企业", en="Own enterprise"),
    "own_enterprise_actions": Text(zh="本企业组织人事部门的操作", en="What HR of the own enterprise did"),
    "month_only": Text(zh="只到月份", en="Month only"),
    "list_from_hr": Text(
        zh="只有组织人事部门出具的未完成名单", en="Only the list of the unfinished that HR issues on request"
    ),
    "counts": Text(zh="只有合计数", en="Counts only"),
    "per_enterprise": Text(zh="每家企业的合计数", en="Counts per enterprise"),
    "city": Text(zh="全市合计数", en="Counts for the city"),
}


class Row(Model):
    """One kind of data and how much of it each reader sees; `least` is the smallest group shown as a figure."""

    field: Field
    title: Text
    extents: Mapping[Reader, Extent]
    least: int | None = None


def _row(field: Field, zh: str, en: str, extents: tuple[Extent, ...], least: int | None = None) -> Row:
    return Row(
        field=field,
        title=Text(zh=zh, en=en),
        extents=dict(zip(READERS, extents, strict=True)),
        least=least,
    )


VISIBILITY: tuple[Row, ...] = (
    _row(
        "standing",
        "每个人每个模块的完成情况",
        "Standing of each person in each module",
        ("own", "own_branch", "own_enterprise", "list_from_hr", "no"),
    ),
    _row("pass_date", "完成日期", "Date of completion", ("own", "no", "month_only", "no", "no")),
    _row(
        "learning",
        "答案、把握程度、作答次数、复习情况",
        "Answers, confidence, tries and review",
        ("own", "no", "no", "no", "no"),
    ),
    _row(
        "completion_counts",
        "各单位、各支部的完成人数",
        "Completion counts by unit and branch",
        ("not_applicable", "own_branch", "own_enterprise", "own_enterprise", "per_enterprise"),
    ),
    _row(
        "missed_concepts",
        "最容易答错的知识点（合计）",
        "Most-missed concepts (as totals)",
        ("not_applicable", "own_branch", "no", "own_enterprise", "city"),
        least=5,
    ),
    _row(
        "gains_and_attitudes",
        "学习前后的变化、研判投票、问卷（合计）",
        "Gains, polls before and after, attitudes (as totals)",
        ("not_applicable", "own_meeting_counts", "no", "own_enterprise", "city"),
        least=10,
    ),
    _row(
        "attendance",
        "参加集体学习的情况",
        "Attendance at study meetings",
        ("own", "own_branch", "counts", "counts", "counts"),
    ),
    _row(
        "roster",
        "名册：姓名、工号、单位、岗位",
        "Roster: name, staff number, unit, post",
        ("own", "own_branch", "own_enterprise", "no", "no"),
    ),
    _row(
        "audit",
        "操作记录",
        "Record of actions",
        ("own_entries", "not_applicable", "own_enterprise_actions", "not_applicable", "not_applicable"),
    ),
    _row(
        "suggestion_sender",
        "意见建议是谁写的（没有记录）",
        "Who wrote a suggestion (not recorded)",
        ("no", "no", "no", "no", "no"),
    ),
)

PRINCIPLES: tuple[Text, ...] = (
    Text(
        zh="“有没有学完”是管理信息：本人、支部书记和组织人事部门能看到姓名；党委只看到人数。",
        en="Whether a module is done is a management fact: you, your branch secretary and HR see it by name; "
        "the Party committee sees counts.",
    ),
    Text(
        zh="党委问“谁还没有学完”时，由组织人事部门出具未完成名单，只有姓名、单位、模块和完成期限；"
        "谁要的、为什么要，都有记录，本人看得到。",
        en="When the committee asks who has not finished, HR issues a list with name, unit, module and due date only; "
        "who asked and why is logged, and the person concerned can see it.",
    ),
    Text(
        zh="“怎么学的”是自己的事：答案、得分、作答次数、把握程度、复习情况、投票和问卷，"
        "除本人外，任何页面、导出文件、命令和日志里都没有。",
        en="How you learn is your own business: answers, scores, tries, confidence, review, votes and attitudes appear "
        "on no page, export, command or log line but your own.",
    ),
    Text(
        zh="合计数至少要有 5人才显示，前后变化、投票和问卷至少 10人（本次学习会内为 5人）；"
        "能倒推出隐藏数字的，一并隐藏。",
        en="Totals need at least 5 people; gains, votes and attitudes at least 10 (5 inside the meeting itself). "
        "Whatever would let a hidden figure be worked out is hidden too.",
    ),
    Text(
        zh="应学人数不足 5人的单位合并为“其他单位合并”；全部完成和全部未完成可以显示。",
        en="Units with fewer than 5 people are merged into “other units combined”; "
        "all done and none done may be shown.",
    ),
    Text(
        zh="系统管理员只能看到自己导入的文件、自己建的账号和已经发布的报告；检查政策更新单时，另看到全部企业合计有多少人要补学。"
        "没有页面、命令或日志能看到上表其他内容。",
        en="The administrator sees the files they supply, the accounts they create and released reports, and, when checking "
        "a policy update form, how many people of all enterprises together would study again; "
        "no page, command or log shows them anything else of the table.",
    ),
    Text(
        zh="意见建议的内容由市国资委阅看，答复时原文和答复一起公开；是谁写的没有记录，登录了也一样，所以谁都看不到。",
        en="The municipal SASAC reads what is suggested, and publishes it with the answer; nobody records who wrote it, "
        "also when you are signed in, so nobody can see it.",
    ),
    Text(
        zh="从不收集：身份证号、手机号、住址、照片。邮箱只留给接收报告的人和自己要求登记的人。",
        en="Never collected: identity number, phone number, address, photo. E-mail addresses only of people "
        "who receive reports or asked for it.",
    ),
    Text(
        zh="有权机关依法调取的可能仍然存在，本站不作相反的承诺。",
        en="Lawful access by competent authorities remains possible; this site does not promise otherwise.",
    ),
)


def extent_of(field: Field, reader: Reader) -> Extent:
    """How much of this kind of data this reader sees."""
    return next(row.extents[reader] for row in VISIBILITY if row.field == field)
