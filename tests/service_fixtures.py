"""Fixtures of tests on the running service, shared by the browser walks and the fault tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from quiz_app.config import PACKAGE, PROJECT
from quiz_app.content.library import Library
from quiz_app.content.loader import load_library
from tests import serving
from tests.serving import Demo


@pytest.fixture(scope="session")
def demo_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A SQLite file with demo data, made once."""
    with serving.demo_sqlite(tmp_path_factory.mktemp("demo")) as demo:
        yield demo


@pytest.fixture(scope="session")
def demo_postgres(postgres: tuple[str, str]) -> Iterator[Demo]:
    """A PostgreSQL database with demo data, made once."""
    with serving.demo_postgres(*postgres) as demo:
        yield demo


@pytest.fixture(scope="session")
def real_library() -> Library:
    """The library that the product brings along; tests read the keys from its files, never from a page."""
    return load_library(PACKAGE / "library", PROJECT / "cases", None)
