"""What the page figures are measured on: an enterprise of 10,000 invented people on each engine, with open sittings."""

from __future__ import annotations

import hashlib
import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from quiz_app.config import Settings
from quiz_app.domain.people import Learner
from quiz_app.services import sittings
from quiz_app.services.demo import DemoSize, load_demo
from quiz_app.services.libraries import Libraries, read_library
from quiz_app.store import access, learning, schema
from quiz_app.store.db import connect, disconnect, end_request, saving
from quiz_app.web.access import COOKIE
from tests import databases

PEOPLE = 10_000
ENTERPRISE = "jia"
PASSWORD = "river-cedar-amber-harbor"


@dataclass(frozen=True)
class OpenSitting:
    """A sitting nobody has answered yet: whose cookies open it, and the right option at each position."""

    id: str
    cookies: dict[str, str]
    keys: tuple[str, ...]

    def path(self, position: int) -> str:
        """The address of the item at a position."""
        return f"/learn/sittings/{self.id}/{position}"


class Scene:
    """A filled database; the process that measures writes to it only between the measurements."""

    def __init__(self, database_url: str) -> None:
        self.database_url = database_url
        self.engine = connect(database_url)
        schema.upgrade(self.engine)
        settings = Settings(secret_key="b" * 32, database_url=database_url)
        self.libraries = Libraries(read_library(settings))
        self.now = datetime.now(UTC)
        size = DemoSize(people=PEOPLE, enterprises=1)
        load_demo(self.libraries.current, size, settings.timezone, PASSWORD, self.now)
        with self.engine.connect() as connection:
            # PostgreSQL would do so by itself within a minute; SQLite is measured as the service leaves it.
            if self.engine.dialect.name == "postgresql":
                connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))
        self._open = self._sittings(random.Random(1))

    def cookies_of(self, name: str) -> dict[str, str]:
        """The cookies of a new login session of an account."""
        account = access.account_named(name)
        assert account is not None, f"{name} is no demo account"
        token = secrets.token_urlsafe(32)
        digest = hashlib.sha256(token.encode()).hexdigest()
        with saving() as current:
            access.add_login(current, account.enterprise_id, account.id, digest, datetime.now(UTC))
        end_request()
        return {COOKIE: token}

    def password_hash(self, name: str) -> str:
        """The stored hash of an account's password."""
        account = access.account_named(name)
        assert account is not None
        assert account.password_hash is not None
        end_request()
        return account.password_hash

    def open_sittings(self, number: int) -> list[OpenSitting]:
        """So many sittings that were not handed out before."""
        return [next(self._open) for _ in range(number)]

    def _sittings(self, chance: random.Random) -> Iterator[OpenSitting]:
        for number in range(1, PEOPLE):
            cookies = self.cookies_of(f"{ENTERPRISE}-{number:04}")
            learner = Learner(ENTERPRISE, f"{ENTERPRISE}-m{number:04}")
            for module in self.libraries.current.modules_in_order:
                sitting_id = sittings.begin(learner, module.id, self.libraries, self.now, chance)
                found = learning.sitting(ENTERPRISE, sitting_id)
                end_request()
                assert found is not None, "it was just begun"
                if any(entry.option_id for entry in found[1]):
                    continue
                items = (self.libraries.current.items[entry.asked.item_id] for entry in found[1])
                yield OpenSitting(sitting_id, cookies, tuple(item.key.id for item in items))


@contextmanager
def sqlite_scene(folder: Path) -> Iterator[Scene]:
    """The scene in an SQLite file."""
    try:
        yield Scene(f"sqlite:///{folder / 'bench.sqlite3'}")
    finally:
        disconnect()


@contextmanager
def postgres_scene() -> Iterator[Scene | None]:
    """The scene in a PostgreSQL database of its own, or nothing where no PostgreSQL answers."""
    address = databases.postgres_address()
    if address is None:
        yield None
        return
    with databases.migrated_postgres(address) as template, databases.postgres_copy(address, template) as url:
        yield Scene(url)
