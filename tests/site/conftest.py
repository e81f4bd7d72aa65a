"""The site on a plain static host, and the library it is built from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quiz_app.config import PROJECT
from quiz_app.content.library import Library
from quiz_app.content.loader import PACKAGED_LIBRARY, load_library
from tests.site.serving import serving


@pytest.fixture(scope="session")
def published() -> Library:
    """The library the site is built from."""
    return load_library(PACKAGED_LIBRARY, PROJECT / "cases")


@pytest.fixture(scope="session")
def home(site: Path) -> Iterator[str]:
    """The address of the built site on a plain static host."""
    with serving(site) as address:
        yield address
