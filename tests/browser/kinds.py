"""Every kind of page: an address to see it at, who sees it, and what is pressed there first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from quiz_app.content.text import Language
from tests.browser import acts
from tests.browser.acts import Act

KILOBYTE = 1024
SITE_LIMIT, SERVICE_LIMIT, REPORT_LIMIT = 120 * KILOBYTE, 30 * KILOBYTE, 60 * KILOBYTE
"""What a first view may transfer, compressed (ux-guidelines §10)."""

NO_PAGE = frozenset(
    {
        "account.start",  # leads on
        "city.file",
        "committee.file",
        "health.alive",  # JSON for machines
        "health.ready",
        "hr.completion_file",
        "hr_reports.file",
        "hr_unfinished.file",
        "learn.record_file",
        "static",
    }
)
"""Endpoints that answer GET with no page: they lead on, or give a file."""


@dataclass(frozen=True)
class Kind:
    """A kind of page; `{places}` in its address are filled by what was prepared."""

    name: str
    address: str
    endpoint: str = ""
    template: str = ""
    who: str | None = None
    act: Act = acts.nothing
    limit: int = SERVICE_LIMIT
    status: int = 200
    sign: str = "main"
    """What is on the page when it is the one that is meant."""

    @property
    def is_site(self) -> bool:
        """Whether it is a page of the static site."""
        return not self.template


SERVICE = (
    Kind("login", "/login", "account.login", "account/login.html"),
    Kind("login-refused", "/login", "account.login", "account/login.html", act=acts.wrong_password, sign=".summary"),
    Kind("activate", "/activate", "account.activate", "account/activate.html"),
    Kind(
        "activate-refused",
        "/activate",
        "account.activate",
        "account/activate.html",
        act=acts.wrong_code,
        sign=".summary",
    ),
    Kind("account", "/account", "account.nothing_here", "account/account.html", "admin"),
    Kind("study", "/learn/", "learn.home", "learn/home.html", "made-up", sign=".tasks"),
    Kind("study-empty", "/learn/", "learn.home", "learn/home.html", "beginner"),
    Kind("module", "/learn/modules/six-grounds/", "learn.module", "learn/module.html", "beginner"),
    Kind(
        "module-changed",
        "/learn/modules/three-distinctions/",
        "learn.module",
        "learn/module.html",
        "made-up",
        sign=".box-warn",
    ),
    Kind(
        "make-up",
        "/learn/modules/three-distinctions/make-up",
        "learn.make_up",
        "learn/make_up.html",
        "made-up",
        sign=".pair",
    ),
    Kind("item", "{begun}2", "learn.item", "learn/item.html", "beginner", sign=".option"),
    Kind("item-unchosen", "{begun}2", "learn.item", "learn/item.html", "beginner", acts.press_submit, sign=".summary"),
    Kind("feedback-again", "{begun}1", "learn.item", "learn/feedback.html", "beginner", sign="h1.again"),
    Kind("feedback-right", "{passed}1", "learn.item", "learn/feedback.html", "passer", sign="h1.right"),
    Kind("summary-passed", "{passed}", "learn.sitting", "learn/summary.html", "passer", sign=".panel"),
    Kind("summary-closed", "{closed}", "learn.sitting", "learn/summary.html", "closer", sign=".panel-open"),
    Kind("record", "/learn/record", "learn.record", "learn/record.html", "made-up"),
    Kind("practice", "/learn/practice/six-grounds/", "practice.home", "learn/practice.html"),
    Kind("practice-item", "/learn/practice/six-grounds/1", "practice.item", "learn/practice_item.html", sign=".option"),
    Kind(
        "practice-answered",
        "/learn/practice/six-grounds/1",
        "practice.item",
        "learn/practice_item.html",
        None,
        acts.choose_first,
        sign=".box-ok",
    ),
    Kind("study-without-task", "/learn/", "learn.home", "learn/home.html", "newcomer"),
    Kind("branch", "/branch/", "branch.home", "branch/home.html", "secretary", sign="table"),
    Kind("branch-unfinished", "/branch/?show=unfinished", "branch.home", "branch/home.html", "secretary"),
    Kind("branch-none", "/branch/", "branch.home", "branch/none.html", "new-secretary"),
    Kind("hr", "/hr/", "hr.home", "hr/home.html", "hr"),
    Kind("hr-without-task", "/hr/", "hr.home", "hr/no_task.html", "new-hr"),
    Kind("completion", "/hr/completion", "hr.completion", "hr/completion.html", "hr", sign="table"),
    Kind("completion-nobody", "/hr/completion?q=zzzz", "hr.completion", "hr/completion.html", "hr"),
    Kind("exports", "/hr/exports", "hr.exports", "hr/exports.html", "hr", sign="table"),
    Kind("exports-empty", "/hr/exports", "hr.exports", "hr/exports.html", "other-hr"),
    Kind("unfinished", "/hr/unfinished/", "hr_unfinished.home", "hr/unfinished.html", "hr", sign=".tasks"),
    Kind("unfinished-empty", "/hr/unfinished/", "hr_unfinished.home", "hr/unfinished.html", "other-committee"),
    Kind("unfinished-new", "/hr/unfinished/new", "hr_unfinished.new", "hr/unfinished_new.html", "hr"),
    Kind(
        "unfinished-refused",
        "/hr/unfinished/new",
        "hr_unfinished.new",
        "hr/unfinished_new.html",
        "hr",
        acts.send_incomplete,
        sign=".summary",
    ),
    Kind("unfinished-list", "{list}", "hr_unfinished.read", "hr/unfinished_list.html", "committee", sign="table"),
    Kind("codes", "/hr/codes/", "hr_codes.home", "hr_codes/home.html", "hr"),
    Kind("codes-found", "/hr/codes/?q=00", "hr_codes.home", "hr_codes/home.html", "hr", sign=".tasks"),
    Kind("codes-slip", "/hr/codes/?q=00", "hr_codes.home", "hr_codes/slip.html", "hr", acts.issue_a_code, sign=".code"),
    Kind("reports", "/hr/reports/", "hr_reports.home", "hr_reports/home.html", "hr", sign=".tasks"),
    Kind("reports-empty", "/hr/reports/", "hr_reports.home", "hr_reports/home.html", "other-hr"),
    Kind(
        "reports-refused",
        "/hr/reports/",
        "hr_reports.home",
        "hr_reports/home.html",
        "hr",
        acts.build_for_no_month,
        sign=".summary",
    ),
    Kind(
        "report-check",
        "/hr/reports/{built}/",
        "hr_reports.check",
        "hr_reports/check.html",
        "hr",
        limit=REPORT_LIMIT,
        sign="svg",
    ),
    Kind(
        "report-released",
        "/hr/reports/",
        "hr_reports.home",
        "hr_reports/released.html",
        "releasing-hr",
        acts.build_and_release,
        sign=".panel",
    ),
    Kind("committee", "/committee/", "committee.home", "committee/home.html", "committee", sign=".tasks"),
    Kind("committee-empty", "/committee/", "committee.home", "committee/home.html", "other-committee"),
    Kind(
        "report",
        "/committee/reports/{released}/",
        "committee.report",
        "committee/report.html",
        "committee",
        limit=REPORT_LIMIT,
        sign="#receipts li",
    ),
    Kind(
        "report-refused",
        "/committee/reports/{released}/",
        "committee.report",
        "committee/report.html",
        "committee",
        acts.send_incomplete,
        REPORT_LIMIT,
        sign=".summary",
    ),
    Kind("city", "/city/", "city.home", "city/home.html", "city", sign=".tasks"),
    Kind(
        "city-report",
        "/city/reports/jia/{released}/",
        "city.report",
        "city/report.html",
        "city",
        limit=REPORT_LIMIT,
        sign="svg",
    ),
    Kind(
        "city-suggestions",
        "/city/suggestions/",
        "city_suggestions.home",
        "city/suggestions.html",
        "city",
        sign=".tasks",
    ),
    Kind(
        "city-suggestion",
        "/city/suggestions/{suggestion}/",
        "city_suggestions.one",
        "city/suggestion.html",
        "city",
        sign="blockquote",
    ),
    Kind(
        "city-suggestion-refused",
        "/city/suggestions/{suggestion}/",
        "city_suggestions.one",
        "city/suggestion.html",
        "city",
        acts.send_incomplete,
        sign=".summary",
    ),
    Kind("suggestions", "/suggestions/", "suggestions.home", "suggestions/home.html", sign="article"),
    Kind("suggestion-new", "/suggestions/new", "suggestions.new", "suggestions/new.html", sign="textarea"),
    Kind(
        "suggestion-refused",
        "/suggestions/new",
        "suggestions.new",
        "suggestions/new.html",
        act=acts.send_incomplete,
        sign=".summary",
    ),
    Kind(
        "suggestion-sent",
        "/suggestions/new",
        "suggestions.new",
        "suggestions/sent.html",
        act=acts.send_a_suggestion,
        sign=".code",
    ),
    Kind(
        "suggestion-found",
        "/suggestions/new",
        "suggestions.new",
        "suggestions/one.html",
        act=acts.look_up_a_suggestion,
        sign=".panel-open",
    ),
    Kind("not-found", "/learn/practice/no-such/", "practice.home", "errors/error.html", status=404),
    Kind("not-allowed", "/learn/", "learn.home", "errors/error.html", "admin", status=403),
)


def site_kinds(site: Path, language: Language) -> list[Kind]:
    """One page of each folder and depth of the built site, a search, and a wrong address."""
    root = site if language == "zh" else site / "en"
    prefix = "/" if language == "zh" else "/en/"
    found: dict[tuple[str, int], str] = {}
    for file in sorted(root.rglob("index.html")):
        path = file.parent.relative_to(root).as_posix()
        parts = path.split("/")
        if language == "zh" and parts[0] == "en":
            continue
        found.setdefault((parts[0], len(parts)), "" if path == "." else f"{path}/")
    kinds = [
        Kind(f"site-{address.strip('/').replace('/', '-') or 'home'}", f"{prefix}{address}", limit=SITE_LIMIT)
        for address in found.values()
    ]
    return [*kinds, Kind("site-wrong-address", f"{prefix}no/such/page/", limit=SITE_LIMIT, status=404)]


def kind_findings(app: Flask, templates: Path, kinds: Iterable[Kind]) -> list[str]:
    """Every endpoint and every template that no kind of page shows, and every kind that shows none there is."""
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())} - NO_PAGE
    # A template that extends no other is a part of pages and no page by itself.
    pages = (path for path in templates.rglob("*.html") if "{% extends " in path.read_text(encoding="utf-8"))
    files = {path.relative_to(templates).as_posix() for path in pages}
    shown = {(kind.endpoint, kind.template) for kind in kinds if not kind.is_site}
    found = [f"{endpoint}: no sample" for endpoint in endpoints - {endpoint for endpoint, _ in shown}]
    found += [f"{template}: no sample" for template in files - {template for _, template in shown}]
    found += [f"{endpoint}: there is no such page" for endpoint, _ in shown if endpoint not in endpoints]
    found += [f"{template}: there is no such template" for _, template in shown if template not in files]
    return sorted(found)
