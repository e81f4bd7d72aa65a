"""A filled 政策更新单 against the files and the people of a deployment: nothing is written before everything is right."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from quiz_app.config import PACKAGE, Settings
from quiz_app.content.library import Library
from quiz_app.content.policy_form import CLAUSES, FormInvalid, Grids
from quiz_app.content.policy_update import update_of
from quiz_app.domain.errors import FileIsThere, FilesNotWritten, LibraryMoved
from quiz_app.services import completion, policy_update
from quiz_app.services.completion import Asked
from quiz_app.services.libraries import read_library, store_release
from quiz_app.services.policy_update import Checked, Reach
from quiz_app.store import cycles, standings
from quiz_app.store.db import saving
from tests.content_factories import small_library
from tests.factories import Factories
from tests.policy_forms import CHANGE, CONTENT, fill, filled_form, grids_of

PINS = (("first", "rule/one", 1), ("second", "rule/two", 1))
TODAY = date(2026, 11, 18)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A deployment with an own copy of the library."""
    folder = tmp_path / "library"
    shutil.copytree(PACKAGE / "library", folder)
    return Settings(secret_key="s" * 40, library_dir=folder)


def files_in(folder: Path) -> dict[Path, bytes]:
    """Every file below a folder with its content."""
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def form_for(settings: Settings, tmp_path: Path) -> Path:
    """A form that changes the first clause and fills the slot of the office to ask."""
    library = read_library(settings)
    changed = {next(iter(library.clauses)): CHANGE}
    return filled_form(tmp_path / "form.xlsx", library, clauses=changed, slots={"contact": CONTENT})


def test_a_blank_form_is_written_once_and_changes_nothing(settings: Settings, tmp_path: Path) -> None:
    library, out = read_library(settings), tmp_path / "form.xlsx"
    policy_update.write_blank_form(library, out)
    body = out.read_bytes()
    with pytest.raises(FileIsThere):
        policy_update.write_blank_form(library, out)
    assert out.read_bytes() == body
    found = policy_update.checked(out, settings)
    assert not found.update
    assert found.files == {}


def test_a_form_for_a_folder_that_is_not_there_is_not_written(library: Library, tmp_path: Path) -> None:
    with pytest.raises(FilesNotWritten):
        policy_update.write_blank_form(library, tmp_path / "none" / "form.xlsx")


def test_checking_writes_nothing_and_writing_gives_the_library_that_was_checked(
    settings: Settings, tmp_path: Path
) -> None:
    form, before = form_for(settings, tmp_path), files_in(settings.library_dir)
    found = policy_update.checked(form, settings)
    assert files_in(settings.library_dir) == before
    policy_update.write(found, settings)
    after = files_in(settings.library_dir)
    changed = {path.relative_to(settings.library_dir).as_posix() for path in before if after[path] != before[path]}
    assert changed == set(found.files) == {"local.yml", f"policy/{found.update.clauses[0].instrument.id}.yml"}
    assert after.keys() == before.keys()
    assert read_library(settings).digest == found.library.digest


@pytest.mark.parametrize("name", ["none.xlsx", "."])
def test_what_is_no_file_is_told(settings: Settings, tmp_path: Path, name: str) -> None:
    with pytest.raises(FormInvalid, match="no such file, or it cannot be opened"):
        policy_update.checked(tmp_path / name, settings)


