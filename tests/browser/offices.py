"""The steps of the main job after the cadre's: HR sees it and releases the report, the committee office reads it."""

from __future__ import annotations

import re
from email.message import EmailMessage
from pathlib import Path

import openpyxl
from docx import Document
from playwright.sync_api import expect

from tests.browser.walk import MODULE, Walk, error_summary_has_focus


def hr_sees_completed(walk: Walk, staff_number: str) -> None:
    """The completion list, narrowed to the person, says that module 1 is done, and never how."""
    walk.heading(walk.t("组织人事", "HR"))
    walk.hand.press(walk.link(re.compile(walk.t("^完成情况：", "^Completion:"))))
    walk.hand.fill(walk.page.locator("#q"), staff_number)
    walk.hand.press(walk.button(walk.t("筛选", "Filter")))
    title = walk.library.modules[MODULE].title.in_language(walk.language)
    table = walk.page.locator("table")
    expect(table.locator("tbody tr")).to_have_count(1)
    column = table.locator("thead th").all_inner_texts().index(title)
    cell = table.locator("tbody tr").locator("td, th").nth(column)
    expect(cell).to_contain_text(re.compile(walk.t("已完成|逾期完成", "Completed")))


def hr_checks_and_releases(walk: Walk, serial: str) -> None:
    """HR looks at the report that was built and releases it."""
    walk.open("/hr/reports/")
    walk.hand.press(walk.link(re.compile(re.escape(serial))))
    walk.says(serial)
    walk.hand.press(walk.button(walk.t("核对无误，发布", "Checked, release it")))
    walk.heading(walk.t("报告已发布", "Report released"))
    walk.says(serial)


def mail_tells_of_it(messages: list[EmailMessage], serial: str) -> None:
    """One message came, to the committee office, with both files."""
    (message,) = [one for one in messages if serial in str(one["Subject"])]
    assert message["Message-ID"]
    assert str(message["To"].addresses[0].addr_spec).startswith("committee@")
    names = [part.get_filename() for part in message.iter_attachments()]
    assert names == [f"{serial}-zh.docx", f"{serial}-zh.xlsx"]


def committee_reads(walk: Walk, serial: str) -> None:
    """The page, the Word file and the workbook, all of the same report."""
    walk.heading(walk.t("学习情况报告", "Participation reports"))
    walk.hand.press(walk.link(re.compile(re.escape(serial))))
    walk.says(serial)
    expect(walk.page.locator("figure, svg").first).to_be_visible()
    rows = walk.page.locator("main table").first.locator("tbody tr").count()
    assert rows, "a chart has its table beside it"
    word = _text_of_word_file(walk.hand.take(walk.link(walk.t("Word 文件", "Word file"))))
    assert serial in word
    assert walk.t("（单位盖章）", "(Seal of the unit)") in word
    book = _text_of_workbook(walk.hand.take(walk.link(walk.t("Excel 工作簿", "Excel workbook"))))
    assert serial in book


def committee_signs(walk: Walk) -> None:
    """签阅, after a form sent with the name missing was put right."""
    signer = walk.page.locator("#read-signer")
    walk.page.locator("#read-signer").evaluate("field => field.removeAttribute('required')")
    walk.hand.press(walk.button(walk.t("登记签阅", "Record")))
    error_summary_has_focus(walk)
    walk.hand.fill(signer, "陈某")
    walk.hand.press(walk.button(walk.t("登记签阅", "Record")))
    expect(walk.page.locator("#receipts li").first).to_contain_text("陈某")


def _text_of_workbook(path: Path) -> str:
    with path.open("rb") as file:
        book = openpyxl.load_workbook(file)
    assert len(book.sheetnames) >= 2, "figures and what they mean"
    return "\n".join(str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line)


def _text_of_word_file(path: Path) -> str:
    with path.open("rb") as file:
        document = Document(file)
    parts = [paragraph.text for paragraph in document.paragraphs]
    parts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    for section in document.sections:
        parts += [paragraph.text for paragraph in (*section.header.paragraphs, *section.footer.paragraphs)]
    return "\n".join(parts)
