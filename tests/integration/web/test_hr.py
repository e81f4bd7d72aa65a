"""The pages of HR: the list by GET, its file, lists of unfinished study, and who may open them."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from openpyxl import load_workbook

from quiz_app.store import standings
from quiz_app.store.cycles import current_cycle
from quiz_app.store.db import saving
from tests.client import Client
from tests.factories import Factories, Made
from tests.integration.web.conftest import PASSWORD, Ticking

TODAY = date(2026, 11, 18)


@pytest.fixture
def people(factories: Factories, jia: Made, clock: Ticking) -> list[str]:
    """60 people of two departments and a branch, 20 of whom have completed the module."""
    units = [factories.unit("jia", name, jia.root) for name in ("财务部", "工程部")]
    branch = factories.unit("jia", "第一党支部", jia.party_root, line="party")
    members = [
        factories.member(
            "jia", units[place % 2], branch if place % 2 else None, staff_number=f"{place:04}", name=f"张{place % 9}"
        )
        for place in range(60)
    ]
    for member in members[:20]:
        factories.passed("jia", member, passed_on=date(2026, 10, 7))
    cycle = current_cycle("jia", TODAY, clock.now)
    assert cycle is not None
    with saving() as current:
        standings.refresh(current, "jia", cycle, clock.now)
    return members


def signed_in(app: Flask, factories: Factories, password_hash: str, name: str, *roles: str) -> Client:
    factories.account("jia", name, *roles, password_hash=password_hash)
    client = Client(app)
    client.sign_in(name, PASSWORD)
    return client


@pytest.fixture
def hr(app: Flask, factories: Factories, people: list[str], password_hash: str) -> Client:
    """A browser in which HR of jia is signed in."""
    return signed_in(app, factories, password_hash, "jia-hr", "hr")


@pytest.fixture
def committee(app: Flask, factories: Factories, people: list[str], password_hash: str) -> Client:
    """A browser in which the committee office of jia is signed in."""
    return signed_in(app, factories, password_hash, "jia-committee", "committee")


def table(client: Client) -> list[list[str]]:
    """The texts of the body rows of the page's table."""
    assert client.response is not None
    html = client.response.get_data(as_text=True)
    body = html.split("<tbody>")[1].split("</tbody>")[0]
    rows = [row.split("</tr>")[0] for row in body.split("<tr>")[1:]]
    return [[_text(cell) for cell in row.replace("</th>", "</td>").split("</td>")[:-1]] for row in rows]


def _text(cell: str) -> str:
    words = "".join(f"<{part}" for part in cell.replace("<br>", "\n").split("<")[1:])
    return "".join(part.split(">", 1)[1] for part in words.split("<")[1:])


def next_page(client: Client) -> str | None:
    """The address of the next page."""
    assert client.response is not None
    found = re.search(r'href="([^"]+)" rel="next"', client.response.get_data(as_text=True))
    return unescape(found[1]) if found else None


def test_the_overview_begins_with_the_totals_in_words(hr: Client) -> None:
    page = hr.open("/hr/")
    assert "应学 60 人，20 人已完成全部应学模块。" in page.text
    assert "Basics（中文）：应学 60 人，已完成 20 人，未完成 40 人（未开始 40 人）。" in page.text
    assert "合计截至 2026年11月18日 12:00" in page.text


def test_everybody_is_met_once_by_following_next_page(hr: Client) -> None:
    hr.open("/hr/completion?sort=name")
    rows = table(hr)
    while address := next_page(hr):
        hr.open(address)
        rows += table(hr)
    assert sorted(row[0] for row in rows) == [f"{place:04}" for place in range(60)]
    assert [row[1] for row in rows] == sorted(row[1] for row in rows)
    assert "已到最后一页" in hr.page.text


def test_a_row_shows_the_month_of_completion_and_never_the_day(hr: Client) -> None:
    hr.open("/hr/completion")
    assert table(hr)[0] == ["0000", "张0", "财务部", "—", "已完成\n2026年10月"]
    assert table(hr)[21] == ["0021", "张3", "工程部", "第一党支部", "未开始\n2026年11月30日前"]
    assert hr.response is not None
    html = hr.response.get_data(as_text=True)
    assert "10月7日" not in html
    assert "2026-10-07" not in html


