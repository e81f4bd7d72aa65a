"""政策更新单 from the shell: handed out, filled in, tried, written; and what is wrong with one in the user's language."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess
from xml.etree import ElementTree

import openpyxl
import pytest

from quiz_app.config import PACKAGE, PROJECT
from quiz_app.content.library import Library
from quiz_app.content.loader import load_library
from quiz_app.content.policy import seal_of
from quiz_app.content.policy_form import CLAUSES, SLOTS, Cell
from quiz_app.content.text import Text
from quiz_app.site.changes import FEED, write_feeds
from tests.integration.cli.test_commands import run
from tests.policy_forms import CHANGE, CONTENT, place_of

REF = "soe-sanctions-2024/art13"
"""A clause that modules cite, so that people of the demo have passed on it."""

Act = Callable[[openpyxl.Workbook], object]


@dataclass(frozen=True)
class Place:
    """A deployment with an own copy of the library and a migrated database."""

    folder: Path
    database_url: str

    @property
    def library_dir(self) -> Path:
        """The copy of the library."""
        return self.folder / "library"

    def library(self) -> Library:
        """The copy, checked."""
        return load_library(self.library_dir, PROJECT / "cases")

    def run(self, *words: str) -> CompletedProcess[str]:
        """Runs a command on this deployment."""
        return run(self.database_url, *words, RONGCUO_LIBRARY_DIR=str(self.library_dir))

    def files(self) -> dict[str, bytes]:
        """Every file of the library with its content."""
        found = (path for path in self.library_dir.rglob("*") if path.is_file())
        return {path.relative_to(self.library_dir).as_posix(): path.read_bytes() for path in found}

    def exported(self) -> Path:
        """The form as the command writes it."""
        path = self.folder / "更新单.xlsx"
        done = self.run("export", "policy", "--out", str(path))
        assert done.returncode == 0, done.stderr
        return path


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A deployment without data."""
    shutil.copytree(PACKAGE / "library", tmp_path / "library")
    return Place(tmp_path, f"sqlite:///{tmp_path}/data/rongcuo.sqlite3")


def row_of(book: openpyxl.Workbook, sheet: str, ref: str) -> int:
    """The row of a clause or slot."""
    keys = ("instrument", "clause") if sheet == CLAUSES else ("slot",)
    places = [place_of(sheet, key) for key in keys]
    rows = enumerate(book[sheet].iter_rows(values_only=True), start=1)
    return next(number for number, row in rows if "/".join(str(row[place]) for place in places) == ref)


def put(sheet: str, ref: str, cells: dict[str, Cell]) -> Act:
    """Writes cells into the row of a clause or slot, as somebody at a desk would."""

    def act(book: openpyxl.Workbook) -> None:
        row = row_of(book, sheet, ref)
        for key, value in cells.items():
            book[sheet].cell(row, place_of(sheet, key) + 1).value = value

    return act


def fill(form: Path, *acts: Act) -> None:
    """Opens the form, does this to it and saves it."""
    book = openpyxl.load_workbook(form)
    for act in acts:
        act(book)
    book.save(form)


def test_a_form_is_handed_out_filled_tried_and_written(place: Place) -> None:
    assert place.run("demo", "load").returncode == 0
    form, before = place.exported(), place.files()
    fill(form, put(CLAUSES, REF, CHANGE), put(SLOTS, "contact", CONTENT))
    old = place.library().clauses[REF][1]

    tried = place.run("import", "policy", str(form))
    assert tried.returncode == 0, tried.stderr
    assert f"  - {old.gist.zh}\n  + {CHANGE['new_zh']}\n" in tried.stdout
    assert "  - 待主管部门提供\n  + 市国资委综合处\n  + 电话：025-00000000\n" in tried.stdout
    assert re.search(r"要补学的人：[1-9]\d* 人（全部企业当前学习任务应学 \d+ 人，截至 ", tried.stdout)
    assert "没有写入；加 --commit 执行。" in tried.stdout
    assert place.files() == before

    done = place.run("import", "policy", str(form), "--commit")
    assert done.returncode == 0, done.stderr
    assert difference(done.stdout) == difference(tried.stdout)
    after = place.files()
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"policy/soe-sanctions-2024.yml", "local.yml"}
    assert place.run("content", "check", "--library", str(place.library_dir)).returncode == 0

    _holds_the_change(place, old.gist)
    again = place.run("import", "policy", str(form), "--commit")
    assert (again.returncode, "没有要写入的内容" in again.stdout) == (0, True)
    assert place.files() == after


