"""Kill -9 with answers in flight: what was acknowledged is kept, once, and was written through to the disk."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from quiz_app.store.db import connect, disconnect, session
from tests.answering import Keys, item_path
from tests.faults.cadres import Ledger, answering
from tests.faults.conftest import Place
from tests.serving import serving, wait_until

KILLS = 10
READY_WITHIN = 5.0
PEOPLE = [f"{enterprise}-000{number}" for enterprise in ("jia", "yi", "bing") for number in (1, 2)]


def test_no_acknowledged_answer_is_lost_or_doubled_over_ten_kills(place: Place, keys: Keys) -> None:
    chance = random.Random(place.engine.dialect.name)
    slowest = 0.0
    with serving(place.url) as server, answering(place, server, keys, PEOPLE) as ledger:
        for kill in range(1, KILLS + 1):
            enough = len(ledger.acknowledged) + chance.randint(4, 12)
            wait_until(lambda: len(ledger.acknowledged) >= enough or ledger.faults, 30, f"{enough} answers")  # noqa: B023
            server.kill()
            ledger.check(place)
            slowest = max(slowest, server.start())
            assert slowest <= READY_WITHIN, f"ready only {slowest:.1f} s after kill {kill}"
        last = len(ledger.acknowledged) + 6
        wait_until(lambda: len(ledger.acknowledged) >= last or ledger.faults, 30, "answers after the last kill")
    assert len(ledger.acknowledged) > 4 * KILLS


@pytest.mark.xdist_group("faults-sqlite")
def test_what_is_lost_or_half_written_is_named(sqlite_place: Place) -> None:
    late = "SELECT sitting_id FROM sitting_item WHERE try_number > 2"
    sitting = str(sqlite_place.rows(f"SELECT sitting_id FROM module_pass WHERE sitting_id NOT IN ({late})")[0][0])
    answers = sqlite_place.rows("SELECT position, option_id FROM answer WHERE sitting_id = :id", id=sitting)
    ledger = Ledger()
    ledger.sittings.add(sitting)
    ledger.acknowledged = {(sitting, position): option for position, option in answers}
    ledger.check(sqlite_place)
    known = dict(ledger.acknowledged)
    ledger.acknowledged = {**known, (sitting, 99): "a"}
    with pytest.raises(AssertionError, match="acknowledged and lost"):
        ledger.check(sqlite_place)
    ledger.acknowledged = dict(list(known.items())[1:])
    with pytest.raises(AssertionError, match="never sent so"):
        ledger.check(sqlite_place)
    ledger.acknowledged = known
    with sqlite_place.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM pass_pin")
        connection.exec_driver_sql("DELETE FROM module_pass")
    with pytest.raises(AssertionError, match="no pass"):
        ledger.check(sqlite_place)


@pytest.mark.xdist_group("faults-sqlite")
def test_every_acknowledged_answer_was_synced_to_the_disk(sqlite_place: Place, keys: Keys, tmp_path: Path) -> None:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("no strace, so that syncs cannot be counted")
    trace = tmp_path / "syncs"
    before = [strace, "-f", "-qq", "-e", "trace=fsync,fdatasync", "-o", str(trace)]
    with serving(sqlite_place.url, workers=1, before=before) as server:
        visitor = sqlite_place.visitor(server, "jia-0001")
        sitting = visitor.begin("three-distinctions")
        for number in range(6):
            page = visitor.get(sitting).page
            action = item_path(page)
            assert action
            already = _syncs(trace)
            assert visitor.post(action, option=keys.right(page.h1[0])).status == 303
            assert _syncs(trace) > already, f"answer {number + 1} was acknowledged before it was synced"


@pytest.mark.xdist_group("faults-postgresql")
def test_postgresql_writes_through_before_it_acknowledges(postgres_place: Place) -> None:
    connect(postgres_place.url)
    try:
        connection = session().connection()
        held = {name: connection.exec_driver_sql(f"SHOW {name}").scalar() for name in ("fsync", "synchronous_commit")}
    finally:
        disconnect()
    assert held == {"fsync": "on", "synchronous_commit": "on"}


def _syncs(trace: Path) -> int:
    return sum("sync(" in line for line in trace.read_text().splitlines())
