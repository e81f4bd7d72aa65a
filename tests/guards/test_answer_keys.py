"""Before an item is answered no page says which option is right: a world with other keys looks the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from quiz_app.content.library import Library
from quiz_app.domain.people import Role
from quiz_app.web.access import open_to
from tests.content_factories import make_item, small_library
from tests.guards.conftest import NOW
from tests.guards.houses import Ground, filled
from tests.guards.pages import said, snapshot, without_random_ids
from tests.guards.world import Plant, World, world_on

EXPLANATION = " because "
"""Words of every explanation in the small library."""

LEARNERS = ("member", "nobody")
"""Whoever meets items."""

ANSWERED = "/learn/sittings/#0/1"
"""The only item of the world that its visitor has answered."""


def library_with_key(key: str) -> Library:
    """The small library with every item's right option moved to `key`; nothing else differs."""
    found = small_library()
    module = found.modules["basics"]
    concepts = tuple(
        concept.model_copy(update={"items": tuple(make_item(item.id, item.clauses[0], key) for item in concept.items)})
        for concept in module.concepts
    )
    return Library(instruments=found.instruments, modules={"basics": module.model_copy(update={"concepts": concepts})})


def key_findings(one: dict[tuple[str, str], str], other: dict[tuple[str, str], str]) -> list[str]:
    """Every unanswered page that differs between two worlds with other keys, or explains an option."""
    found = []
    for visitor, address in sorted(one.keys() | other.keys()):
        pages = [pages.get((visitor, address)) for pages in (one, other)]
        if address == ANSWERED:
            continue
        if pages[0] != pages[1]:
            found.append(f"{address}: shows {visitor} something that depends on the key")
        elif EXPLANATION in (pages[0] or ""):
            found.append(f"{address}: explains an option to {visitor}")
    return found


def _pages(world: World) -> dict[tuple[str, str], str]:
    # An empty answer brings the item again; it must not bring the key along.
    empty = {
        ("member", "POST nothing"): f"/learn/sittings/{world.jia.samples['sitting_id']}/2",
        ("nobody", "POST nothing"): "/learn/practice/basics/1",
    }
    found = snapshot(world, LEARNERS)
    assert ("member", ANSWERED) in found
    for (visitor, name), address in empty.items():
        answer = world.ask(visitor, "POST", address)
        assert answer.status_code == 400
        found[visitor, f"{name} {without_random_ids(address)}"] = without_random_ids(said(answer))
    return found


@pytest.fixture(scope="module")
def grounds(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Ground]:
    """Two worlds alike but for the keys of their items; neither key is the option the world has chosen."""
    return [filled(sqlite_template, tmp_path_factory.mktemp(key), library_with_key(key), NOW) for key in ("a", "c")]


def _both(grounds: list[Ground], folder: Path, plant: Plant = lambda app: None) -> list[dict[tuple[str, str], str]]:
    found = []
    for ground in grounds:
        with world_on(ground, NOW, folder, plant) as world:
            found.append(_pages(world))
    return found


def test_no_unanswered_page_knows_the_key(grounds: list[Ground], tmp_path: Path) -> None:
    assert key_findings(*_both(grounds, tmp_path)) == []


def test_a_page_that_knows_the_key_is_named(grounds: list[Ground], tmp_path: Path) -> None:
    def plant(app: Flask) -> None:
        item = app.extensions["rongcuo"].libraries.current.items["first-1"]
        hint = open_to(Role.MEMBER)(lambda: f'<input value="{item.key.id}">')
        app.add_url_rule("/hint", view_func=hint, endpoint="hint")
        app.add_url_rule("/why", view_func=open_to()(lambda: item.options[1].explanation.zh), endpoint="why")

    found = key_findings(*_both(grounds, tmp_path, plant))
    assert "/hint: shows member something that depends on the key" in found
    assert "/why: explains an option to nobody" in found
    assert {line.split(":")[0] for line in found} == {"/hint", "/why"}
