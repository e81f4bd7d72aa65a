"""A full disk: 503 with a sentence, nothing half written, and work goes on without a restart once there is room."""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.answering import Keys, item_path
from tests.faults.conftest import Place, Scene
from tests.serving import Server, serving
from tests.visitor import Answer

SENTENCE = "数据库暂时不可用，这一步没有保存"
ONE_PAGE = 1024
"""Less than a page of the database, so that nothing more can be written to any file."""


@contextmanager
def full_disk(server: Server) -> Iterator[None]:
    """No process of the service can write another page to a file."""
    processes = server.processes()
    assert len(processes) >= 2, "the server and its workers"
    before = {process: resource.prlimit(process, resource.RLIMIT_FSIZE) for process in processes}
    for process, (_, hard) in before.items():
        resource.prlimit(process, resource.RLIMIT_FSIZE, (ONE_PAGE, hard))
    try:
        yield
    finally:
        for process, limits in before.items():
            resource.prlimit(process, resource.RLIMIT_FSIZE, limits)


@contextmanager
def full_server_disk(place: Place) -> Iterator[None]:
    """Every insert into `answer` and `sitting` fails as PostgreSQL fails on a full disk."""
    tables = ("answer", "sitting", "login_session")
    with place.engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$"
        )
        for table in tables:
            connection.exec_driver_sql(
                f"CREATE TRIGGER no_room BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION no_room()"
            )
    try:
        yield
    finally:
        with place.engine.begin() as connection:
            connection.exec_driver_sql("DROP FUNCTION no_room CASCADE")


@contextmanager
def no_room(scene: Scene) -> Iterator[None]:
    """A full disk, for whichever database it is."""
    sqlite = scene.place.engine.dialect.name == "sqlite"
    with full_disk(scene.server) if sqlite else full_server_disk(scene.place):
        yield


def refused(answer: Answer) -> bool:
    """Whether an answer is the page of a database that cannot be written, with its sentence and when to try again."""
    assert answer.status == 503, (answer.status, answer.text)
    return SENTENCE in answer.page.text and answer.headers["retry-after"] == "5"


@pytest.mark.skipif(sys.platform != "linux", reason="the size of a running process's files is limited on Linux only")
def test_a_full_disk_refuses_with_a_sentence_and_loses_nothing(place: Place, keys: Keys) -> None:
    with serving(place.url) as server:
        scene = Scene(place, server)
        visitor = scene.visitor("jia-0001")
        sitting = visitor.begin("three-distinctions")
        page = visitor.get(sitting).page
        action, option = item_path(page), keys.right(page.h1[0])
        assert action
        before = _everything(place)
        with no_room(scene):
            assert refused(visitor.post(action, option=option))
            assert refused(visitor.post("/learn/modules/six-grounds/begin"))
            assert visitor.get(sitting).page.h1 == page.h1, "what is written can still be read"
            assert _everything(place) == before, "nothing is half written"
        assert visitor.post(action, option=option).status == 303, "without a restart"
        assert visitor.post("/learn/modules/six-grounds/begin").status == 303
        after = _everything(place)
    assert [now - then for now, then in zip(after, before, strict=True)] == [1, 1, 6]


def _everything(place: Place) -> list[int]:
    return [place.rows(f"SELECT count(*) FROM {table}")[0][0] for table in ("answer", "sitting", "sitting_item")]