def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Lets somebody else do something while the form is read."""
    read = policy_update._grids

    def read_slowly(path: Path) -> Grids:
        act()
        return read(path)

    monkeypatch.setattr(policy_update, "_grids", read_slowly)


def test_a_library_that_changes_meanwhile_is_not_written_over(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form, local = form_for(settings, tmp_path), settings.library_dir / "local.yml"
    words = local.read_text(encoding="utf-8").replace("The municipal SASAC}", "The municipal authority}")
    meanwhile(monkeypatch, lambda: local.write_text(words, encoding="utf-8"))
    with pytest.raises(LibraryMoved):
        policy_update.checked(form, settings)
    assert local.read_text(encoding="utf-8") == words


def test_a_library_that_would_not_pass_its_check_is_told_with_every_fault(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = form_for(settings, tmp_path)
    meanwhile(monkeypatch, lambda: (settings.library_dir / "glossary.yml").write_text("terms: []\n"))
    with pytest.raises(FormInvalid) as refused:
        policy_update.checked(form, settings)
    assert [fault.file for fault in refused.value.faults] == ["library/glossary.yml"]


def test_if_the_second_file_cannot_be_put_in_place_the_first_comes_back(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = policy_update.checked(form_for(settings, tmp_path), settings)
    before = files_in(settings.library_dir)
    put = Path.replace

    def no_room_for_local(self: Path, target: Path) -> Path:
        if target.name == "local.yml":
            raise OSError("no room")
        return put(self, target)

    monkeypatch.setattr(Path, "replace", no_room_for_local)
    with pytest.raises(FilesNotWritten):
        policy_update.write(found, settings)
    assert files_in(settings.library_dir) == before


def changed_in(library: Library, row: int = 3, **cells: str) -> Checked:
    """A form that changes the meaning of a clause of a small library, as checked; row 3 is rule/two."""
    grids = grids_of(library)
    fill(grids[CLAUSES], CLAUSES, row, {**CHANGE, "date": "2026-11-01", **cells})
    update = update_of(library, grids)
    return Checked(update, update.applied(library), {})


def enterprise(factories: Factories, code: str, people: int, passed: int) -> list[str]:
    """An enterprise with a study task, of whose people the first ones have passed."""
    made = factories.enterprise(code)
    factories.cycle(code)
    members = [factories.member(code, made.root) for _ in range(people)]
    for member in members[:passed]:
        factories.passed(code, member, passed_on=date(2026, 10, 12), pins=PINS, recorded_at=factories.now)
    refresh(code, factories.now)
    return members


def refresh(code: str, now: datetime) -> None:
    """Makes the standing rows of an enterprise, as saving its facts does."""
    cycle = cycles.current_cycle(code, TODAY, now)
    assert cycle is not None
    with saving() as current:
        standings.refresh(current, code, cycle, now)


def made_up(code: str, library: Library, now: datetime) -> tuple[int, int]:
    """How many people of an enterprise are 待补学, and of how many, as its HR reads."""
    (module,) = completion.totals(completion.listing(code, Asked(), library, now)).tally.modules
    return module.make_up, module.required


def test_the_number_shown_is_the_number_that_study_again_once_the_library_is_loaded(
    factories: Factories, library: Library, now: datetime
) -> None:
    factories.instance()
    factories.release(library)
    jia = enterprise(factories, "jia", people=9, passed=6)
    enterprise(factories, "yi", people=7, passed=2)
    made = completion.listing("jia", Asked(), library, now)
    factories.waiver("jia", made.cycle.id, jia[0], since=date(2026, 9, 1))
    factories.passed(
        "jia",
        factories.member("jia", made.units[0].id, since=date(2026, 12, 1)),
        passed_on=date(2026, 10, 12),
        pins=PINS,
    )
    refresh("jia", now)
    found = changed_in(library)
    forecast = policy_update.reach(found, now)
    assert forecast == Reach(required=8 + 7, people=5 + 2)
    assert made_up("jia", library, now) == (0, 8)

    later = now + timedelta(minutes=1)
    assert store_release(found.library, later)
    assert (made_up("jia", found.library, later), made_up("yi", found.library, later)) == ((5, 8), (2, 7))


def test_a_change_of_wording_reaches_nobody(factories: Factories, library: Library, now: datetime) -> None:
    factories.instance()
    factories.release(library)
    enterprise(factories, "jia", people=5, passed=5)
    found = changed_in(library, kind="只改文字")
    assert policy_update.reach(found, now) == Reach(required=5, people=0)
    later = now + timedelta(minutes=1)
    store_release(found.library, later)
    assert made_up("jia", found.library, later) == (0, 5)


def test_somebody_who_makes_up_something_else_already_is_counted_too(
    factories: Factories, library: Library, now: datetime
) -> None:
    factories.instance()
    factories.release(library)
    enterprise(factories, "jia", people=5, passed=3)
    changed = small_library(["meaning"])
    store_release(changed, now)
    found = policy_update.reach(changed_in(changed, row=2), now + timedelta(minutes=1))
    assert found == Reach(required=5, people=3)


def test_a_number_about_fewer_than_five_people_is_not_shown(
    factories: Factories, library: Library, now: datetime
) -> None:
    factories.instance()
    factories.release(library)
    found = changed_in(library)
    assert policy_update.reach(found, now) == Reach(required=0, people=None)
    enterprise(factories, "jia", people=4, passed=3)
    factories.enterprise("no-task-yet")
    assert policy_update.reach(found, now) == Reach(required=4, people=None)
    enterprise(factories, "yi", people=1, passed=0)
    assert policy_update.reach(found, now) == Reach(required=5, people=3)
