"""The branch secretary's list: who in the own branch still has to study, by name and state only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..content.library import Library
from ..content.text import Text
from ..domain.completion import Cell
from ..domain.errors import NotFound
from ..domain.people import Identity
from ..store.ground import Trees, ground
from . import completion
from .completion import Asked, Line, Listing, Totals
from .zone import local_date


@dataclass(frozen=True)
class BranchLine:
    """A member of the branch with a state for each module; the cells carry neither month nor date."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class BranchPage:
    """A page of the list of one branch; `after` leads to the next one."""

    branch_id: str
    name: Text
    listing: Listing
    lines: tuple[BranchLine, ...]
    totals: Totals
    first: bool
    after: str | None


def own_branches(identity: Identity, now: datetime) -> list[tuple[str, Text]]:
    """The branches whose secretary this is, by name."""
    known = _trees(identity, now)
    return sorted(((one, known.name(one)) for one in identity.branch_ids), key=lambda branch: (branch[1].zh, branch[0]))


def own_branch(
    identity: Identity, branch_id: str, library: Library, now: datetime, *, state: str = "", after: str = ""
) -> BranchPage:
    """The members of a branch in the audience of the study task, by name.

    Raises `NotFound` for any branch but the secretary's own, and `NoOpenCycle`.
    """
    if branch_id not in identity.branch_ids:
        raise NotFound
    asked = Asked(branch=branch_id, state=state, sort="name")
    found = completion.listing(identity.enterprise_id, asked, library, now)
    page = completion.page(found, after)
    return BranchPage(
        branch_id=branch_id,
        name=found.trees.name(branch_id),
        listing=found,
        lines=tuple(_line(line, _repeated(page.lines)) for line in page.lines),
        totals=page.totals,
        first=page.first,
        after=page.after,
    )


def _trees(identity: Identity, now: datetime) -> Trees:
    return ground(identity.enterprise_id, local_date(now), now).trees


def _repeated(lines: tuple[Line, ...]) -> set[str]:
    names = [line.name for line in lines]
    return {name for name in names if names.count(name) > 1}


def _line(line: Line, repeated: set[str]) -> BranchLine:
    # Two people of one name are told apart by the staff number, which the secretary may see.
    name = f"{line.name} {line.staff_number}" if line.name in repeated else line.name
    return BranchLine(name, tuple(Cell(cell.state, cell.lateness) for cell in line.cells))
