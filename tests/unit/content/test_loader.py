"""Bad content is refused with every fault at once, each as ``file: place: reason``."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from quiz_app.config import PACKAGE, PROJECT
from quiz_app.content.faults import ContentInvalid
from quiz_app.content.loader import library_from_release, load_library


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the real content to spoil."""
    shutil.copytree(PACKAGE / "library", tmp_path / "library")
    shutil.copytree(PROJECT / "cases", tmp_path / "cases")
    return tmp_path


def lines(folder: Path) -> list[str]:
    """The faults of the content in a folder."""
    with pytest.raises(ContentInvalid) as refused:
        load_library(folder / "library", folder / "cases")
    return [fault.line() for fault in refused.value.faults]


def change(path: Path, edit: Callable[[Any], object]) -> None:
    """Edits a YAML file as data."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    edit(data)
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")


def put(*keys: str | int, value: object) -> Callable[[Any], object]:
    """An edit that sets one field."""

    def edit(data: Any) -> None:
        for key in keys[:-1]:
            data = data[key]
        data[keys[-1]] = value

    return edit


MODULE = "library/modules/correction.yml"
REAL = "cases/R-2023-001.yml"


def test_a_doubled_key_is_named_with_its_line(copy: Path) -> None:
    path = copy / MODULE
    path.write_text(path.read_text(encoding="utf-8") + "\nnumber: 9\n", encoding="utf-8")
    assert any("correction.yml: line" in line and "重复的键" in line for line in lines(copy))


def test_a_superseded_clause_is_named_in_every_file_that_cites_it(copy: Path) -> None:
    def supersede(data: Any) -> None:
        clause = next(one for one in data["clauses"] if one["id"] == "art12")
        clause["superseded_by"] = "soe-sanctions-2024/art13"

    change(copy / "library/policy/soe-sanctions-2024.yml", supersede)
    reason = "条款 soe-sanctions-2024/art12 已被取代或废止"
    found = lines(copy)
    assert all(line.endswith(reason) for line in found)
    assert {line.split("/")[0] for line in found} == {"modules", "cases"}


def test_a_broken_file_is_named_and_the_other_faults_are_still_found(copy: Path) -> None:
    (copy / MODULE).write_text("concepts: [", encoding="utf-8")
    change(copy / REAL, put("sources", value=[]))
    found = lines(copy)
    assert any("correction.yml" in line and "YAML" in line for line in found)
    assert any("R-2023-001.yml: sources" in line for line in found)


def test_the_shipped_content_has_no_fault_and_survives_being_stored() -> None:
    library = load_library(PACKAGE / "library", PROJECT / "cases")
    again = library_from_release(library.body)
    assert again.citations == library.citations
    assert again.items == library.items