def test_filters_hold_on_every_page_and_in_the_file(hr: Client) -> None:
    hr.open("/hr/completion?state=not_started&module=basics&sort=name&dir=desc&lang=zh")
    assert "Basics（中文）的状态：未开始" in hr.page.text
    rows = table(hr)
    file = next(link for link in hr.page.links if ".xlsx" in link)
    assert parse_qs(urlsplit(file).query) == {
        "state": ["not_started"],
        "module": ["basics"],
        "sort": ["name"],
        "dir": ["desc"],
    }
    answer = hr.http.get(file)
    assert answer.headers["Content-Length"] == str(len(answer.data))
    assert "completion.xlsx" not in answer.headers["Content-Disposition"]
    sheet = load_workbook(BytesIO(answer.data)).worksheets[0]
    saved = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [(row[0], row[1], row[2], row[4].split("\n")[0]) for row in rows] == [
        (number, name, unit, state) for number, name, unit, _, state, *_ in saved
    ]
    assert len(rows) == 40


def test_the_heading_sorted_by_says_so_and_turns_the_order_round(hr: Client) -> None:
    hr.open("/hr/completion?sort=unit")
    assert hr.response is not None
    assert hr.response.get_data(as_text=True).count("aria-sort") == 1
    assert '<th scope="col" aria-sort="ascending">' in hr.response.get_data(as_text=True)
    hr.open(next(link for link in hr.page.links if "sort=unit&dir=desc" in link))
    assert '<th scope="col" aria-sort="descending">' in hr.response.get_data(as_text=True)


def test_an_empty_result_says_what_to_do(hr: Client) -> None:
    page = hr.open("/hr/completion?q=nobody")
    assert "该条件下没有人员" in page.text
    assert "/hr/completion" in page.links
    assert "Nobody matches" in hr.open("/hr/completion?q=nobody&lang=en").text


def test_a_page_of_fifty_people_is_small(hr: Client) -> None:
    hr.open("/hr/completion")
    assert hr.response is not None
    assert len(hr.response.data) < 30_000
    assert "<script" not in hr.response.get_data(as_text=True)


@pytest.mark.parametrize(
    "query",
    [
        "unit=nowhere",
        "branch=nowhere",
        "module=none",
        "state=none",
        "sort=score",
        "after=nobody",
        "sort=basics&after=9.x",
    ],
)
def test_an_address_that_names_nothing_is_not_found(hr: Client, query: str) -> None:
    hr.open(f"/hr/completion?{query}")
    assert hr.status == 404


def test_ids_of_another_enterprise_are_not_found(hr: Client, factories: Factories) -> None:
    yi = factories.enterprise("yi")
    member = factories.member("yi", yi.root)
    for query in (f"unit={yi.root}", f"branch={yi.party_root}", f"after={member}"):
        hr.open(f"/hr/completion?{query}")
        assert hr.status == 404, query


def issue(hr: Client, **fields: str) -> None:
    hr.open("/hr/unfinished/new")
    hr.submit("/new", **{"requested_by": "党委办公室", "purpose": "季度通报", "extent": "all", "unit": "", **fields})


def test_hr_issues_a_list_and_sees_it_confirmed(hr: Client) -> None:
    assert "还没有出具过名单" in hr.open("/hr/unfinished/").text
    issue(hr)
    assert hr.status == 200
    assert "名单已出具：40 人，40 条。" in hr.page.text
    assert table(hr)[0] == ["张0", "工程部", "Basics（中文）", "2026年11月30日"]
    assert "党委办公室：季度通报" in hr.open("/hr/unfinished/").text


def test_a_form_sent_twice_is_one_list(hr: Client) -> None:
    hr.open("/hr/unfinished/new")
    form = next(form for form in hr.page.forms if form.action.endswith("/new"))
    fields = {**form.fields, "requested_by": "党委", "purpose": "通报", "extent": "all"}
    first = hr.http.post(form.action, data=fields)
    second = hr.http.post(form.action, data=fields)
    assert first.status_code == 303
    assert first.location == second.location


