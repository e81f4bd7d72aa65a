"""Files to `Library`: every fault of every file is collected before anything is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from .case_rules import case_faults
from .cases import Case
from .checks import library_faults, topic_faults
from .coverage import coverage_faults
from .faults import ContentInvalid, Fault, fault, faults_of
from .form_rules import form_faults, form_list_faults
from .forms import Form
from .item_rules import module_faults
from .library import Library
from .local import Glossary, LocalSlots
from .modules import StudyModule
from .policy import Instrument
from .self_check import SelfCheck
from .self_check_rules import self_check_faults
from .text import Model
from .topics import Topic
from .yaml_reader import read_yaml

M = TypeVar("M", bound=Model)

PACKAGED_LIBRARY = Path(__file__).resolve().parent.parent / "library"
SELF_CHECK = "self_check.yml"


def load_library(library_dir: Path, cases_dir: Path, bank_dir: Path | None = None) -> Library:
    """The checked library; modules come from `bank_dir` where a private bank replaces ours.

    Raises `ContentInvalid` with every fault found.
    """
    reader = _Reader()
    instruments = reader.folder(library_dir / "policy", Instrument)
    modules = reader.folder(bank_dir or library_dir / "modules", StudyModule)
    cases = reader.folder(cases_dir, Case)
    topics = reader.folder(library_dir / "topics", Topic)
    forms = reader.folder(library_dir / "forms", Form)
    slots = reader.file(library_dir / "local.yml", LocalSlots)
    glossary = reader.file(library_dir / "glossary.yml", Glossary)
    self_check = reader.file(library_dir / SELF_CHECK, SelfCheck)
    library = Library(
        instruments={one.id: one for _, one in instruments},
        modules={one.id: one for _, one in modules},
        cases={one.id: one for _, one in cases},
        slots={slot.id: slot for slot in slots.slots} if slots else {},
        terms=glossary.terms if glossary else (),
        topics={one.id: one for _, one in topics},
        forms={one.id: one for _, one in forms},
        self_check=self_check,
    )
    reader.faults += [found for name, module in modules for found in module_faults(name, module)]
    reader.faults += [found for name, case in cases for found in case_faults(name, case)]
    reader.faults += [found for name, form in forms for found in form_faults(name, form, library)]
    reader.faults += form_list_faults(forms)
    if self_check is not None:
        reader.faults += self_check_faults(_short(library_dir / SELF_CHECK), self_check, library)
    # A topic and a form may be called as the module they belong to, so each brings the name of its own file.
    reader.faults += [found for name, topic in topics for found in topic_faults(name, topic, library)]
    names = dict(_names(instruments, modules, cases))
    reader.faults += library_faults(library, names)
    if bank_dir is None and StudyModule not in reader.unread:  # a private bank need not carry every clause of ours
        reader.faults += coverage_faults(library, names)
    if reader.faults:
        raise ContentInvalid(reader.faults)
    return library


def library_from_release(body: bytes) -> Library:
    """The library a stored release holds; it was checked when it was stored."""
    data = json.loads(body)
    return Library(
        instruments={one["id"]: Instrument.model_validate_json(json.dumps(one)) for one in data["instruments"]},
        modules={one["id"]: StudyModule.model_validate_json(json.dumps(one)) for one in data["modules"]},
    )


def _names(*folders: list[tuple[str, Any]]) -> Iterator[tuple[str, str]]:
    for folder in folders:
        for name, model in folder:
            yield model.id, name


class _Reader:
    """Reads files into models and remembers every fault; `unread` names the kinds of which something could not be read."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.unread: set[type[Model]] = set()

    def folder(self, path: Path, kind: type[M]) -> list[tuple[str, M]]:
        """Each ``*.yml`` of a folder as (file name for messages, model); the name must be the id."""
        if not path.is_dir():
            self.faults.append(fault(str(path), "-", "没有这个文件夹", "there is no such folder"))
            self.unread.add(kind)
            return []
        found = []
        for file in sorted(path.glob("*.yml")):
            model = self.file(file, kind)
            if model is None:
                self.unread.add(kind)
                continue
            name = _short(file)
            if getattr(model, "id", file.stem) != file.stem:
                self.faults.append(fault(name, "id", "编号与文件名不符", "the id differs from the file's name"))
            found.append((name, model))
        return found

    def file(self, path: Path, kind: type[M]) -> M | None:
        """One file as its model, or nothing and the faults remembered."""
        name = _short(path)
        try:
            return kind.model_validate(read_yaml(path, name))
        except FileNotFoundError:
            self.faults.append(fault(name, "-", "没有这个文件", "there is no such file"))
        except ValidationError as error:
            self.faults += faults_of(name, error)
        except ContentInvalid as error:
            self.faults += error.faults
        return None


def _short(path: Path) -> str:
    return "/".join(path.parts[-2:])
