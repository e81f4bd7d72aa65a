"""The completion list in the plain words of the page's language, so that the template only lays them out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import get_template_attribute, url_for
from markupsafe import Markup, escape

from ...content.text import Text
from ...domain.completion import WANTED_WORDS, Cell, Wanted
from ...domain.standing import Lateness, State
from ...services.completion import Asked, Line, Listing, UnitChoice
from ..language import day, language, month, say, t

MOST_CHOICES = 100
"""A tree with more units is offered level by level."""

INDENT = "　"


@dataclass(frozen=True)
class Column:
    """A heading with the address that sorts by it; `direction` is what ``aria-sort`` says, or nothing."""

    words: str
    address: str
    direction: str


@dataclass(frozen=True)
class Choice:
    """An option of a select."""

    value: str
    words: str
    chosen: bool


def shown_lines(lines: Iterable[Line]) -> Markup:
    """The rows of the page, laid out in one piece; equal cells, of which there are many, are laid out once."""
    words = language()
    lay_out: Callable[..., Markup] = get_template_attribute("hr/parts.html", "cell")
    # By identity, because comparing the parts takes longer than it saves; the lines keep them alive.
    laid_out: dict[int, str] = {}

    def shown(part: Cell | Text | None) -> str:
        if id(part) not in laid_out:
            if isinstance(part, Cell):
                cell = lay_out(part.words.in_language(words), _mark(part), _note(part))
            else:
                cell = lay_out(part.in_language(words) if part else "—")
            laid_out[id(part)] = str(cell)
        return laid_out[id(part)]

    def row(line: Line) -> str:
        parts = "".join([shown(line.unit), shown(line.branch), *map(shown, line.cells)])
        return f"<tr><td>{escape(line.staff_number)}</td><td>{escape(line.name)}</td>{parts}</tr>"

    # Number and name are escaped here, the other parts went through their template.
    return Markup("\n".join(map(row, lines)))  # noqa: S704


def _mark(cell: Cell) -> str:
    """The kind of state that stands out, because something is to be done."""
    if cell.lateness is Lateness.OVERDUE:
        return cell.lateness.value
    return cell.state.value if cell.state is State.MAKE_UP else ""


def _note(cell: Cell) -> str:
    """By when it is owed, or in which month it was completed."""
    if cell.due_on is not None:
        return t(f"{day(cell.due_on)}前", f"by {day(cell.due_on)}")
    return month(cell.month) if cell.month else ""


def columns(found: Listing) -> list[Column]:
    """The headings; choosing the one sorted by turns the order round."""
    places = [
        ("staff_number", t("工号", "Staff number")),
        ("name", t("姓名", "Name")),
        ("unit", t("单位", "Unit")),
        ("branch", t("党组织", "Party organisation")),
    ]
    places += [(heading.id, say(heading.title)) for heading in found.headings]
    stem = address(url_for("hr.completion"), replace(found.asked, sort="", descending=False))
    join = "&" if "?" in stem else "?"
    return [_column(f"{stem}{join}", found.asked, key, words) for key, words in places]


def address(path: str, asked: Asked, **changes: str) -> str:
    """The address of the same list under a path, with some parts changed; empty parts are left out."""
    parts = {
        "unit": asked.unit,
        "branch": asked.branch,
        "module": asked.module,
        "state": asked.state,
        "q": asked.text,
        "sort": "" if asked.sort == "staff_number" else asked.sort,
        "dir": "desc" if asked.descending else "",
        **changes,
    }
    query = urlencode({key: value for key, value in parts.items() if value})
    return f"{path}?{query}" if query else path


def choices(units: tuple[UnitChoice, ...], chosen: str) -> list[Choice]:
    """The units to choose from: all of a small tree, else the way to the chosen one and what lies below it."""
    offered = units if len(units) <= MOST_CHOICES else tuple(_level(units, chosen))
    words = language()
    return [Choice(unit.id, INDENT * unit.depth + unit.name.in_language(words), unit.id == chosen) for unit in offered]


def state_choices(chosen: str) -> list[Choice]:
    """The states to choose from."""
    return [Choice(wanted.value, say(WANTED_WORDS[wanted]), wanted.value == chosen) for wanted in Wanted]


def module_choices(found: Listing) -> list[Choice]:
    """The modules to choose from."""
    return [Choice(one.id, say(one.title), one.id == found.asked.module) for one in found.headings]


def _column(stem: str, asked: Asked, key: str, words: str) -> Column:
    sorted_by = asked.sort == key
    turn = sorted_by and not asked.descending
    direction = ("descending" if asked.descending else "ascending") if sorted_by else ""
    return Column(words, f"{stem}sort={key}{'&dir=desc' if turn else ''}", direction)


def _level(units: tuple[UnitChoice, ...], chosen: str) -> Iterator[UnitChoice]:
    """In reading order: the units above the chosen one, itself, and the units directly below it."""
    place = next((number for number, unit in enumerate(units) if unit.id == chosen), 0)
    path: dict[int, UnitChoice] = {}
    for unit in units[: place + 1]:
        path[unit.depth] = unit
    depth = units[place].depth
    yield from (path[level] for level in range(depth))
    yield units[place]
    for unit in units[place + 1 :]:
        if unit.depth <= depth:
            return
        if unit.depth == depth + 1:
            yield unit
