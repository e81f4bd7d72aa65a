"""Answers, pages, sign-in and memory of the service beside the bare application, on one engine."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path

from argon2 import PasswordHasher

from . import bare, servers
from .figures import Action, Figure, interleaved
from .scene import ENTERPRISE, PASSWORD, OpenSitting, Scene
from .visitor import Visitor

ROUNDS, BLOCK = 30, 10
CLIENTS, SITTINGS_A_CLIENT = 4, 15
CONCEPTS = 6
SIGN_INS = 15
ITEM, PEOPLE_LIST = "/item/1", "/people?after=005000"
HR_PAGE = "/hr/completion"


@dataclass(frozen=True)
class Pair:
    """Both servers at work on one scene."""

    scene: Scene
    ours: servers.Server
    bare: servers.Server
    bare_token: str

    def visitor(self, cookies: dict[str, str]) -> Visitor:
        """A visitor of the service."""
        return Visitor(self.ours.port, cookies)

    def bare_visitor(self) -> Visitor:
        """A visitor of the bare application, with its form session begun."""
        visitor = Visitor(self.bare.port, {bare.COOKIE: self.bare_token})
        visitor.learn_token(ITEM)
        return visitor


def measure(scene: Scene) -> list[Figure]:
    """Every figure of one engine."""
    engine = scene.engine.dialect.name
    token = secrets.token_urlsafe(16)
    with servers.service(scene.database_url) as ours:
        item, people = _pages_to_match(scene, ours)
        bare.fill(scene.engine, token, [_filler(item, 300)], 10_000, _filler(people, 4000, 5 * bare.PEOPLE_A_PAGE))
        scene.engine.dispose()
        with servers.bare(scene.database_url) as other:
            pair = Pair(scene, ours, other, token)
            _warm_up(pair)
            figures = [*_answers(pair), *_quiz_page(pair), *_hr_page(pair), *_sign_in(pair), *_memory(pair)]
    return [replace(one, name=f"{one.name} [{engine}]") for one in figures]


def _pages_to_match(scene: Scene, ours: servers.Server) -> tuple[str, str]:
    sitting = scene.open_sittings(1)[0]
    item = Visitor(ours.port, sitting.cookies).get(sitting.path(1))
    people = Visitor(ours.port, scene.cookies_of(f"{ENTERPRISE}-hr")).get(HR_PAGE)
    return item, people


def _filler(page: str, frame: int, places: int = 1) -> str:
    """Text that makes a bare page as long as ours, less what its frame already has."""
    return "容错" * ((len(page.encode()) - frame) // places // len("容错".encode()))


def _warm_up(pair: Pair) -> None:
    for sitting in pair.scene.open_sittings(4 * servers.WORKERS):
        visitor, other = pair.visitor(sitting.cookies), pair.bare_visitor()
        visitor.learn_token(sitting.path(1))
        for position, key in enumerate(sitting.keys, start=1):
            visitor.post(sitting.path(position), {"option": key}, 303)
            visitor.get(sitting.path(position))
            other.post(ITEM, {"choice": "a"}, 200)
            other.get(PEOPLE_LIST)
        for path in ("/learn/", "/learn/record", "/login"):
            visitor.get(path)
        visitor.close()
        other.close()


def _answers(pair: Pair) -> Iterator[Figure]:
    rights = pair.scene.open_sittings(ROUNDS * BLOCK // (CONCEPTS - 1) + 1)
    misses = pair.scene.open_sittings(ROUNDS * BLOCK // CONCEPTS + 1)
    passing = pair.scene.open_sittings(ROUNDS * 2)
    times = interleaved(_posts(pair, rights, range(1, CONCEPTS)), _bare_posts(pair), ROUNDS, BLOCK)
    yield Figure("POST of a right answer", *times, 1.5)
    times = interleaved(_posts(pair, misses, range(1, CONCEPTS + 1), missed=True), _bare_posts(pair), ROUNDS, BLOCK)
    yield Figure("POST of a missed answer, which adds an item", *times, 1.5)
    _answer_all_but_the_last(pair, passing)
    times = interleaved(_posts(pair, passing, [CONCEPTS]), _bare_posts(pair), ROUNDS, 2)
    # Once a sitting, with twelve statements more; the line below holds it to the bound within its sitting.
    yield Figure("  of these the one that passes", *times, None)
    yield _together(pair)


def _posts(
    pair: Pair, sittings: Sequence[OpenSitting], positions: Sequence[int], *, missed: bool = False
) -> Iterator[Action]:
    for sitting in sittings:
        visitor = pair.visitor(sitting.cookies)
        visitor.learn_token(sitting.path(positions[0]))
        for position in positions:
            option = _other(sitting.keys[position - 1]) if missed else sitting.keys[position - 1]
            yield partial(visitor.post, sitting.path(position), {"option": option}, 303)
        visitor.close()


def _bare_posts(pair: Pair) -> Iterator[Action]:
    for _ in count():
        # As often as ours, so that both change connections and with them workers.
        visitor = pair.bare_visitor()
        for _ in range(CONCEPTS):
            yield partial(visitor.post, ITEM, {"choice": "a"}, 200)
        visitor.close()


def _answer_all_but_the_last(pair: Pair, sittings: Sequence[OpenSitting]) -> None:
    for action in _posts(pair, sittings, range(1, CONCEPTS)):
        action()


def _other(key: str) -> str:
    return "b" if key == "a" else "a"


def _together(pair: Pair) -> Figure:
    """Several clients at once answer whole sittings up to the pass; the elapsed time by the number of posts."""
    ours: list[float] = []
    others: list[float] = []
    for _ in range(3):
        lots = [pair.scene.open_sittings(SITTINGS_A_CLIENT) for _ in range(CLIENTS)]
        ours.append(_elapsed([_posts(pair, lot, range(1, CONCEPTS + 1)) for lot in lots]))
        posts = [_some(_bare_posts(pair), SITTINGS_A_CLIENT * CONCEPTS) for _ in range(CLIENTS)]
        others.append(_elapsed(posts))
    posts_a_round = CLIENTS * SITTINGS_A_CLIENT * CONCEPTS
    return Figure(
        f"POST of an answer, whole sittings by {CLIENTS} clients",
        sorted(ours)[1] / posts_a_round * 1000,
        sorted(others)[1] / posts_a_round * 1000,
        1.5,
    )


def _some(actions: Iterator[Action], number: int) -> Iterator[Action]:
    for _ in range(number):
        yield next(actions)


def _elapsed(streams: Sequence[Iterator[Action]]) -> float:
    def run(actions: list[Action]) -> None:
        for action in actions:
            action()

    # The form sessions are begun before the clock is.
    threads = [threading.Thread(target=run, args=(list(stream),)) for stream in streams]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - begun


def _quiz_page(pair: Pair) -> Iterator[Figure]:
    sitting = pair.scene.open_sittings(1)[0]
    yield from _page("quiz page", pair, pair.visitor(sitting.cookies), sitting.path(1), ITEM)


def _hr_page(pair: Pair) -> Iterator[Figure]:
    hr = pair.visitor(pair.scene.cookies_of(f"{ENTERPRISE}-hr"))
    yield from _page("HR page of 10,000 people", pair, hr, HR_PAGE, PEOPLE_LIST)


def _page(name: str, pair: Pair, visitor: Visitor, path: str, bare_path: str) -> Iterator[Figure]:
    times = interleaved(_gets(visitor, path), _gets(pair.bare_visitor(), bare_path), ROUNDS, BLOCK)
    yield Figure(name, *times, 2.0)
    # Stricter than the bound asks: ours knows its reader, the other one does not.
    times = interleaved(_gets(visitor, path), _gets(pair.bare_visitor(), f"/open{bare_path}"), ROUNDS, BLOCK)
    yield Figure("  beside a page open to anybody", *times, None)


def _gets(visitor: Visitor, path: str) -> Iterator[Action]:
    while True:
        yield partial(visitor.get, path)


def _sign_in(pair: Pair) -> Iterator[Figure]:
    name = f"{ENTERPRISE}-0001"
    password_hash = pair.scene.password_hash(name)
    hasher, visitor, other = PasswordHasher(), Visitor(pair.ours.port), pair.bare_visitor()

    def sign_in() -> None:
        visitor.post("/login", {"name": name, "password": PASSWORD}, 303)

    def verify_and_show() -> None:
        hasher.verify(password_hash, PASSWORD)
        other.get(ITEM)

    def sign_ins() -> Iterator[Action]:
        while True:
            visitor.cookies.clear()
            visitor.learn_token("/login")
            yield sign_in

    yield Figure("sign-in", *interleaved(sign_ins(), iter(lambda: verify_and_show, None), SIGN_INS, 1), 1.3)


def _memory(pair: Pair) -> Iterator[Figure]:
    for words, key, bound in (("proportional", "Pss", 1.5), ("resident", "Rss", 1.5)):
        ours, other = (_mean_memory(server, key) for server in (pair.ours, pair.bare))
        yield Figure(f"one worker's memory, {words}", ours, other, bound, "MB")


def _mean_memory(server: servers.Server, key: str) -> float:
    found = []
    for worker in server.workers():
        lines = Path(f"/proc/{worker}/smaps_rollup").read_text().splitlines()
        found.append(next(int(line.split()[1]) for line in lines if line.startswith(f"{key}:")))
    return sum(found) / len(found) / 1024
