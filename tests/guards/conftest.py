"""What several guards share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from quiz_app.config import PACKAGE
from tests.content_factories import small_library
from tests.guards.houses import Ground, filled
from tests.guards.world import Plant, World, world_on

NOW = datetime(2026, 11, 18, 4, 0, tzinfo=UTC)
Worlds = Callable[[Plant], AbstractContextManager[World]]


@pytest.fixture
def planted() -> Callable[[str], Any]:
    """Runs a piece of code as if it stood in a file ``planted.py`` of the product's store."""

    def run(source: str) -> SimpleNamespace:
        names: dict[str, Any] = {}
        exec(compile(source, str(PACKAGE / "store" / "planted.py"), "exec"), names)  # noqa: S102 - a planted fault
        return SimpleNamespace(**names)

    return run


@pytest.fixture(scope="session")
def ground(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Ground:
    """The filled database that each world is a copy of."""
    return filled(sqlite_template, tmp_path_factory.mktemp("ground"), small_library(), NOW)


@pytest.fixture(scope="module")
def world(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The world; the tests of a file share it."""
    with world_on(ground, NOW, tmp_path_factory.mktemp("world")) as made:
        yield made


@pytest.fixture
def spoilt_world(ground: Ground, tmp_path: Path) -> Worlds:
    """Makes a new world with something planted in its application."""
    return lambda plant: world_on(ground, NOW, tmp_path, plant)
