"""An edit of a YAML file touches the lines it concerns and no other, whatever form its author chose."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from quiz_app.content.yaml_edit import Edit, Quoted, edited

GIST = {
    "zh": "新要点：先报告。",
    "en": "The new gist: report first, and then repair what was damaged, with the papers of the day at hand.",
}
REVISION = {"number": 2, "date": Quoted("2026-12-01"), "seal": Quoted("123456789012")}

BLOCK = """\
# The author's remark.
id: rule
clauses:
- id: one   # stays
  gist:
    zh: 旧要点
    en: >-
      The old gist, which
      was folded.

  # A remark on the revisions.
  revisions:
  - number: 1
    seal: 'abc'
- id: two
  gist: {zh: 别的, en: Other}
  revisions:
    - number: 1
      note: |
        Line one.
        Line two.

# The end.
"""


def change(number: int) -> list[Edit]:
    """A new gist and one more revision of a clause."""
    return [
        Edit(("clauses", number), "gist", GIST),
        Edit(("clauses", number, "revisions"), None, REVISION),
    ]


@pytest.mark.parametrize("number", [0, 1])
def test_the_value_is_there_and_every_other_line_stands(number: int) -> None:
    after = edited(BLOCK, change(number))
    expected: Any = yaml.safe_load(BLOCK)
    expected["clauses"][number]["gist"] = GIST
    expected["clauses"][number]["revisions"].append({**REVISION})
    assert yaml.safe_load(after) == expected
    kept = after.splitlines()
    gone = [line for line in BLOCK.splitlines() if line not in kept]
    assert gone == (
        ["    zh: 旧要点", "      The old gist, which", "      was folded."]
        if number == 0
        else ["  gist: {zh: 别的, en: Other}"]
    )


def test_it_reads_as_a_person_would_write_it() -> None:
    after = edited(
        "a:\n- id: one\n  gist: x\n  revisions:\n  - number: 1\n",
        [
            Edit(("a", 0), "gist", GIST),
            Edit(("a", 0, "revisions"), None, REVISION),
        ],
    )
    assert after == (
        "a:\n- id: one\n  gist:\n    zh: 新要点：先报告。\n    en: >-\n"
        "      The new gist: report first, and then repair what was damaged, with the papers of the day at hand.\n"
        "  revisions:\n  - number: 1\n  - number: 2\n    date: '2026-12-01'\n    seal: '123456789012'\n"
    )


def test_a_missing_key_is_added_at_the_end_of_its_mapping() -> None:
    before = "slots:\n- id: one\n  title: {zh: 一, en: One}\n- id: two\n  title: {zh: 二, en: Two}\n"
    value = {"zh": "第一行\n第二行", "en": "Line"}
    after = edited(before, [Edit(("slots", 0), "value", value), Edit(("slots", 1), "value", value)])
    assert [one["value"] for one in yaml.safe_load(after)["slots"]] == [value, value]
    assert "    zh: |-\n      第一行\n      第二行\n" in after
    assert [line for line in before.splitlines() if line not in after.splitlines()] == []


@pytest.mark.parametrize("tail", ["", "\n", "\n\n\n"])
def test_the_end_of_a_file_stays(tail: str) -> None:
    after = edited(f"a:\n  b: 1{tail}", [Edit(("a",), "b", "x")])
    assert after == f"a:\n  b: x{tail or chr(10)}"


def test_lines_that_end_as_on_windows_still_do() -> None:
    after = edited(BLOCK.replace("\n", "\r\n"), change(0))
    assert after.count("\n") == after.count("\r\n")
    assert after.replace("\r\n", "\n") == edited(BLOCK, change(0))


@pytest.mark.parametrize(
    "before",
    ["{clauses: [{id: one, gist: x, revisions: [{number: 1}]}]}", "clauses: [{id: one, gist: x, revisions: []}]\n"],
)
def test_a_file_written_within_one_line_is_written_anew(before: str) -> None:
    after = edited(before, change(0))
    assert yaml.safe_load(after)["clauses"][0]["gist"] == GIST
    assert yaml.safe_load(after)["clauses"][0]["revisions"][-1] == {**REVISION}
    assert len(after.splitlines()) > 5
