"""What each figure of a report means, and every fixed word of a report, in both languages.

`FIGURES` is the one place that says of a figure what it counts, of whom, and up to when; page, Word
file and workbook print it from here.
"""

from __future__ import annotations

from ..content.text import Model, Text


class FigureWords(Model):
    """The name of a figure and its definition; ``{as_of}`` and ``{month}`` stand for the report's own."""

    title: Text
    meaning: Text


def _figure(zh: str, en: str, meaning_zh: str, meaning_en: str) -> FigureWords:
    return FigureWords(title=Text(zh=zh, en=en), meaning=Text(zh=meaning_zh, en=meaning_en))


FIGURES: dict[str, FigureWords] = {
    "required": _figure(
        "应学人数",
        "Required",
        "{as_of}在学习任务范围内、至少有一个模块没有免学的人数，是以下各项的分母",
        "People in the task's audience on {as_of} who owe at least one module; the denominator of what follows",
    ),
    "completed": _figure(
        "全部完成人数",
        "All completed",
        "应学人员中，到{as_of}应学的模块都已完成的人数，待补学和逾期完成计入在内",
        "Of the required, those who by {as_of} completed every module they owe, make-ups and late ones included",
    ),
    "rate": _figure(
        "完成率",
        "Rate",
        "全部完成人数除以应学人数，四舍五入到 0.1 个百分点",
        "All completed divided by required, rounded half up to a tenth of a percent",
    ),
    "make_up": _figure(
        "其中待补学",
        "Of these to make up",
        "全部完成人员中，因条款有实质变化、{as_of}还有知识点待补学的人数",
        "Of the all completed, those with concepts to make up on {as_of} because a clause changed in meaning",
    ),
    "late": _figure(
        "其中逾期完成",
        "Of these late",
        "全部完成人员中，有模块在本人完成期限以后完成的人数",
        "Of the all completed, those who completed a module after their due date",
    ),
    "in_progress": _figure(
        "学习中",
        "In progress",
        "应学人员中，到{as_of}已经开始、还没有全部完成的人数",
        "Of the required, those who by {as_of} have begun and not completed all",
    ),
    "not_started": _figure(
        "未开始",
        "Not started",
        "应学人员中，到{as_of}一个模块也没有开始的人数",
        "Of the required, those who by {as_of} have begun no module",
    ),
    "overdue": _figure(
        "逾期未完成",
        "Overdue",
        "应学人员中，{as_of}有模块已过本人完成期限而没有完成的人数，已含在学习中和未开始之内",
        "Of the required, those with a module unfinished after their due date on {as_of}; "
        "they are among those in progress and not started",
    ),
    "waived": _figure(
        "免学",
        "Waived",
        "{as_of}在学习任务范围内、各模块都经批准免学的人数，不计入应学人数",
        "People in the audience on {as_of} whose every module is waived; they are not among the required",
    ),
}

NOTES: dict[str, Text] = {
    "total": Text(
        zh="应学人数等于全部完成、学习中、未开始三项之和。",
        en="Required is the sum of all completed, in progress and not started.",
    ),
    "modules": Text(
        zh="各项只看本模块。应学：{as_of}在学习任务范围内、没有免学本模块的人数，是同一行各项的分母；完成率：已完成除以应学，"
        "四舍五入到 0.1 个百分点；待补学、逾期完成含在已完成之内；本月新完成：已完成人员中{month}内首次完成的人数，截至{as_of}。",
        en="Each row looks at its module alone. Required: people in the audience on {as_of} not waived from it, the "
        "denominator of the row. Rate: completed divided by required, rounded half up to a tenth of a percent. Make-ups "
        "and late ones are among the completed. New: completed for the first time in {month}, up to {as_of}.",
    ),
    "unfinished": Text(
        zh="分母是上表同一模块的应学人数；逾期未完成含在学习中和未开始之内；免学不计入应学人数。截至{as_of}。",
        en="The denominator is required in the table above; overdue people are among those in progress and not started; "
        "the waived are not among the required. As of {as_of}.",
    ),
    "units": Text(
        zh="按{as_of}所在的行政单位统计，各项口径同“总体情况”，合计等于总数。应学不足 5 人的单位与同一上级下人数最少的单位"
        "合并，直到满 5 人；较早版本合并过的不再拆开。按名称排列，不作排名。",
        en="By administrative unit on {as_of}, counted as in the overview; the rows add up to the total. Units under 5 are "
        "merged with the smallest of the same parent until there are 5; what an earlier version merged stays merged. In "
        "order of name, no ranking.",
    ),
    "branches": Text(
        zh="按{as_of}所在的党支部统计，未编入支部的人员单列，各项口径同“总体情况”，合计等于总数。不足 5 人的合并；与上表"
        "相减会只剩不足 5 人的，也合并。按名称排列，不作排名。",
        en="By Party branch on {as_of}, people in no branch in a row of their own, counted as in the overview; the rows add "
        "up to the total. Branches under 5 are merged, and so are those that would leave under 5 when taken from the table "
        "above. In order of name, no ranking.",
    ),
    "concepts": Text(
        zh="首次作答：任务开始至{as_of}首次参加该模块测试并答到这个知识点的人数，是分母；答错：其中第一题没有答对的人数。不足 5 人"
        "的不列；比上次列出时新增不足 5 人的，沿用上次的数字并注明日期。建议在集体学习时结合条款讲解。",
        en="First answered: people who between the task's opening and {as_of} first sat the module's quiz and answered this "
        "concept; it is the denominator. Missed: those whose first item was wrong. Not listed under 5 people; where fewer "
        "than 5 have answered since it was last listed, the earlier figure stands with its date. Worth explaining together "
        "with the clause at a study meeting.",
    ),
}

