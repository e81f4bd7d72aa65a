"""Cadres who answer without pause, each on a thread, and a ledger of what the service told them."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from tests.answering import Keys, item_path
from tests.faults.conftest import Place
from tests.serving import Server
from tests.visitor import Broken, Visitor

MODULES = ("three-distinctions", "six-grounds", "correction")
SHARE_RIGHT = 0.75


class Ledger:
    """What visitors were told, kept outside the service: answers acknowledged, and answers nobody heard of again."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.acknowledged: dict[tuple[str, int], str] = {}
        self.uncertain: dict[tuple[str, int], str] = {}
        self.sittings: set[str] = set()
        self.faults: list[str] = []
        self.refusals = 0

    def check(self, place: Place) -> None:
        """Holds the ledger against the database: nothing lost, nothing doubled, nothing invented, no half write."""
        with self.lock:
            told, possible, sittings = dict(self.acknowledged), dict(self.uncertain), set(self.sittings)
        stored = [row for row in _answers(place) if row[0] in sittings]
        held = {(sitting, position): option for sitting, position, option in stored}
        assert len(held) == len(stored), "an answer is held twice"
        lost = {key: option for key, option in told.items() if held.get(key) != option}
        assert not lost, f"acknowledged and lost: {lost}"
        invented = {key for key, option in held.items() if told.get(key, possible.get(key)) != option}
        assert not invented, f"held, but never sent so: {invented}"
        for sitting in sittings:
            _check_whole(place, sitting)


class Cadre(threading.Thread):
    """One person who begins, answers, repeats what got no answer, and begins again."""

    def __init__(self, visitor: Visitor, keys: Keys, ledger: Ledger, over: threading.Event, seed: str) -> None:
        super().__init__(daemon=True)
        self.visitor, self.keys, self.ledger, self.over = visitor, keys, ledger, over
        self.chance = random.Random(seed)
        self.sitting: str | None = None
        self.pending: tuple[str, str] | None = None

    def run(self) -> None:
        """Goes on until it is over; a broken connection is met by asking again."""
        while not self.over.is_set():
            try:
                self._step()
            except Broken:
                # A server that is down gets a moment before it is asked again.
                time.sleep(0.05)
            except AssertionError as error:
                self.ledger.faults.append(str(error))
                return

    def _step(self) -> None:
        if self.pending:
            self._send(*self.pending)
        if self.sitting is None:
            self.sitting = self._begin()
            return
        answer = self.visitor.get(self.sitting)
        if answer.status == 503:
            self._refused()
            return
        assert answer.status == 200, f"{self.sitting}: {answer.status}"
        action = item_path(answer.page)
        if action is None:
            self.sitting = None
            return
        question = answer.page.h1[0]
        right = self.chance.random() < SHARE_RIGHT
        self._send(action, self.keys.right(question) if right else self.keys.wrong(question))

    def _begin(self) -> str | None:
        answer = self.visitor.post(f"/learn/modules/{self.chance.choice(MODULES)}/begin")
        if answer.status == 503:
            self._refused()
            return None
        assert answer.status == 303, f"begin: {answer.status}"
        with self.ledger.lock:
            self.ledger.sittings.add(answer.location.split("/")[3])
        return answer.location

    def _send(self, action: str, option: str) -> None:
        _, _, _, sitting, position = action.split("/")
        key = (sitting, int(position))
        with self.ledger.lock:
            self.ledger.uncertain[key] = option
        self.pending = (action, option)
        answer = self.visitor.post(action, option=option)
        if answer.status == 503:
            self._refused()
            return
        assert answer.status == 303, f"{action}: {answer.status}"
        with self.ledger.lock:
            self.ledger.acknowledged[key] = option
        self.pending = None

    def _refused(self) -> None:
        with self.ledger.lock:
            self.ledger.refusals += 1
        # A server that refuses gets a moment before it is asked again.
        time.sleep(0.05)


@contextmanager
def answering(place: Place, server: Server, keys: Keys, names: Sequence[str]) -> Iterator[Ledger]:
    """People who answer all the while; at the end they stop and the ledger must hold."""
    ledger, over = Ledger(), threading.Event()
    cadres = [Cadre(place.visitor(server, name), keys, ledger, over, name) for name in names]
    for cadre in cadres:
        cadre.start()
    try:
        yield ledger
    finally:
        over.set()
        for cadre in cadres:
            cadre.join(60)
    # A fault is told only here, with what the service said of it.
    assert not ledger.faults, "\n".join([*ledger.faults, *server.said])
    ledger.check(place)


def _answers(place: Place) -> list[tuple[str, int, str]]:
    return [(row[0], row[1], row[2]) for row in place.rows("SELECT sitting_id, position, option_id FROM answer")]


def _check_whole(place: Place, sitting: str) -> None:
    """Every answer stands with all that follows from it: the parallel item of a miss, the pass of the last one."""
    items = place.rows(
        'SELECT i.concept_id, i.try_number, a.option_id IS NOT NULL, a."right" FROM sitting_item i'
        " LEFT JOIN answer a ON a.sitting_id = i.sitting_id AND a.position = i.position WHERE i.sitting_id = :id",
        id=sitting,
    )
    passes = place.rows("SELECT id FROM module_pass WHERE sitting_id = :id", id=sitting)
    concepts = {item[0] for item in items}
    missed = [item for item in items if item[2] and not item[3]]
    third = [item for item in missed if item[1] == 3]
    solved = {item[0]: item[1] for item in items if item[2] and item[3]}
    assert len(items) == len(concepts) + len(missed) - len(third), f"{sitting}: a miss without its parallel item"
    assert len(passes) <= 1, f"{sitting}: two passes"
    if passes:
        assert set(solved) == concepts, f"{sitting}: a pass without every concept"
    if set(solved) == concepts and max(solved.values()) <= 2:
        assert passes, f"{sitting}: all right and no pass"
