"""Marking a sitting: what is asked next, when it closes, and what makes a pass (product.md §3)."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..content.modules import Concept, Item

MAX_TRIES = 3
"""After the third miss of one concept the sitting closes without a pass."""

EARLY_TRIES = 2
EARLY_SHARE_PERCENT = 80
"""At least 80 % of the concepts are right at the first or second try."""


class Outcome(StrEnum):
    """Where a sitting stands; it is never stored, only derived from the answers."""

    OPEN = "open"
    PASSED = "passed"
    CLOSED = "closed"


@dataclass(frozen=True)
class Asked:
    """An item at a position of a sitting; `right` is nothing until it is answered."""

    position: int
    concept_id: str
    item_id: str
    try_number: int
    right: bool | None = None


def outcome(concepts: Sequence[Concept], asked: Sequence[Asked]) -> Outcome:
    """Whether a sitting is open, passed, or closed without a pass.

    It passes when every concept was right once, at least 80 % of them within two tries, and every
    red-line concept within two tries. It closes without a pass at the third miss of one concept, or
    when all are right but too late.
    """
    if any(one.right is False and one.try_number >= MAX_TRIES for one in asked):
        return Outcome.CLOSED
    solved = {one.concept_id: one.try_number for one in asked if one.right}
    if any(concept.id not in solved for concept in concepts):
        return Outcome.OPEN
    early = [concept for concept in concepts if solved[concept.id] <= EARLY_TRIES]
    red_lines_late = any(concept.red_line and solved[concept.id] > EARLY_TRIES for concept in concepts)
    enough = len(early) * 100 >= EARLY_SHARE_PERCENT * len(concepts)
    return Outcome.PASSED if enough and not red_lines_late else Outcome.CLOSED


def next_position(asked: Sequence[Asked]) -> int | None:
    """The first position not answered yet, or nothing when every asked item is answered."""
    return min((one.position for one in asked if one.right is None), default=None)


def first_items(concepts: Sequence[Concept], used: Sequence[str], chance: random.Random) -> list[Asked]:
    """One item a concept in a random order, preferring items not seen in earlier sittings (`used` ids)."""
    order = list(concepts)
    chance.shuffle(order)
    return [
        Asked(position, concept.id, _pick(concept.items, used, chance).id, try_number=1)
        for position, concept in enumerate(order, start=1)
    ]


def parallel_item(concept: Concept, asked: Sequence[Asked], chance: random.Random) -> Asked:
    """The item with which a missed concept comes back, at the end of the sitting.

    It is a parallel one: not asked in this sitting while there is any such, and never the one just missed.
    """
    of_concept = [one for one in asked if one.concept_id == concept.id]
    last = max(of_concept, key=lambda one: one.position)
    others = [item for item in concept.items if item.id != last.item_id]
    item = _pick(others, [one.item_id for one in of_concept], chance)
    return Asked(max(one.position for one in asked) + 1, concept.id, item.id, last.try_number + 1)


def option_order(item: Item, chance: random.Random) -> str:
    """The ids of the options in the order they are shown, for example ``bca``."""
    ids = [option.id for option in item.options]
    chance.shuffle(ids)
    return "".join(ids)


def _pick(items: Sequence[Item], used: Sequence[str], chance: random.Random) -> Item:
    fresh = [item for item in items if item.id not in used]
    return chance.choice(fresh or list(items))
