"""The report on the page, in the Word file, in the workbook and in the JSON: one set of figures, each with its words."""

from __future__ import annotations

import json
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import docx
import openpyxl
import pytest

from quiz_app.config import Settings
from quiz_app.content.library import Library
from quiz_app.domain.report_words import FIGURES
from quiz_app.services import report_desk, reports
from quiz_app.store.reports import ReportRow
from tests.client import Client
from tests.factories import Factories, Made
from tests.report_world import PERIOD, ReportWorld, add_variety, make_world

PASSWORD = "three calm words"
Row = list[str]

_SHOWN = {
    "modules": ("required", "completed", "rate", "new", "make_up", "late"),
    "unfinished": ("in_progress", "not_started", "overdue", "waived"),
    "units": ("required", "completed", "rate", "make_up", "overdue"),
    "branches": ("required", "completed", "rate", "make_up", "overdue"),
}


@pytest.fixture
def world(factories: Factories, library: Library, now: Any) -> ReportWorld:
    """A small enterprise in which every figure is more than nothing."""
    made = make_world(factories, library, now)
    add_variety(made)
    return made


@pytest.fixture
def jia(world: ReportWorld) -> Made:
    """The world stands in for the enterprise of the other tests of pages."""
    return Made("jia", world.root, "")


@pytest.fixture
def row(world: ReportWorld, settings: Settings) -> ReportRow:
    """The released report of November."""
    built = reports.build("jia", PERIOD, world.libraries, world.now)
    report_desk.release("jia", built.id, None, settings, world.now)
    return built


def signed_in(client: Client, factories: Factories, role: str, password_hash: str, enterprise: str = "jia") -> Client:
    """The browser of an account with one role."""
    name = f"{enterprise}-{role}"
    factories.account(enterprise, name, role, password_hash=password_hash)
    client.sign_in(name, PASSWORD)
    return client


class Tables(HTMLParser):
    """The body rows of every table of a page, by the id of its caption."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: dict[str, list[Row]] = {}
        self._key = ""
        self._cell = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begins a table, row or cell."""
        if tag == "caption":
            self._key = (dict(attrs)["id"] or "").removeprefix("caption-")
            self.rows[self._key] = []
        elif tag == "tr" and self._key:
            self.rows[self._key].append([])
        elif tag in ("td", "th") and self._key and self.rows[self._key]:
            self.rows[self._key][-1].append("")
            self._cell = True

    def handle_endtag(self, tag: str) -> None:
        """Ends a cell or table."""
        if tag in ("td", "th"):
            self._cell = False
        if tag == "table":
            self.rows[self._key] = self.rows[self._key][1:]
            self._key = ""

    def handle_data(self, data: str) -> None:
        """Collects the text of a cell."""
        if self._cell:
            self.rows[self._key][-1][-1] += data


def percent(tenths: int) -> str:
    """A rate as it is read."""
    return f"{tenths // 10}.{tenths % 10}%"


def figures_of_json(row: ReportRow) -> dict[str, list[Row]]:
    """The figures of each table, taken from the frozen JSON without the code that shows them."""
    body = json.loads(row.body)
    figures = body["figures"]
    found = {"total": [[_shown(key, figures["total"][key])] for key in FIGURES]}
    for table, keys in _SHOWN.items():
        rows = figures["modules" if table == "unfinished" else table]
        found[table] = [[_shown(key, one[key]) for key in keys] for one in rows]
    found["concepts"] = [[str(one["answered"]), str(one["missed"]), percent(one["rate"])] for one in body["concepts"]]
    return found


def _shown(key: str, value: int) -> str:
    return percent(value) if key == "rate" else str(value)


def only_figures(rows: list[Row]) -> list[Row]:
    """The cells that are figures, without the words beside them."""
    return [[cell for cell in row if cell.rstrip("%").replace(".", "").isdigit()] for row in rows]


def word_rows(body: bytes) -> list[list[Row]]:
    """The body rows of every table of figures in a Word file."""
    tables = docx.Document(BytesIO(body)).tables[1:-1]
    return [[[cell.text for cell in row.cells] for row in table.rows[1:]] for table in tables]


def sheet_rows(body: bytes) -> list[list[Row]]:
    """The body rows of every sheet of figures in a workbook; the second sheet holds the notes."""
    sheets = openpyxl.load_workbook(BytesIO(body)).worksheets
    return [[[_read(cell) for cell in row] for row in sheet.iter_rows(min_row=2)] for sheet in [sheets[0], *sheets[2:]]]


