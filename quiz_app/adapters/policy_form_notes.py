"""The sheet 说明 of the form 政策更新单: how to fill it in, what happens, and where it goes."""

from __future__ import annotations

from collections.abc import Iterator

from ..content.library import Library
from ..content.local import SLOT_EMPTY
from ..content.policy_form import CLAUSES, KINDS, SLOTS
from ..content.text import Language, Text

Lines = list[tuple[str, str]]

_CONTACT = "contact"
_TITLE = Text(zh="政策更新单：怎样填写", en="Policy update form: how to fill it in")
_LINES: tuple[tuple[Text, Text], ...] = (
    (
        Text(zh="这是什么", en="What it is"),
        Text(
            zh="用来告诉本站：哪一条政策变了，哪一项本地内容可以公布了。它是工作用表，不是公文。",
            en="It tells this site which clause of the policy has changed, and which local content can now be published. "
            "It is a working sheet and no official document.",
        ),
    ),
    (
        Text(zh="填哪几行", en="Which rows"),
        Text(
            zh="只填有变化的行，其余的行不用动，也可以筛选、隐藏或者删掉。灰色各栏是登记册现在的内容，"
            "和编号、表头、工作表名称一样，请不要改。需要打印的，“条款”这张表用A3纸。",
            en="Fill in the rows that change and leave the others; they may be filtered, hidden or deleted. The grey columns "
            "are what the register holds now; please leave them as they are, and likewise ids, headings and the names of sheets. "
            "To print the sheet of clauses, use A3 paper.",
        ),
    ),
    (
        Text(zh="“条款”这张表", en="The sheet {clause_sheet} (clauses)"),
        Text(
            zh="改一条，新要点、变化性质、施行日期、说明都要填，中文和英文都要有。"
            "新要点用自己的话写成一段，写清谁、在什么条件下、怎么办；不抄全文，不写具体的人和事。",
            en="A clause that changes needs its new gist, the kind of change, the date it applies from and a note, in both "
            "languages. Put the gist in your own words as one paragraph: who does what, on which conditions. "
            "Copy no full text, and name no particular person or event.",
        ),
    ),
    (
        Text(zh="变化性质", en="Kind of change"),
        Text(
            zh="“含义有变”：条件、做法、范围或者期限不同了，学过这一条的人要补学。"
            "“只改文字”：意思没有变，只改了表述或者错字，谁都不用补学。拿不准时，请先问制定机关。",
            en="{meaning} (meaning changed): conditions, steps, scope or time limits are different, and those who studied the "
            "clause study it again. {cosmetic} (wording only): the meaning is the same, and nobody studies again. "
            "In doubt, please ask the issuer first.",
        ),
    ),
    (
        Text(zh="施行日期", en="Applies from"),
        Text(
            zh="写成 2026-12-01。补学从施行日期和本站登记日期中较晚的一天算起。"
            "写入以后网站就显示新要点，所以还没有施行的，请等施行以后再交。",
            en="Write it like 2026-12-01. Studying again starts on this date or on the day of registration here, whichever is "
            "later. The site shows the new gist once it is written, so please wait until a change applies.",
        ),
    ),
    (
        Text(zh="说明", en="Note"),
        Text(
            zh="用一两句话写清：依据哪份文件，改了什么。这段话会显示在“制度更新”页面上。",
            en="Say in a sentence or two which document it rests on and what has changed. It is shown on the page of changes.",
        ),
    ),
    (
        Text(zh="“本地内容”这张表", en="The sheet {slot_sheet} (local content)"),
        Text(
            zh="没有填的项目，网站上写着“待主管部门提供”。有了正式的规定或者答复再填，中文和英文都要有，可以分行写。"
            "联系方式写部门和办公电话，不写个人手机号。",
            en="An empty item reads “to be provided by the competent authority” on the site. Fill it in once there is a formal "
            "rule or reply, in both languages; several lines are possible. For contacts give the office and its number, "
            "no private one.",
        ),
    ),
    (
        Text(zh="填好以后", en="When it is filled in"),
        Text(
            zh="请发给照管本站的系统管理员。不清楚是谁的，请向这里询问：{contact}",
            en="Please send it to the administrator who looks after this site. If you do not know who that is, ask here: {contact}",
        ),
    ),
    (
        Text(zh="接下来会怎样", en="What happens then"),
        Text(
            zh="管理员先检查。有一处不对，整份都不写入，并逐处告诉您哪张表、哪一行、哪一栏、为什么。"
            "没有问题的，管理员把新旧对照和要补学的总人数发给您，您确认以后才写入。"
            "网站重建、服务重启以后生效；只重新打开引用这一条的知识点，以前的完成记录保留，可以查阅。",
            en="The administrator checks it. If a single place is wrong, nothing is written, and you are told of each place: "
            "sheet, row, column and reason. Otherwise you get the old and new texts and how many people in all "
            "would study again; it is written once you agree. It takes effect when the site is rebuilt and the service "
            "restarted. Only the concepts that cite the clause re-open; earlier completions are kept and stay readable.",
        ),
    ),
    (
        Text(zh="本单所依据的登记册", en="The register behind this form"),
        Text(
            zh="共{clauses}条，最近一次更新：{day}。登记册后来又更新过的，请重新导出再填。",
            en="{clauses} clauses, last changed on {day}. If the register has moved on since, please fill in a new export.",
        ),
    ),
)


def notes_of(library: Library) -> Iterator[tuple[str, Lines]]:
    """The title and the lines (label, text) of the notes, first in Chinese, then in English."""
    yield _in("zh", library)
    yield _in("en", library)


def _in(language: Language, library: Library) -> tuple[str, Lines]:
    slot = library.slots.get(_CONTACT)
    contact = (slot.value if slot and slot.value else SLOT_EMPTY).in_language(language)
    days = (revision.date for _, clause in library.clauses.values() for revision in clause.revisions)
    values = {
        "contact": contact,
        "clauses": len(library.clauses),
        "day": max(days, default="-"),
        "clause_sheet": CLAUSES,
        "slot_sheet": SLOTS,
        "meaning": KINDS["meaning"].zh,
        "cosmetic": KINDS["cosmetic"].zh,
    }
    lines = [
        (label.in_language(language).format(**values), text.in_language(language).format(**values))
        for label, text in _LINES
    ]
    return _TITLE.in_language(language), lines
