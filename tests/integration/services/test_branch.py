"""The branch secretary's list: own branch only, names and states only."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from quiz_app.content.library import Library
from quiz_app.content.text import Text
from quiz_app.domain.errors import NotFound
from quiz_app.domain.people import Identity, Role
from quiz_app.services import branch, completion
from quiz_app.store import standings
from quiz_app.store.cycles import current_cycle
from quiz_app.store.db import saving
from tests.factories import Factories

TODAY = date(2026, 11, 18)


class Scene:
    """Two branches, the first with a group below it; two of its members share a name."""

    def __init__(self, factories: Factories, library: Library, now: datetime) -> None:
        self.factories, self.library, self.now = factories, library, now
        factories.instance()
        factories.release(library)
        made = factories.enterprise("jia")
        factories.cycle("jia")
        self.own = factories.unit("jia", "第一党支部", made.party_root, line="party")
        self.group = factories.unit("jia", "第一党小组", self.own, line="party")
        self.other = factories.unit("jia", "第二党支部", made.party_root, line="party")
        passed = factories.member("jia", made.root, self.own, staff_number="1", name="张伟")
        factories.member("jia", made.root, self.group, staff_number="2", name="张伟")
        factories.member("jia", made.root, self.own, staff_number="3", name="李娜")
        factories.member("jia", made.root, self.other, staff_number="4", name="别的支部")
        factories.member("jia", made.root, None, staff_number="5", name="没有支部")
        factories.passed("jia", passed, passed_on=date(2026, 10, 7))
        cycle = current_cycle("jia", TODAY, now)
        assert cycle is not None
        with saving() as current:
            standings.refresh(current, "jia", cycle, now)

    def secretary(self, *branches: str) -> Identity:
        name = Text(zh="甲", en="Jia")
        return Identity("jia", "account", None, "书记", name, frozenset({Role.BRANCH_SECRETARY}), frozenset(branches))

    def page(self, branch_id: str, **asked: str) -> branch.BranchPage:
        return branch.own_branch(self.secretary(self.own), branch_id, self.library, self.now, **asked)


@pytest.fixture
def scene(factories: Factories, library: Library, now: datetime) -> Scene:
    """The scene."""
    return Scene(factories, library, now)


def test_members_of_the_branch_and_its_groups_are_listed_by_name(scene: Scene) -> None:
    page = scene.page(scene.own)
    assert [line.name for line in page.lines] == ["张伟 1", "张伟 2", "李娜"]
    assert page.name.zh == "第一党支部"
    assert (page.totals.tally.people, page.totals.tally.modules[0].completed) == (3, 1)


def test_no_date_month_or_due_date_reaches_the_branch(scene: Scene) -> None:
    for line in scene.page(scene.own).lines:
        for cell in line.cells:
            assert (cell.month, cell.due_on) == (None, None)
    assert "2026" not in repr(scene.page(scene.own).lines)


def test_the_unfinished_are_those_with_a_module_left(scene: Scene) -> None:
    assert [line.name for line in scene.page(scene.own, state="unfinished").lines] == ["张伟", "李娜"]


def test_another_branch_is_not_found(scene: Scene) -> None:
    for branch_id in (scene.other, scene.group, "nowhere", ""):
        with pytest.raises(NotFound):
            scene.page(branch_id)


def test_a_secretary_of_several_branches_has_each_by_name(scene: Scene) -> None:
    both = scene.secretary(scene.other, scene.own)
    assert [name.zh for _, name in branch.own_branches(both, scene.now)] == ["第一党支部", "第二党支部"]
    assert branch.own_branches(scene.secretary(), scene.now) == []


def test_the_list_goes_on_where_the_page_ends(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(completion, "PAGE", 2)
    first = scene.page(scene.own)
    assert first.after is not None
    second = scene.page(scene.own, after=first.after)
    assert [line.name for line in second.lines] == ["李娜"]
    assert not second.first
