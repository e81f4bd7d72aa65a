"""Word file and workbook hold every cell of the document, as text where it is text."""

from __future__ import annotations

from io import BytesIO

import docx
import openpyxl
import pytest
from docx.shared import Mm

from quiz_app.adapters import report_docx, report_xlsx
from quiz_app.domain.document import Document, Section, Share, Table

TABLE = Table(
    key="units",
    caption="各单位完成情况",
    note="应学人数为截至日在应学范围内的人数。",
    header=("单位", "应学", "完成率"),
    rows=(("=HYPERLINK(1)", 12, "58.3%"), ("其他单位合并（2 个单位）", 7, "—")),
    chart=(Share("甲部", 7, 12, "7/12"),),
)
DOCUMENT = Document(
    language="zh",
    title="学习情况报告",
    subtitle="2026年11月",
    identity=(("流水号", "JIA-202611-V1"), ("截至", "2026年11月30日")),
    sections=(Section("总体情况", ("应学 19 人。",), (TABLE,)),),
    unit="示例甲集团",
    date="2026年12月1日",
    seal_place="（单位盖章）",
    footer="系统生成，供核对",
    method=(("口径：", "按单位合并。"),),
)


def test_the_word_file_has_every_cell_and_the_page_of_the_standard() -> None:
    word = docx.Document(BytesIO(report_docx.render(DOCUMENT)))
    rows = [[cell.text for cell in row.cells] for row in word.tables[1].rows]
    assert rows == [list(TABLE.header), *[[str(cell) for cell in row] for row in TABLE.rows]]
    texts = [paragraph.text for paragraph in word.paragraphs]
    assert {"学习情况报告", "一、总体情况", TABLE.note, "（单位盖章）", "口径：按单位合并。"} <= set(texts)
    section = word.sections[0]
    margins = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
    assert [round(one.mm) for one in margins if one is not None] == [37, 35, 28, 26]
    assert section.page_width == pytest.approx(Mm(210), abs=Mm(1))


def test_every_run_of_the_word_file_names_an_east_asian_font() -> None:
    word = docx.Document(BytesIO(report_docx.render(DOCUMENT)))
    runs = [run for paragraph in word.paragraphs for run in paragraph.runs if run.text]
    assert runs
    assert all("w:eastAsia" in run._element.xml for run in runs)


def test_the_workbook_has_every_cell_and_no_live_formula() -> None:
    book = openpyxl.load_workbook(BytesIO(report_xlsx.render(DOCUMENT)))
    assert book.sheetnames == ["各单位完成情况", "说明"]
    cells = [list(row) for row in book["各单位完成情况"].iter_rows(values_only=True)]
    assert cells == [["单位", "应学", "完成率"], ["=HYPERLINK(1)", 12, 0.583], ["其他单位合并（2 个单位）", 7, "—"]]
    assert book["各单位完成情况"]["A2"].data_type == "s"
    assert book["各单位完成情况"]["C2"].number_format == "0.0%"
    notes = [row[1] for row in book["说明"].iter_rows(values_only=True)]
    assert TABLE.note in notes