def difference(said: str) -> str:
    """What a command said before it counted people."""
    return said.split("要补学的人")[0]


def _holds_the_change(place: Place, old: Text) -> None:
    """The register has its new revision, the slot its content, and the feed its entry."""
    library = place.library()
    clause = library.clauses[REF][1]
    last = clause.revisions[-1]
    assert (clause.gist.zh, last.kind, last.date, last.seal) == (
        CHANGE["new_zh"],
        "meaning",
        CHANGE["date"],
        seal_of(clause.gist),
    )
    assert last.before == old
    assert library.slots["contact"].value == Text(zh=str(CONTENT["new_zh"]), en=str(CONTENT["new_en"]))
    (place.folder / "site" / "en").mkdir(parents=True)
    write_feeds(place.folder / "site", library, Text(zh="站", en="Site"))
    entries = ElementTree.parse(place.folder / "site" / FEED).getroot().findall("{*}entry")  # noqa: S314 - our own file
    assert entries[0].findtext("{*}summary") == f"{CHANGE['note_zh']} {CHANGE['new_zh']}"
    assert str(entries[0].findtext("{*}title")).startswith("含义有变")


def double(book: openpyxl.Workbook) -> None:
    """Repeats the row of a clause at the end."""
    page = book[CLAUSES]
    page.append([cell.value for cell in page[row_of(book, CLAUSES, REF)]])


FAULTY: list[tuple[str, Act, str]] = [
    (
        "an unknown clause",
        put(CLAUSES, "soe-sanctions-2024/art12", {"clause": "art99"}),
        "没有编号为 soe-sanctions-2024/art99 的条目",
    ),
    ("a doubled row", double, "重复，只能留一行"),
    ("a wrong sheet", lambda book: setattr(book[SLOTS], "title", "Sheet2"), "本地内容: -: 没有这张工作表"),
]


def test_what_is_wrong_with_a_form_is_told_place_by_place_and_nothing_is_written(place: Place) -> None:
    assert place.run("db", "upgrade").returncode == 0
    form, before = place.exported(), place.files()
    fill(form, put(SLOTS, "contact", CONTENT), *(act for _, act, _ in FAULTY))
    done = place.run("import", "policy", str(form), "--commit")
    assert (done.returncode, done.stdout) == (1, "")
    for _, _, reason in FAULTY:
        assert reason in done.stderr
    *faults, closing = done.stderr.splitlines()
    assert len(faults) == len(FAULTY)
    assert closing.startswith("更新单没有写入，登记册没有改动。")
    assert "Traceback" not in done.stderr
    assert place.files() == before


def test_a_form_that_rests_on_an_older_register_is_refused(place: Place) -> None:
    assert place.run("db", "upgrade").returncode == 0
    stale = place.exported()
    newer = stale.with_name("newer.xlsx")
    shutil.copy(stale, newer)
    fill(newer, put(CLAUSES, REF, CHANGE))
    assert place.run("import", "policy", str(newer), "--commit").returncode == 0
    before = place.files()
    fill(stale, put(CLAUSES, REF, {**CHANGE, "new_zh": "另一要点。", "new_en": "Another gist."}))
    done = place.run("import", "policy", str(stale), "--commit")
    assert done.returncode == 1
    assert "现要点（中文）: 与登记册不同" in done.stderr
    assert "请重新导出更新单再填" in done.stderr
    assert place.files() == before


def test_what_is_no_form_or_lies_nowhere_is_told_in_a_sentence(place: Place) -> None:
    assert place.run("db", "upgrade").returncode == 0
    (place.folder / "form.xlsx").write_text("制度编号,文件\n", encoding="utf-8")
    for name, reason in (("form.xlsx", "不是 xlsx 工作簿"), ("none.xlsx", "没有这个文件，或者打不开")):
        done = place.run("import", "policy", str(place.folder / name), "--commit")
        assert (done.returncode, f"{name}: -: {reason}" in done.stderr) == (1, True), done.stderr
    again = place.run("export", "policy", "--out", str(place.folder / "form.xlsx"))
    assert (again.returncode, "已经有同名的文件" in again.stderr) == (1, True)
    assert place.run("export", "policy").returncode == 2
