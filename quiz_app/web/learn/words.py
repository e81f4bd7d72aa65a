"""The words of the learner's pages that are data: confidence, and the names of what is held on a person."""

from __future__ import annotations

from ...content.text import Text
from ...services.record import Held

CONFIDENCE_WORDS: dict[int, Text] = {
    1: Text(zh="不太有把握", en="Not very sure"),
    2: Text(zh="比较有把握", en="Fairly sure"),
    3: Text(zh="很有把握", en="Very sure"),
}


def held_things(held: Held) -> list[tuple[Text, int]]:
    """Each kind of row held on a person, and how many there are."""
    return [
        (Text(zh="所在单位与党组织", en="Places in unit and Party tree"), len(held.places)),
        (Text(zh="作答", en="Sittings"), len(held.sittings)),
        (Text(zh="逐题答案", en="Answers"), len(held.answers)),
        (Text(zh="完成记录", en="Completion records"), len(held.passes)),
        (Text(zh="免学", en="Waivers"), len(held.waivers)),
        (Text(zh="延期", en="Extensions"), len(held.extensions)),
        (Text(zh="未完成名单", en="Lists of unfinished study"), len(held.unfinished_lists)),
        (Text(zh="登录与变更留痕", en="Sign-ins and changes logged"), len(held.audit)),
    ]
