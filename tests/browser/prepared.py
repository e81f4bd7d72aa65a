"""What must have happened before every kind of page can be seen: sittings in each state, a changed clause."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from playwright.sync_api import BrowserContext
from sqlalchemy import create_engine, select, text

from quiz_app.config import PACKAGE
from quiz_app.content.library import Library
from quiz_app.content.policy import seal_of
from quiz_app.content.text import Text
from quiz_app.store.db import connect, disconnect, session
from quiz_app.store.tables.access import Account
from tests.answering import Keys, item_path
from tests.factories import Factories
from tests.serving import Demo, Server, own_copy, rongcuo, serving
from tests.visitor import Visitor

CHANGED = ("soe-sanctions-2024", "art12")
"""A clause of module 1 whose meaning changes before the pages are seen."""


@dataclass(frozen=True)
class Prepared:
    """An origin on which every kind of page can be seen, the people who see them, and where."""

    server: Server
    visitors: dict[str, Visitor]
    places: dict[str, str]

    def address(self, pattern: str) -> str:
        """The full address of a kind of page."""
        return self.server.base_url + pattern.format(**self.places)

    def enter(self, context: BrowserContext, who: str | None) -> None:
        """Signs a window in by the cookies of a visitor who is signed in already."""
        context.clear_cookies()
        for cookie in self.visitors[who].cookies if who else ():
            context.add_cookies([{"name": cookie.name, "value": cookie.value or "", "url": self.server.base_url}])


PEOPLE = {
    "beginner": "jia-0001",
    "passer": "jia-0002",
    "closer": "jia-0003",
    "secretary": "jia-branch1",
    "hr": "jia-hr",
    "committee": "jia-committee",
    "releasing-hr": "bing-hr",
    "other-hr": "yi-hr",
    "other-committee": "yi-committee",
    "newcomer": "ding-0001",
    "new-hr": "ding-hr",
    "new-secretary": "ding-branch1",
    "city": "city",
    "admin": "admin",
}


@contextmanager
def prepared(demo: Demo, site: Path, library: Library, folder: Path) -> Iterator[Prepared]:
    """Site and service on an own copy of the demo data, with something to see on every page."""
    settings = {"RONGCUO_LIBRARY_DIR": str(_library_with_a_change(folder))}
    with own_copy(demo, folder) as url:
        _enterprise_without_a_task(url)
        reports = {word: _report(url, months_ago, word) for word, months_ago in (("released", 1), ("built", 0))}
        with serving(url, site, settings=settings) as server:
            visitors = {}
            for role, name in {**PEOPLE, "made-up": _somebody_who_passed(url)}.items():
                visitors[role] = Visitor(server.base_url)
                visitors[role].sign_in(name, demo.password)
            keys = Keys(library)
            places = {
                "begun": _sitting(visitors["beginner"], keys, wrong=1, answers=1),
                "passed": _sitting(visitors["passer"], keys, wrong=0, answers=99),
                "closed": _sitting(visitors["closer"], keys, wrong=99, answers=99),
                "list": _list(visitors["hr"]),
                **reports,
            }
            _receipt(visitors["committee"], places["released"])
            places["suggestion"] = _suggestions(server.base_url, visitors["city"])
            yield Prepared(server, visitors, places)


def _enterprise_without_a_task(database_url: str) -> None:
    """One more enterprise, in which nothing has begun: HR, a secretary without a branch, a cadre."""
    connect(database_url)
    factories = Factories(datetime.now(UTC))
    password_hash = session().scalars(select(Account.password_hash).where(Account.password_hash.is_not(None))).first()
    made = factories.enterprise("ding")
    member = factories.member("ding", made.root)
    for name, role, member_id in (
        ("ding-hr", "hr", None),
        ("ding-branch1", "branch_secretary", None),
        ("ding-0001", "member", member),
    ):
        factories.account("ding", name, role, member_id=member_id, password_hash=password_hash)
    disconnect()


def _report(database_url: str, months_ago: int, word: str) -> str:
    """Builds a report of jia, releases it where that is the word, and gives its id."""
    day = datetime.now(UTC).astimezone(ZoneInfo("Asia/Shanghai"))
    for _ in range(months_ago):
        day = day.replace(day=1) - timedelta(days=1)
    serial = rongcuo(database_url, "report", "build", "jia", f"{day:%Y-%m}", "--commit").strip()
    if word == "released":
        rongcuo(database_url, "report", "release", serial, "--commit")
    return str(_first(database_url, "SELECT id FROM report WHERE serial = :value", serial))


def _list(hr: Visitor) -> str:
    """Issues a list of unfinished study, and takes the completion list as a file; gives where the list is."""
    assert hr.get("/hr/completion.xlsx").status == 200
    form = next(form for form in hr.get("/hr/unfinished/new").page.forms if form.action.endswith("/new"))
    filled = {"requested_by": "党委办公室", "purpose": "年度学习情况核对", "extent": "all"}
    answer = hr.post("/hr/unfinished/new", **{**form.fields, **filled})
    assert answer.status == 303, answer.text
    return answer.location.partition("?")[0]


def _receipt(committee: Visitor, report_id: str) -> None:
    """Somebody signs the report and writes an instruction."""
    address = f"/committee/reports/{report_id}/"
    for form in committee.get(address).page.forms:
        if "/receipts/" in form.action:
            filled = {**form.fields, "signer": "陈某", "text": "请各支部补齐。"}
            assert committee.post(form.action, **filled).status == 303


def _suggestions(base_url: str, city: Visitor) -> str:
    """Somebody sends two suggestions and the supervisor answers one; gives the id of the other."""
    for words in ("案例页上的“程序方法”一节，想多看两个例子。", "手机上术语表的字可以再大一点。"):
        sender = Visitor(base_url)
        form = next(form for form in sender.get("/suggestions/new").page.forms if form.action.endswith("/new"))
        assert sender.post("/suggestions/new", **{**form.fields, "text": words}).status == 200
    for link in _waiting(city)[:1]:
        form = next(form for form in city.get(link).page.forms if "text" in form.fields)
        filled = {**form.fields, "text": "谢谢，已经补充。"}
        assert city.post(form.action, **filled).status == 303
    return _waiting(city)[0].split("/")[3]


def _waiting(city: Visitor) -> list[str]:
    page = city.get("/city/suggestions/").text.partition("<h2>")[2].partition("<h2>")[0]
    return re.findall(r'href="(/city/suggestions/[^/"]+/)"', page)


def _sitting(visitor: Visitor, keys: Keys, wrong: int, answers: int) -> str:
    """Begins module 3 and gives so many answers, the first ones wrong; returns the path of the sitting."""
    sitting = visitor.begin("correction")
    for number in range(answers):
        page = visitor.get(sitting).page
        action = item_path(page)
        if action is None:
            break
        question = page.h1[0]
        option = keys.wrong(question) if number < wrong else keys.right(question)
        assert visitor.post(action, option=option, confidence="3").status == 303
    return sitting


def _somebody_who_passed(database_url: str) -> str:
    query = (
        "SELECT n.name FROM sign_in_name n JOIN account a ON a.id = n.account_id"
        " JOIN module_pass p ON p.member_id = a.member_id"
        " WHERE p.module_id = :value AND n.name LIKE 'jia-0%' ORDER BY n.name"
    )
    name = _first(database_url, query, "three-distinctions")
    assert name, "somebody of the demo has passed module 1"
    return str(name)


def _first(database_url: str, query: str, value: str) -> object:
    engine = create_engine(database_url)
    with engine.connect() as connection:
        found = connection.execute(text(query), {"value": value}).scalars().first()
    engine.dispose()
    return found


def _library_with_a_change(folder: Path) -> Path:
    """A copy of the library in which one clause has changed in meaning today."""
    copy = folder / "library"
    shutil.copytree(PACKAGE / "library", copy)
    instrument, clause_id = CHANGED
    file = copy / "policy" / f"{instrument}.yml"
    content: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    clause = next(one for one in content["clauses"] if one["id"] == clause_id)
    before = dict(clause["gist"])
    clause["gist"] = {"zh": f"{before['zh']}（示例修订）", "en": f"{before['en']} (example of a revision)"}
    clause["revisions"].append(
        {
            "number": clause["revisions"][-1]["number"] + 1,
            "date": "2026-11-23",
            "kind": "meaning",
            "seal": seal_of(Text(**clause["gist"])),
            "note": {"zh": "示例：适用的情形有变化。", "en": "Example: the circumstances it applies to have changed."},
            "before": before,
        }
    )
    file.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return copy
