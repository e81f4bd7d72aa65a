"""The form 政策更新单: handed out, checked when it comes back, and written into the files of the library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ..config import Settings
from ..content.faults import ContentInvalid, fault
from ..content.library import Library
from ..content.policy_form import FormInvalid, Grids
from ..content.policy_update import PolicyUpdate, edits_of, update_of
from ..content.text import Text
from ..content.yaml_edit import edited
from ..domain.disclosure import LEAST_GROUP
from ..domain.errors import FileIsThere, FilesNotWritten, LibraryMoved, NoOpenCycle
from ..store import units
from ..store.overtaken import people_who_would_study_again
from . import completion
from .libraries import read_library

_NO_FILE = Text(zh="没有这个文件，或者打不开；请核对文件名", en="there is no such file, or it cannot be opened")


@dataclass(frozen=True)
class Checked:
    """A form without fault: what it changes, the library as it would read, and its files by their place in the folder."""

    update: PolicyUpdate
    library: Library
    files: Mapping[str, bytes]


@dataclass(frozen=True)
class Reach:
    """How many people of all enterprises together would study again, of how many 应学.

    `people` is nothing where so few are 应学 that the number would speak of particular people.
    """

    required: int
    people: int | None


def write_blank_form(library: Library, path: Path) -> None:
    """Writes the form with what the register holds now; raises `FileIsThere` and `FilesNotWritten`."""
    # Loaded only here, so that the workers do not carry the library of workbooks.
    from ..adapters.policy_form import policy_form_bytes
    from ..adapters.whole_files import new_file

    try:
        new_file(path, policy_form_bytes(library))
    except FileExistsError as error:
        raise FileIsThere from error
    except OSError as error:
        raise FilesNotWritten from error


def checked(path: Path, settings: Settings) -> Checked:
    """A filled form against the library of a deployment; raises `FormInvalid` with every fault of it.

    The library is read anew from a copy of its files as they would stand, so that what is written was
    checked as a whole before.
    """
    library = read_library(settings)
    update = update_of(library, _grids(path))
    if not update:
        return Checked(update, library, {})
    files = _files(library, update, settings.library_dir)
    after = _library_with(files, settings)
    if after.digest != update.applied(library).digest:
        raise LibraryMoved
    return Checked(update, after, files)


def write(found: Checked, settings: Settings) -> None:
    """Writes the files of a checked form, all or none; raises `FilesNotWritten`."""
    from ..adapters.whole_files import replace_files

    try:
        replace_files({settings.library_dir / name: content for name, content in found.files.items()})
    except OSError as error:
        raise FilesNotWritten from error


def reach(found: Checked, now: datetime) -> Reach:
    """How many people the changes of meaning would make study again, by the study tasks of today.

    Only one number for all enterprises: whoever runs commands sees no figures of any of them.
    """
    counts = [one for enterprise in units.enterprises() for one in _counts(enterprise.id, found, now)]
    required = sum(asked for asked, _ in counts)
    return Reach(required, sum(again for _, again in counts) if required >= LEAST_GROUP else None)


def _counts(enterprise_id: str, found: Checked, now: datetime) -> Iterator[tuple[int, int]]:
    """How many people of an enterprise with a study task are 应学, and how many of them would study again."""
    try:
        listing = completion.listing(enterprise_id, completion.Asked(), found.library, now)
    except NoOpenCycle:
        return
    again = people_who_would_study_again(listing.scope, found.update.meanings, found.library.citations)
    yield completion.totals(listing).tally.required, again


def _grids(path: Path) -> Grids:
    from ..adapters.policy_form import read_policy_form

    try:
        with path.open("rb") as file:
            return read_policy_form(file, path.name)
    except OSError as error:
        raise FormInvalid([fault(path.name, "-", _NO_FILE.zh, _NO_FILE.en)]) from error


def _files(library: Library, update: PolicyUpdate, folder: Path) -> dict[str, bytes]:
    return {
        name: edited((folder / name).read_bytes().decode(), edits).encode()
        for name, edits in edits_of(library, update).items()
    }


def _library_with(files: Mapping[str, bytes], settings: Settings) -> Library:
    from ..adapters.whole_files import copy_with

    try:
        with copy_with(settings.library_dir, files) as folder:
            return read_library(settings.model_copy(update={"library_dir": folder}))
    except ContentInvalid as error:
        raise FormInvalid(error.faults) from error
    except OSError as error:
        raise FilesNotWritten from error
