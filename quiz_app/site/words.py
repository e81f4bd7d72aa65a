"""The words pages show for the codes of the content schema, in both languages."""

from __future__ import annotations

from quiz_app.content.text import Language, Text

Words = dict[str, Text]

ORIGIN: Words = {
    "reported": Text(zh="真实公开", en="Real, published"),
    "adapted": Text(zh="据实改编", en="Adapted from a real case"),
    "composed": Text(zh="教学情境", en="Composed for teaching"),
    "internal": Text(zh="内部脱敏", en="Internal, anonymised"),
}
ORIGIN_NOTE: Words = {
    "reported": Text(
        zh="本例来自公开报道，按来源转述；人名一律隐去，来源没有写的不补写。",
        en="This case comes from published reports and follows them; names are withheld, and nothing is added "
        "that the source does not say.",
    ),
    "adapted": Text(
        zh="本例据真实公开案例改编，细节有改动，不能当作原案引用。",
        en="This case is adapted from a real published one; details were changed, so do not quote it as the original.",
    ),
    "composed": Text(
        zh="本例是为学习编写的教学情境，纯属虚构，不指向任何真实的人和事。",
        en="This case was composed for teaching. It is entirely fictional and points to no real person or event.",
    ),
    "internal": Text(
        zh="本例来自本企业内部材料，已脱敏，仅供内部学习。",
        en="This case comes from internal papers, anonymised, for study inside the enterprise only.",
    ),
}
VERIFICATION: Words = {
    "original_full": Text(zh="已看原文全文", en="Original read in full"),
    "reprint_full": Text(zh="已看转载全文", en="Reprint read in full"),
    "excerpt": Text(zh="只看到节选", en="Excerpt only"),
    "secondary": Text(zh="据二次报道", en="From secondary reports"),
    "title_only": Text(zh="只见标题", en="Title only"),
    "not_applicable": Text(zh="虚构，无来源可核", en="Fictional, nothing to verify"),
}
VERDICT: Words = {
    "exempt": Text(zh="予以容错（免责）", en="Tolerated: exemption from liability"),
    "mitigate": Text(zh="予以容错（减责）", en="Tolerated: mitigation of liability"),
    "partial": Text(zh="部分予以容错", en="Tolerated in part"),
    "refuse": Text(zh="不予容错", en="Not tolerated"),
    "clarified": Text(zh="澄清正名", en="Name cleared"),
    "open": Text(zh="留待讨论", en="Left open for discussion"),
    "unstated": Text(zh="来源未载结论", en="No conclusion stated by the source"),
}
DOMAIN: Words = {
    "investment": Text(zh="投资经营", en="Investment"),
    "finance_guarantee": Text(zh="融资担保", en="Finance and guarantees"),
    "trade": Text(zh="贸易业务", en="Trade"),
    "rnd": Text(zh="科技研发", en="Research and development"),
    "tech_transfer": Text(zh="成果转化", en="Technology transfer"),
    "fund_vc": Text(zh="基金创投", en="Funds and venture capital"),
    "reform": Text(zh="改革试点", en="Reform pilots"),
    "procurement": Text(zh="采购招标", en="Procurement"),
    "construction": Text(zh="工程建设", en="Construction"),
    "emergency": Text(zh="应急处置", en="Emergency response"),
    "safety_env": Text(zh="安全环保", en="Safety and environment"),
    "legacy": Text(zh="历史遗留", en="Legacy problems"),
    "asset_disposal": Text(zh="资产处置", en="Disposal of assets"),
    "approval_service": Text(zh="审批服务", en="Approvals"),
    "overseas": Text(zh="境外经营", en="Overseas business"),
    "hr_pay": Text(zh="人事薪酬", en="Personnel and pay"),
    "digital": Text(zh="数字化", en="Digital projects"),
    "livelihood": Text(zh="民生服务", en="Public services"),
    "false_report": Text(zh="不实举报", en="False reports"),
}
ORG_TYPE: Words = {
    "central_soe": Text(zh="中央企业", en="Central SOE"),
    "provincial_soe": Text(zh="省属国企", en="Provincial SOE"),
    "municipal_soe": Text(zh="市属国企", en="Municipal SOE"),
    "county_soe": Text(zh="区县国企", en="County or district SOE"),
    "soe_subsidiary": Text(zh="国企子公司", en="Subsidiary of an SOE"),
    "listed_soe": Text(zh="国有控股上市公司", en="Listed SOE"),
    "public_institution": Text(zh="事业单位", en="Public institution"),
    "party_gov": Text(zh="党政机关", en="Party or government body"),
    "village": Text(zh="村级组织", en="Village organisation"),
    "university": Text(zh="高校", en="University"),
    "unspecified": Text(zh="未载明", en="Not stated"),
}
ERROR_TYPE: Words = {
    "target_missed": Text(zh="未达目标", en="Target missed"),
    "procedure_flaw": Text(zh="程序瑕疵", en="Flaw of procedure"),
    "rule_breach": Text(zh="违反规定", en="Breach of a rule"),
    "judgement": Text(zh="判断失误", en="Error of judgement"),
    "omission": Text(zh="疏漏失察", en="Omission or oversight"),
    "overreach": Text(zh="超越权限", en="Exceeding authority"),
    "falsification": Text(zh="弄虚作假", en="Falsification"),
    "private_gain": Text(zh="谋取私利", en="Seeking personal gain"),
    "no_error": Text(zh="本人无错", en="No error of the person"),
}
BODY: Words = {
    "discipline": Text(zh="纪检监察机关", en="Discipline inspection and supervision authorities"),
    "party_committee": Text(zh="党委（党组）", en="Party committee"),
    "organisation_dept": Text(zh="组织人事部门", en="Organisation (personnel) department"),
    "sasac": Text(zh="国资委", en="SASAC"),
    "enterprise": Text(zh="企业", en="The enterprise"),
    "audit": Text(zh="审计机关", en="Audit authorities"),
    "review_board": Text(zh="评审委员会", en="Review committee"),
    "procuratorate": Text(zh="检察机关", en="Procuratorate"),
    "court": Text(zh="人民法院", en="Court"),
    "securities_regulator": Text(zh="证券监管机构", en="Securities regulator"),
    "work_safety": Text(zh="安全生产监管部门", en="Work-safety authorities"),
    "unstated": Text(zh="来源未载", en="Not stated by the source"),
}
RED_LINE: Words = {
    "private_gain": Text(zh="谋取私利", en="Seeking personal gain"),
    "defied_ban": Text(zh="明令禁止后我行我素", en="Going on after an explicit ban"),
    "bypass_collective": Text(zh="绕开集体决策", en="Bypassing collective decision-making"),
    "falsified": Text(zh="弄虚作假", en="Falsification"),
    "grave_safety": Text(zh="重大安全责任", en="Grave safety responsibility"),
    "refuse_to_correct": Text(zh="拒不纠正", en="Refusing to correct"),
}
KNEW_RULE: Words = {
    "knew": Text(zh="知道有关规定", en="Knew the rule"),
    "did_not_know": Text(zh="不知道有关规定", en="Did not know the rule"),
    "unstated": Text(zh="是否知道有关规定：未载", en="Whether the rule was known: not stated"),
}
HIDDEN: Words = {
    "person": Text(zh="人名", en="names of persons"),
    "org": Text(zh="单位名", en="names of organisations"),
    "place": Text(zh="地名", en="places"),
    "date": Text(zh="日期", en="dates"),
    "amount": Text(zh="金额", en="amounts"),
    "project": Text(zh="项目名", en="project names"),
}
ANONYMISATION: Words = {
    "source_anonymised": Text(zh="由来源隐去", en="withheld by the source"),
    "by_us": Text(zh="由本站隐去", en="withheld by this site"),
    "none_needed": Text(zh="无需隐去", en="nothing had to be withheld"),
    "composed": Text(zh="虚构，无真实对应", en="fictional, nothing real stands behind it"),
}
GROUND: Words = {
    "motive": Text(zh="动机态度", en="Motive and attitude"),
    "conditions": Text(zh="客观条件", en="Objective conditions"),
    "procedure": Text(zh="程序方法", en="Procedure and method"),
    "nature": Text(zh="性质程度", en="Nature and degree"),
    "consequence": Text(zh="后果影响", en="Consequences and effects"),
    "recovery": Text(zh="挽回损失", en="Recovery of losses"),
}
RATING: Words = {
    "favourable": Text(zh="有利", en="In favour"),
    "neutral": Text(zh="中性", en="Neutral"),
    "adverse": Text(zh="不利", en="Against"),
    "not_stated": Text(zh="未载", en="Not stated"),
}
STATED_BY: Words = {
    "source": Text(zh="报道所载", en="Stated by the source"),
    "author": Text(zh="编者归纳", en="Summed up by the editor"),
}
ADVISED_BY: Words = {
    "source": Text(zh="来源所载", en="Stated by the source"),
    "author": Text(zh="编者按规则建议", en="Suggested by the editor from the rules"),
}
STAGE: Words = {
    "before": Text(zh="事前防错", en="Prevent beforehand"),
    "during": Text(zh="事中消错", en="Remove while under way"),
    "after": Text(zh="事后查错", en="Check afterwards"),
}
MEASURE: Words = {
    "stop_loss": Text(zh="止损", en="Stop the loss"),
    "recover_loss": Text(zh="挽回损失", en="Recover the loss"),
    "make_good_procedure": Text(zh="补正程序", en="Make good the procedure"),
    "rectify_project": Text(zh="整改项目", en="Put the project right"),
    "system_fix": Text(zh="完善制度", en="Mend the rules"),
    "talk_reminder": Text(zh="谈话提醒", en="Reminder talk"),
    "written_review": Text(zh="书面剖析", en="Written review"),
    "training": Text(zh="学习培训", en="Training"),
    "clarify_public": Text(zh="公开澄清", en="Public clarification"),
    "follow_up_visit": Text(zh="回访", en="Follow-up visit"),
    "accountability_if_not_fixed": Text(zh="不改则追责", en="Held to account if not put right"),
    "not_reported": Text(zh="来源未载", en="Not stated by the source"),
}
QUESTION: Words = {
    "fact": Text(zh="事实", en="Facts"),
    "decided": Text(zh="结论与依据", en="Decision and basis"),
    "opinion": Text(zh="看法", en="Opinion"),
    "contrast": Text(zh="对照", en="Contrast"),
    "correction": Text(zh="纠错", en="Correction"),
    "action": Text(zh="行动", en="Action"),
}
CHANGES: Words = {
    "yes": Text(zh="结论会变", en="The conclusion changes"),
    "no": Text(zh="结论不变", en="The conclusion stays"),
    "depends": Text(zh="要看还有什么事实", en="It depends on further facts"),
}
ROLE: Words = {
    "person": Text(zh="当事人", en="The person concerned"),
    "discipline": Text(zh="纪检监察", en="Discipline inspection and supervision"),
    "organisation": Text(zh="组织人事", en="Organisation (personnel)"),
    "audit": Text(zh="审计", en="Audit"),
    "sasac": Text(zh="国资监管", en="SASAC"),
}
SOURCE_KIND: Words = {
    "official_original": Text(zh="官方原文", en="Official original"),
    "official_reprint": Text(zh="官方转载", en="Official reprint"),
    "media": Text(zh="媒体报道", en="Media report"),
    "commentary": Text(zh="评论", en="Commentary"),
    "court_doc": Text(zh="裁判文书", en="Court document"),
    "regulator_doc": Text(zh="监管文书", en="Regulator's document"),
    "mirror": Text(zh="转载（不作链接）", en="Reprint (not linked)"),
}

ALL: dict[str, Words] = {
    "origin": ORIGIN,
    "origin_note": ORIGIN_NOTE,
    "verification": VERIFICATION,
    "verdict": VERDICT,
    "domain": DOMAIN,
    "org_type": ORG_TYPE,
    "error_type": ERROR_TYPE,
    "body": BODY,
    "red_line": RED_LINE,
    "knew_rule": KNEW_RULE,
    "hidden": HIDDEN,
    "anonymisation": ANONYMISATION,
    "ground": GROUND,
    "rating": RATING,
    "stated_by": STATED_BY,
    "advised_by": ADVISED_BY,
    "stage": STAGE,
    "measure": MEASURE,
    "question": QUESTION,
    "source_kind": SOURCE_KIND,
    "changes": CHANGES,
    "role": ROLE,
}


def word(kind: str, code: str, language: Language) -> str:
    """The word for a code of this vocabulary; an unknown code is a programming error and raises `KeyError`."""
    return ALL[kind][code].in_language(language)
