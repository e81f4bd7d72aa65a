"""The library in memory: look-ups by id, and the release it is stored under."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

import rfc8785

from .cases import Case
from .forms import Form
from .local import Slot, Term
from .modules import Item, StudyModule
from .policy import Clause, Instrument
from .self_check import SelfCheck
from .topics import Topic


@dataclass(frozen=True)
class Citation:
    """A clause that a concept of a module cites, at the revision now in the register."""

    module_id: str
    concept_id: str
    clause_ref: str
    revision: int


@dataclass(frozen=True)
class Library:
    """All content of one release, keyed by id; clauses by ``instrument/clause``."""

    instruments: Mapping[str, Instrument]
    modules: Mapping[str, StudyModule]
    cases: Mapping[str, Case] = field(default_factory=lambda: MappingProxyType({}))
    slots: Mapping[str, Slot] = field(default_factory=lambda: MappingProxyType({}))
    terms: tuple[Term, ...] = ()
    topics: Mapping[str, Topic] = field(default_factory=lambda: MappingProxyType({}))
    forms: Mapping[str, Form] = field(default_factory=lambda: MappingProxyType({}))
    self_check: SelfCheck | None = None

    @cached_property
    def clauses(self) -> Mapping[str, tuple[Instrument, Clause]]:
        """Every clause with its instrument, by reference."""
        return {f"{one.id}/{clause.id}": (one, clause) for one in self.instruments.values() for clause in one.clauses}

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every item of every module, by its permanent id."""
        return {
            item.id: item for module in self.modules.values() for concept in module.concepts for item in concept.items
        }

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """What a pass of each module rests on: the clauses of its concepts and of their items."""
        return tuple(self._citations())

    def _citations(self) -> Iterator[Citation]:
        for module in self.modules.values():
            for concept in module.concepts:
                refs = {*concept.clauses, *(ref for item in concept.items for ref in item.clauses)}
                for ref in sorted(refs):
                    yield Citation(module.id, concept.id, ref, self.clauses[ref][1].revision)

    @property
    def modules_in_order(self) -> list[StudyModule]:
        """The modules by their number."""
        return sorted(self.modules.values(), key=lambda module: module.number)

    @property
    def forms_in_order(self) -> list[Form]:
        """The forms by their number."""
        return sorted(self.forms.values(), key=lambda form: form.number)

    @cached_property
    def body(self) -> bytes:
        """What a release stores: the register and the modules as canonical JSON (RFC 8785)."""
        return rfc8785.dumps(
            {
                "instruments": [_plain(one) for one in self.instruments.values()],
                "modules": [_plain(one) for one in self.modules.values()],
                "cases": [_plain(one) for one in self.cases.values()],
                "slots": [_plain(one) for one in self.slots.values()],
                "terms": [_plain(one) for one in self.terms],
                "topics": [_plain(one) for one in self.topics.values()],
                "forms": [_plain(one) for one in self.forms.values()],
                "self_check": _plain(self.self_check) if self.self_check else None,
            }
        )

    @cached_property
    def digest(self) -> str:
        """The name of this release: the SHA-256 of its body, 64 hex digits."""
        return hashlib.sha256(self.body).hexdigest()


def _plain(model: Any) -> dict[str, Any]:
    return dict(model.model_dump(mode="json"))
