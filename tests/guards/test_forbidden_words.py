"""No study time, points, rankings, places or faces: no column, field label or table head (promise 1)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Column, Integer, MetaData, String, Table

from quiz_app.store.db import Base
from tests.guards.project import ROOT, files, finding, write

COLUMN_WORDS = frozenset(
    [
        "duration",
        "elapsed",
        "minutes",
        "seconds",
        "hours",
        "point",
        "points",
        "score",
        "scores",
        "mark",
        "marks",
        "rank",
        "ranking",
        "streak",
        "badge",
        "trophy",
        "location",
        "latitude",
        "longitude",
        "gps",
        "place",
        "photo",
        "picture",
        "image",
        "face",
        "selfie",
        "idcard",
        "identity",
        "phone",
        "mobile",
        "telephone",
        "address",
        "ip",
        "political",
        "device",
        "fingerprint",
    ]
)
ZH_LABELS = re.compile(
    "时长|用时|耗时|分钟数|学习分钟|积分|得分|分数|总分|评分|排名|排行|名次|打卡|连续天数|连续学习|勋章|徽章|奖杯"
    "|定位|地理位置|人脸|照片|自拍|身份证|手机号|电话|住址|政治面貌"
)
EN_LABELS = re.compile(
    r"\b(duration|time spent|time on page|minutes? (spent|studied)|study (time|minutes)|points?|scores?|ranks?|ranking"
    r"|leaderboard|streaks?|badges?|trophy|trophies|location|photo|face|selfie|id card|identity number|phone|mobile"
    r"|home address)\b",
    re.IGNORECASE,
)
LABEL_TAGS = re.compile(r"<(label|th|dt|legend|caption)\b[^>]*>(.*?)</\1>", re.DOTALL)
FIELD_NAMES = re.compile(r'<(?:input|select|textarea)\b[^>]*\bname="([^"]*)"')
MARKDOWN_HEAD = re.compile(r"^\|(.+)\|\s*\n\|[\s:|-]+\|\s*$", re.MULTILINE)
LONGEST_LABEL = 30
"""A text up to this length may be a label or a column head; a longer one is a sentence."""


def column_findings(metadata: MetaData) -> list[str]:
    """Every column whose name says that something forbidden is kept."""
    return [
        f"{table.name}.{column.name}: nothing of this kind is kept"
        for table in metadata.sorted_tables
        for column in table.columns
        if COLUMN_WORDS & set(column.name.split("_"))
    ]


def label_findings(root: Path) -> list[str]:
    """Every label of a page, document or export that asks for or shows something forbidden."""
    found = []
    for path in files(root, ("quiz_app", "docs", "docs_overrides"), ".html", ".md", ".py"):
        source = path.read_text(encoding="utf-8")
        labels = _labels_of_code(source) if path.suffix == ".py" else _labels_of_page(source)
        found += [finding(root, path, line, f"label “{words}”") for line, words in labels if _is_forbidden(words)]
    return found


def _is_forbidden(words: str) -> bool:
    return bool(ZH_LABELS.search(words) or EN_LABELS.search(words))


def _labels_of_page(source: str) -> Iterator[tuple[int, str]]:
    for pattern, group in ((LABEL_TAGS, 2), (FIELD_NAMES, 1), (MARKDOWN_HEAD, 1)):
        for match in pattern.finditer(source):
            yield source.count("\n", 0, match.start()) + 1, match[group].strip()


def _labels_of_code(source: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) <= LONGEST_LABEL:
            yield node.lineno, node.value


def test_no_column_keeps_what_is_never_collected() -> None:
    assert column_findings(Base.metadata) == []


def test_a_forbidden_column_is_named() -> None:
    metadata = MetaData()
    Table("sitting", metadata, Column("minutes_spent", Integer), Column("phone", String), Column("number", Integer))
    assert [line.split(":")[0] for line in column_findings(metadata)] == ["sitting.minutes_spent", "sitting.phone"]


def test_no_label_asks_for_or_shows_it() -> None:
    assert label_findings(ROOT) == []


def test_forbidden_labels_are_named(tmp_path: Path) -> None:
    write(tmp_path, "quiz_app/a.html", '<p>x</p>\n<label>{{ t("手机号", "Phone") }}</label><input name="streak">')
    write(tmp_path, "docs/b.md", "\n| Unit | Rank |\n|---|---|\n| a | 1 |\n")
    write(tmp_path, "quiz_app/c.py", 'HEAD = ["姓名", "学习时长"]\n')
    places = [line.split(": ")[0] for line in label_findings(tmp_path)]
    assert places == ["quiz_app/a.html:2", "quiz_app/a.html:2", "quiz_app/c.py:1", "docs/b.md:2"]
