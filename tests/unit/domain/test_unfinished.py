"""What a list of unfinished study holds, and what must be said for it."""

from __future__ import annotations

import pytest

from quiz_app.domain.completion import KINDS
from quiz_app.domain.errors import MissingInput
from quiz_app.domain.standing import Lateness, State
from quiz_app.domain.unfinished import (
    EXTENT_WORDS,
    MAX_PURPOSE,
    MAX_REQUESTED_BY,
    Extent,
    Request,
    listed_codes,
    request_of,
)


def test_a_request_keeps_who_asks_and_what_for_without_stray_spaces() -> None:
    found = request_of("  党委  办公室 ", "季度\n通报", "all", "")
    assert found == Request("党委 办公室", "季度 通报", Extent.ALL, None)


@pytest.mark.parametrize(
    ("requested_by", "purpose", "extent"),
    [
        ("", "通报", "all"),
        ("党委办公室", " ", "all"),
        ("党委办公室", "通报", ""),
        ("党委办公室", "通报", "everything"),
        ("党" * (MAX_REQUESTED_BY + 1), "通报", "all"),
        ("党委办公室", "通" * (MAX_PURPOSE + 1), "all"),
    ],
)
def test_a_request_without_requester_purpose_or_extent_is_refused(requested_by: str, purpose: str, extent: str) -> None:
    with pytest.raises(MissingInput):
        request_of(requested_by, purpose, extent, "")


def test_a_list_holds_unfinished_people_only() -> None:
    for extent in Extent:
        kinds = [KINDS[code] for code in listed_codes(extent)]
        assert {state for state, _ in kinds} == {State.NOT_STARTED, State.IN_PROGRESS}
    overdue = [KINDS[code] for code in listed_codes(Extent.OVERDUE)]
    assert {lateness for _, lateness in overdue} == {Lateness.OVERDUE}


def test_each_extent_is_stated_in_words() -> None:
    assert set(EXTENT_WORDS) == set(Extent)
