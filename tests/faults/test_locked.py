"""A database that somebody else keeps locked longer than anybody waits: 503, and work goes on afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from quiz_app.config import Settings
from quiz_app.content.library import Library
from quiz_app.store import db
from quiz_app.web.app import create_app
from tests.answering import Keys
from tests.client import Client
from tests.faults.conftest import Place
from tests.serving import SECRET_KEY


@pytest.fixture
def client(place: Place, real_library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """A cadre in the middle of a sitting, on a service that waits one second for a lock and not fifteen."""
    patient = db.engine_options

    def hurried(database_url: str) -> dict[str, object]:
        options = patient(database_url)
        held = options["connect_args"]
        if "options" in held:
            held["options"] = held["options"].replace("lock_timeout=15s", "lock_timeout=1s")
        return options

    monkeypatch.setattr(db, "BUSY_SECONDS", 1)
    monkeypatch.setattr(db, "engine_options", hurried)
    settings = Settings(secret_key=SECRET_KEY, database_url=place.url, site_dir=tmp_path / "no-site")
    client = Client(create_app(settings, real_library))
    client.sign_in("jia-0002", place.password)
    client.open("/learn/modules/six-grounds/")
    client.submit("/begin")
    yield client
    db.end_request()
    db.disconnect()


@contextmanager
def kept_locked(place: Place) -> Iterator[None]:
    """Somebody else holds the lock that an answer needs."""
    with place.engine.connect().execution_options(begin_immediate=True) as connection, connection.begin():
        if place.engine.dialect.name == "postgresql":
            connection.exec_driver_sql("LOCK TABLE sitting, sitting_item, answer IN EXCLUSIVE MODE")
        yield


def test_a_lock_that_lasts_is_answered_with_a_sentence(place: Place, client: Client, keys: Keys) -> None:
    path = client.location
    option = keys.right(client.page.h1[0])
    form = next(form for form in client.page.forms if form.action == path)
    with kept_locked(place):
        client.post(path, {**form.fields, "option": option})
        assert client.status == 503
        assert "这一步没有保存" in client.page.text
        client.open(path)
        assert client.status == 200, "reading goes on"
    client.submit(path, option=option)
    assert client.status == 200
    assert "判断对了" in client.page.text
