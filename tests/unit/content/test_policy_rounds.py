"""Whatever is written, the files read as the update says, seals follow on, and the next form shows no difference."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz_app.content.checks import library_faults
from quiz_app.content.library import Library
from quiz_app.content.local import LocalSlots, Slot
from quiz_app.content.policy import Instrument
from quiz_app.content.policy_form import CLAUSES, SLOTS
from quiz_app.content.policy_update import PolicyUpdate, edits_of, update_of
from quiz_app.content.yaml_edit import dumped, edited
from quiz_app.content.yaml_reader import read_yaml
from tests.content_factories import make_clause, make_instrument, text
from tests.policy_forms import CHANGE, fill, grids_of

RULE, LOCAL = "policy/rule.yml", "local.yml"
WORDS = st.text(st.characters(codec="utf-8"), max_size=120) | st.text(" abc:#'\"-\n>|{}[]&*!%@`", max_size=200)
CHANGES = st.fixed_dictionaries(
    {
        "row": st.integers(2, 4),
        "zh": WORDS,
        "en": WORDS,
        "kind": st.sampled_from(["含义有变", "只改文字"]),
        "date": st.dates(date(2026, 1, 1), date(2099, 1, 1)),
    }
)
"""One form: a clause, its texts, and content for the slot."""


def library_in(folder: Path) -> Library:
    """The register of a folder, read from its files."""
    rule = Instrument.model_validate(read_yaml(folder / RULE, RULE))
    local = LocalSlots.model_validate(read_yaml(folder / LOCAL, LOCAL))
    return Library({"rule": rule}, {}, slots={slot.id: slot for slot in local.slots})


def begun_in(folder: Path) -> Library:
    """A folder with three clauses and a slot."""
    (folder / "policy").mkdir(exist_ok=True)
    rule = make_instrument(make_clause("one"), make_clause("two", ["meaning"]), make_clause("three", ["cosmetic"] * 2))
    slot = Slot(id="contact", title=text("contact"), provider=text("city"))
    (folder / RULE).write_text(dumped(rule.model_dump(exclude_none=True)), encoding="utf-8")
    (folder / LOCAL).write_text(dumped({"slots": [slot.model_dump(exclude_none=True)]}), encoding="utf-8")
    return library_in(folder)


def write(folder: Path, library: Library, update: PolicyUpdate) -> Library:
    """The library after an update was written into its files."""
    for name, edits in edits_of(library, update).items():
        path = folder / name
        path.write_text(edited(path.read_text(encoding="utf-8"), edits), encoding="utf-8")
    return library_in(folder)


def filled(library: Library, number: int, change: dict[str, Any]) -> dict[str, Any]:
    """A form with this change; the number keeps its texts apart from all earlier ones."""
    grids = grids_of(library)
    zh, en = f"第{number}次 {change['zh']}", f"Time {number} {change['en']}"
    texts = {"new_zh": zh, "new_en": en}
    given = {"kind": change["kind"], "date": change["date"], "note_zh": zh, "note_en": en}
    fill(grids[CLAUSES], CLAUSES, change["row"], {**CHANGE, **texts, **given})
    fill(grids[SLOTS], SLOTS, 2, {**texts})
    return grids


@given(st.lists(CHANGES, min_size=1, max_size=3))
@settings(max_examples=25, deadline=None)
def test_rounds_of_writing_and_exporting(
    tmp_path_factory: pytest.TempPathFactory, changes: list[dict[str, Any]]
) -> None:
    folder = tmp_path_factory.mktemp("register")
    library = begun_in(folder)
    for number, change in enumerate(changes, start=1):
        form = filled(library, number, change)
        update = update_of(library, form)
        expected = update.applied(library)
        library = write(folder, library, update)
        assert library.digest == expected.digest
        chain = [fault for fault in library_faults(library, {"rule": RULE}) if "no_item" not in fault.place]
        assert chain == []
        assert update_of(library, grids_of(library)) == PolicyUpdate()
        assert len(update_of(library, form).recorded) == 2


def test_a_broken_chain_would_be_seen(tmp_path: Path) -> None:
    library = begun_in(tmp_path)
    form = filled(library, 1, {"row": 2, "zh": "", "en": "", "kind": "含义有变", "date": date(2026, 1, 1)})
    update = update_of(library, form)
    (one,) = update.clauses
    wrong = replace(one, revision=one.revision.model_copy(update={"before": text("another gist")}))
    library = write(tmp_path, library, replace(update, clauses=(wrong,)))
    assert any(fault.place.endswith(".before") for fault in library_faults(library, {"rule": RULE}))