def test_a_form_without_purpose_keeps_what_was_typed_and_issues_nothing(hr: Client) -> None:
    issue(hr, purpose=" ")
    assert hr.status == 400
    assert "请写明用途" in hr.page.text
    form = next(form for form in hr.page.forms if form.action.endswith("/new"))
    assert form.fields["requested_by"] == "党委办公室"
    assert "#purpose" in hr.page.links
    assert "还没有出具过名单" in hr.open("/hr/unfinished/").text


def test_a_form_with_an_unknown_extent_asks_for_it_and_issues_nothing(hr: Client) -> None:
    issue(hr, extent="everything")
    assert hr.status == 400
    assert "#extent" in hr.page.links
    assert "还没有出具过名单" in hr.open("/hr/unfinished/").text


def test_the_committee_office_reads_lists_and_nothing_else_of_hr(hr: Client, committee: Client) -> None:
    issue(hr)
    address = hr.location
    assert committee.open(address).h1 == ["未完成名单"]
    assert committee.http.get(f"{address}.xlsx").status_code == 200
    assert address in " ".join(committee.open("/hr/unfinished/").links)
    assert "/hr/unfinished/new" not in committee.page.links
    for closed in ("/hr/", "/hr/completion", "/hr/completion.xlsx", "/hr/exports", "/hr/unfinished/new"):
        committee.open(closed)
        assert committee.status == 403, closed


def test_somebody_on_the_list_finds_it_in_the_own_record(
    hr: Client, app: Flask, factories: Factories, people: list[str], password_hash: str
) -> None:
    issue(hr)
    factories.account("jia", "jia-0030", "member", member_id=people[30], password_hash=password_hash)
    person = Client(app)
    person.sign_in("jia-0030", PASSWORD)
    assert "党委办公室" in person.open("/learn/record").text
    assert "季度通报" in person.page.text
    person.open("/hr/completion")
    assert person.status == 403


def test_a_list_of_another_enterprise_is_not_found(
    hr: Client, app: Flask, factories: Factories, password_hash: str
) -> None:
    issue(hr)
    address = hr.location
    factories.enterprise("yi")
    factories.account("yi", "yi-hr", "hr", password_hash=password_hash)
    other = Client(app)
    other.sign_in("yi-hr", PASSWORD)
    for path in (address, f"{address}.xlsx"):
        other.open(path)
        assert other.status == 404, path


def test_a_place_in_a_list_that_is_no_number_is_its_beginning(hr: Client) -> None:
    issue(hr)
    first = table(hr)
    for after in ("x", "9" * 40, "-1", "²"):
        hr.open(f"{hr.location}?after={after}")
        assert hr.status == 200
        assert table(hr) == first


def test_exports_are_listed_with_their_filter(hr: Client) -> None:
    assert "还没有导出过" in hr.open("/hr/exports").text
    hr.http.get("/hr/completion.xlsx?state=overdue")
    hr.open("/hr/exports")
    assert table(hr)[0] == ["2026年11月18日 12:00", "jia-hr", "导出完成情况", "任一模块的状态：逾期未完成"]
    hr.open("/hr/exports?lang=en")
    assert table(hr)[0][-1] == "State of any module: Overdue"


def test_without_a_study_task_the_pages_say_what_to_do(app: Flask, factories: Factories, password_hash: str) -> None:
    factories.enterprise("yi")
    factories.account("yi", "yi-hr", "hr", password_hash=password_hash)
    client = Client(app)
    client.sign_in("yi-hr", PASSWORD)
    for path in ("/hr/", "/hr/completion", "/hr/unfinished/new"):
        assert "还没有学习任务" in client.open(path).text, path
        assert client.status == 200


def test_every_page_of_hr_speaks_english_too(hr: Client) -> None:
    issue(hr)
    for path in ("/hr/", "/hr/completion", "/hr/exports", "/hr/unfinished/", "/hr/unfinished/new", hr.location):
        page = hr.open(f"{path}?lang=en")
        assert page.lang == "en"
        assert len(page.h1) == 1
        assert page.h1[0].isascii()