def _read(cell: Any) -> str:
    if cell.number_format == "0.0%":
        return f"{cell.value * 100:.1f}%"
    return str(cell.value)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_page_word_file_workbook_and_json_agree_on_every_figure(
    client: Client, factories: Factories, row: ReportRow, password_hash: str, language: str
) -> None:
    signed_in(client, factories, "committee", password_hash)
    client.open(f"/committee/reports/{row.id}/?lang={language}")
    assert client.response is not None
    page = Tables(client.response.get_data(as_text=True)).rows
    expected = figures_of_json(row)
    assert list(page) == list(expected) == ["total", "modules", "unfinished", "units", "branches", "concepts"]
    assert {key: only_figures(rows) for key, rows in page.items()} == expected
    word = client.http.get(f"/committee/reports/{row.id}/report.docx").data
    sheets = client.http.get(f"/committee/reports/{row.id}/report.xlsx").data
    assert word_rows(word) == list(page.values())
    assert sheet_rows(sheets) == list(page.values())


def test_each_figure_of_the_overview_says_what_it_counts_of_whom_and_up_to_when(
    client: Client, factories: Factories, row: ReportRow, password_hash: str
) -> None:
    signed_in(client, factories, "committee", password_hash)
    client.open(f"/committee/reports/{row.id}/")
    assert client.response is not None
    page = Tables(client.response.get_data(as_text=True)).rows["total"]
    assert [cells[0] for cells in page] == [figure.title.zh for figure in FIGURES.values()]
    assert all(len(cells[2]) > 10 and "{" not in cells[2] for cells in page)
    assert sum("2026年11月18日" in cells[2] for cells in page) >= 6


def test_every_figure_of_the_world_is_more_than_nothing(row: ReportRow) -> None:
    total = json.loads(row.body)["figures"]["total"]
    assert all(total.values())


def test_hr_checks_without_the_concepts_and_the_city_reads_without_units(
    client: Client, factories: Factories, row: ReportRow, password_hash: str
) -> None:
    signed_in(client, factories, "hr", password_hash)
    client.open(f"/hr/reports/{row.id}/")
    assert client.response is not None
    assert "concepts" not in Tables(client.response.get_data(as_text=True)).rows
    assert len(word_rows(client.http.get(f"/hr/reports/{row.id}/report.docx").data)) == 5
    factories.enterprise("city", "supervisor")
    client.open("/logout")
    signed_in(client, factories, "supervisor", password_hash, "city")
    client.open(f"/city/reports/jia/{row.id}/")
    assert list(Tables(client.response.get_data(as_text=True)).rows) == ["total", "modules", "unfinished"]
    assert len(sheet_rows(client.http.get(f"/city/reports/jia/{row.id}/report.xlsx").data)) == 3


def test_a_report_that_is_not_released_is_nobodys_but_hrs(
    client: Client, factories: Factories, world: ReportWorld, password_hash: str
) -> None:
    waiting = reports.build("jia", PERIOD, world.libraries, world.now)
    signed_in(client, factories, "committee", password_hash)
    client.open(f"/committee/reports/{waiting.id}/")
    assert client.status == 404
    assert client.http.get(f"/committee/reports/{waiting.id}/report.docx").status_code == 404


def test_hr_builds_checks_and_releases_and_the_committee_signs(
    client: Client, factories: Factories, world: ReportWorld, password_hash: str
) -> None:
    signed_in(client, factories, "hr", password_hash)
    client.open("/hr/reports/")
    client.submit("/hr/reports/", period=PERIOD)
    assert "核对报告" in client.page.text
    client.submit("/release")
    assert "JIA-202611-V1" in client.page.text
    report_id = report_desk.find("JIA-202611-V1")[1]
    client.open("/logout")
    signed_in(client, factories, "committee", password_hash)
    client.open(f"/committee/reports/{report_id}/")
    client.submit("/receipts/read", signer="李书记", signed_on=date(2026, 11, 18).isoformat())
    client.submit("/receipts/instruction", signer="李书记", signed_on="2026-11-17", text="抓紧补学", from_paper="y")
    assert {(one.kind, one.signer, one.from_paper) for one in report_desk.receipts("jia", report_id)} == {
        ("read", "李书记", False),
        ("instruction", "李书记", True),
    }
    assert "抓紧补学" in client.page.text