WORDS: dict[str, Text] = {
    "title": Text(zh="容错纠错学习情况报告", en="Report on tolerance-and-correction study"),
    "corrected_title": Text(zh="（更正版）", en=" (corrected)"),
    "overview": Text(zh="总体情况", en="Overview"),
    "modules": Text(zh="各模块完成情况", en="Completion by module"),
    "unfinished": Text(zh="各模块未完成和免学情况", en="Unfinished and waived by module"),
    "units": Text(zh="各单位完成情况", en="Completion by unit"),
    "branches": Text(zh="各党支部完成情况", en="Completion by Party branch"),
    "concepts": Text(zh="需要重点讲解的知识点", en="Concepts that most need explaining"),
    "figure": Text(zh="指标", en="Figure"),
    "value": Text(zh="数值", en="Value"),
    "meaning": Text(zh="口径", en="What it counts"),
    "module": Text(zh="模块", en="Module"),
    "unit": Text(zh="单位", en="Unit"),
    "branch": Text(zh="党支部", en="Party branch"),
    "concept": Text(zh="知识点", en="Concept"),
    "clauses": Text(zh="依据条款", en="Clauses"),
    "required": Text(zh="应学", en="Required"),
    "all": Text(zh="全部完成", en="All completed"),
    "completed": Text(zh="已完成", en="Completed"),
    "rate": Text(zh="完成率", en="Rate"),
    "make_up": Text(zh="待补学", en="To make up"),
    "late": Text(zh="逾期完成", en="Late"),
    "in_progress": Text(zh="学习中", en="In progress"),
    "not_started": Text(zh="未开始", en="Not started"),
    "overdue": Text(zh="逾期未完成", en="Overdue"),
    "waived": Text(zh="免学", en="Waived"),
    "new": Text(zh="本月新完成", en="New this month"),
    "answered": Text(zh="首次作答", en="First answered"),
    "missed": Text(zh="答错", en="Missed"),
    "missed_rate": Text(zh="答错比例", en="Share missed"),
    "older": Text(zh="{title}（截至{as_of}）", en="{title} (as of {as_of})"),
    "merged_units": Text(zh="其他单位合并（{n} 个单位）", en="Other units together ({n} units)"),
    "merged_branches": Text(zh="其他支部合并（{n} 个支部）", en="Other branches together ({n} branches)"),
    "merged_with_none": Text(
        zh="其他支部合并（{n} 个支部和未编入支部人员）",
        en="Other branches together ({n} branches, people in no branch)",
    ),
    "hidden": Text(
        zh="截至{as_of}应学人数不足 5 人，为避免看出个人情况，各项数字不显示。",
        en="Fewer than 5 people were required to study on {as_of}; no figures are shown, so that nobody can be made out.",
    ),
    "summary": Text(
        zh="学习任务“{cycle}”{opens_on}开始，要求{due_on}前完成。截至{as_of}，应学 {required} 人，全部完成 {completed} 人，"
        "完成率 {rate}，其中待补学 {make_up} 人；学习中 {in_progress} 人，未开始 {not_started} 人；逾期未完成 {overdue} 人。",
        en="The task “{cycle}” opened on {opens_on} and is due by {due_on}. As of {as_of}, {required} people are required "
        "to study and {completed} completed everything ({rate}), {make_up} of them with something to make up; {in_progress} "
        "are in progress, {not_started} have not started, and {overdue} are overdue.",
    ),
    "no_concepts": Text(
        zh="本期没有达到显示人数的知识点。", en="No concept reached the number of people needed to be shown."
    ),
    "serial": Text(zh="流水号", en="Serial"),
    "as_of": Text(zh="统计截至", en="As of"),
    "known_at": Text(zh="数据读取时间", en="Facts known at"),
    "corrects": Text(zh="更正说明", en="Correction"),
    "corrected": Text(
        zh="第 {n} 版，更正第 {previous} 版：{note}", en="Version {n}, corrects version {previous}: {note}"
    ),
    "digest": Text(zh="校验码", en="Digest (SHA-256)"),
    "seal": Text(zh="（单位盖章）", en="(Seal of the unit)"),
    "signed": Text(zh="签阅", en="Read and signed"),
    "instructions": Text(zh="批示意见", en="Instructions"),
    "footer": Text(zh="系统生成，供核对", en="Made by the system, for checking"),
    "method": Text(zh="说明：", en="Note: "),
    "method_text": Text(
        zh="本报告是内部统计材料。只反映是否完成，不含任何人的姓名、答案、成绩、次数和学习时间；完成以答题达到规定为准，"
        "不以参加学习或浏览页面代替。",
        en="This is an internal working paper. It shows completion only, nobody's name, answers, results, tries or times; "
        "completion rests on answers, never on attendance or on pages opened.",
    ),
}
