"""The invented study history of one person: real items, answered by chance, marked by the real rule."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from ..content.library import Library
from ..content.modules import StudyModule
from ..domain.scoring import Asked, Outcome, first_items, next_position, outcome, parallel_item
from ..store.tables.learning import Answer, ModulePass, PassPin, Sitting, SittingItem
from .demo_plan import EnterprisePlan, Rows

_SHARE_STARTED = 0.9
_SHARE_RIGHT = 0.88


def add_history(
    rows: Rows, plan: EnterprisePlan, member_id: str, module: StudyModule, library: Library, chance: random.Random
) -> None:
    """A sitting of one person and module on some day of the cycle, passed, broken off or not begun."""
    # The first three people have not begun, so that a visitor can try the whole walk with their accounts.
    if member_id.endswith(("0001", "0002", "0003")) or chance.random() > _SHARE_STARTED:
        return
    day = plan.opens_on + timedelta(days=chance.randrange((plan.today - plan.opens_on).days))
    at = datetime.combine(day, time(9, chance.randrange(60)), plan.recorded_at.tzinfo)
    sitting_id = f"{member_id}-{module.id}"
    key = {"enterprise_id": plan.code, "sitting_id": sitting_id}
    asked = list(_answered(module, chance))
    person = {"enterprise_id": plan.code, "member_id": member_id, "module_id": module.id, "kind": "quiz"}
    common = {**person, "release_digest": library.digest, "recorded_at": at}
    rows[Sitting].append({**common, "id": sitting_id, "number": 1, "started_on": day})
    for one in asked:
        place = {**key, "position": one.position}
        rows[SittingItem].append(
            {
                **place,
                "concept_id": one.concept_id,
                "item_id": one.item_id,
                "try_number": one.try_number,
                "option_order": "abc",
            }
        )
        if one.right is not None:
            item = library.items[one.item_id]
            option = next(option for option in item.options if option.right == one.right)
            rows[Answer].append(
                {**place, "option_id": option.id, "right": one.right, "confidence": None, "recorded_at": at}
            )
    if outcome(module.concepts, asked) is Outcome.PASSED:
        rows[ModulePass].append({**common, "id": f"{sitting_id}-p", "sitting_id": sitting_id, "passed_on": day})
        rows[PassPin] += [
            {
                "enterprise_id": plan.code,
                "pass_id": f"{sitting_id}-p",
                "concept_id": cited.concept_id,
                "clause_ref": cited.clause_ref,
                "revision": cited.revision,
            }
            for cited in library.citations
            if cited.module_id == module.id
        ]


def _answered(module: StudyModule, chance: random.Random) -> Iterator[Asked]:
    asked = first_items(module.concepts, (), chance)
    stop_after = chance.randrange(4, 60)
    for _ in range(stop_after):
        position = next_position(asked)
        if position is None or outcome(module.concepts, asked) is not Outcome.OPEN:
            break
        place = next(index for index, one in enumerate(asked) if one.position == position)
        one = asked[place]
        right = chance.random() < _SHARE_RIGHT
        asked[place] = Asked(one.position, one.concept_id, one.item_id, one.try_number, right)
        if not right and outcome(module.concepts, asked) is Outcome.OPEN:
            concept = module.concept(one.concept_id)
            assert concept is not None, "an item asked belongs to the module"
            asked.append(parallel_item(concept, asked, chance))
    yield from asked
