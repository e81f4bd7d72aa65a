"""The same person on two devices, or many posts in the same instant: one result, shown to all of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from tests.answering import Keys, item_path
from tests.faults.conftest import Scene
from tests.serving import rongcuo
from tests.visitor import Answer, Visitor

MODULE = "three-distinctions"
MANY = 20


def at_once(actions: Sequence[Callable[[], Answer]]) -> list[Answer]:
    """Does everything in the same instant, each on a thread, and gives the answers in order."""
    answers: list[Answer | None] = [None] * len(actions)
    gate = threading.Barrier(len(actions))

    def act(place: int) -> None:
        gate.wait(30)
        answers[place] = actions[place]()

    threads = [threading.Thread(target=act, args=(place,)) for place in range(len(actions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(90)
    done = [answer for answer in answers if answer is not None]
    assert len(done) == len(actions), "a request did not come back"
    return done


def two_devices(scene: Scene, name: str) -> tuple[Visitor, Visitor]:
    """The same person signed in on a phone and on a computer."""
    return scene.visitor(name), scene.visitor(name)


def open_items(visitor: Visitor, sitting: str, upto: int = 6) -> list[tuple[str, str]]:
    """(where to send, question) of the first items of a sitting."""
    found = []
    for position in range(1, upto + 1):
        page = visitor.get(f"{sitting}{position}").page
        action = item_path(page)
        assert action
        found.append((action, page.h1[0]))
    return found


def sitting_of(location: str) -> str:
    return location.split("/")[3]


def test_twenty_posts_to_one_item_leave_one_answer_and_show_all_the_same_feedback(scene: Scene, keys: Keys) -> None:
    phone, computer = two_devices(scene, "jia-0001")
    sitting = phone.begin(MODULE)
    action, question = open_items(phone, sitting, 1)[0]
    options = [keys.right(question), keys.wrong(question, 0), keys.wrong(question, 1)]
    senders = [phone, computer] * (MANY // 2)

    def send(number: int) -> Callable[[], Answer]:
        return lambda: senders[number].post(action, option=options[number % 3], confidence="2")

    answers = at_once([send(number) for number in range(MANY)])
    assert {answer.status for answer in answers} == {303}
    stored = scene.place.rows("SELECT option_id FROM answer WHERE sitting_id = :id", id=sitting_of(sitting))
    assert len(stored) == 1
    shown = {device.get(answer.location).page.text for device, answer in zip(senders, answers, strict=True)}
    assert len(shown) == 1, "every device sees the feedback of the first answer"


def test_wrong_answers_to_all_items_at_once_are_all_kept_with_their_parallel_items(scene: Scene, keys: Keys) -> None:
    phone, computer = two_devices(scene, "jia-0002")
    sitting = phone.begin(MODULE)
    items = open_items(phone, sitting)

    def send(number: int) -> Callable[[], Answer]:
        action, question = items[number]
        device = phone if number % 2 else computer
        return lambda: device.post(action, option=keys.wrong(question))

    answers = at_once([send(number) for number in range(len(items))])
    assert [answer.status for answer in answers] == [303] * 6
    held = scene.place.rows(
        "SELECT i.concept_id, i.try_number, a.option_id FROM sitting_item i LEFT JOIN answer a"
        " ON a.sitting_id = i.sitting_id AND a.position = i.position WHERE i.sitting_id = :id ORDER BY i.position",
        id=sitting_of(sitting),
    )
    assert [(try_number, option is not None) for _, try_number, option in held] == [(1, True)] * 6 + [(2, False)] * 6
    assert {row[0] for row in held[:6]} == {row[0] for row in held[6:]}


def test_the_last_answer_sent_from_two_devices_at_once_gives_one_pass(scene: Scene, keys: Keys) -> None:
    phone, computer = two_devices(scene, "jia-0003")
    sitting = phone.begin(MODULE)
    *first, (action, question) = open_items(phone, sitting)
    for earlier, asked in first:
        assert phone.post(earlier, option=keys.right(asked)).status == 303
    right = keys.right(question)
    answers = at_once([lambda: phone.post(action, option=right), lambda: computer.post(action, option=right)])
    assert [answer.status for answer in answers] == [303, 303]
    assert _passes(scene, sitting) == 1
    assert "已完成" in computer.get(sitting).page.text


def test_the_last_two_items_answered_at_once_give_one_pass(scene: Scene, keys: Keys) -> None:
    phone, computer = two_devices(scene, "yi-0001")
    sitting = phone.begin(MODULE)
    *first, (one, question_one), (two, question_two) = open_items(phone, sitting)
    for earlier, asked in first:
        assert phone.post(earlier, option=keys.right(asked)).status == 303
    answers = at_once(
        [
            lambda: phone.post(one, option=keys.right(question_one)),
            lambda: computer.post(two, option=keys.right(question_two)),
        ]
    )
    assert [answer.status for answer in answers] == [303, 303]
    assert _passes(scene, sitting) == 1


def test_beginning_twenty_times_at_once_begins_one_sitting(scene: Scene) -> None:
    phone, computer = two_devices(scene, "yi-0002")

    def tap(number: int) -> Callable[[], Answer]:
        device = phone if number % 2 else computer
        return lambda: device.post(f"/learn/modules/{MODULE}/begin")

    answers = at_once([tap(number) for number in range(MANY)])
    assert {answer.status for answer in answers} == {303}
    assert len({answer.location for answer in answers}) == 1


def test_wrong_passwords_at_once_are_counted_together_by_both_workers(scene: Scene) -> None:
    def guess() -> Callable[[], Answer]:
        visitor = Visitor(scene.server.base_url)
        visitor.get("/login")
        return lambda: visitor.post("/login", name="yi-0003", password="not the password")

    statuses = [answer.status for answer in at_once([guess() for _ in range(MANY)])]
    assert set(statuses) <= {401, 429}
    owner = Visitor(scene.server.base_url)
    owner.get("/login")
    # Each post opens a connection of its own, so both workers are asked.
    later = {owner.post("/login", name="yi-0003", password=scene.place.password).status for _ in range(8)}
    assert later == {429}, "locked for the right password too, whichever worker answers"


def test_a_code_used_on_two_devices_at_once_works_once(scene: Scene) -> None:
    printed = rongcuo(scene.place.url, "account", "reset", "bing-0001", "--commit")
    code = printed.split()[-1]

    def activate(word: str) -> Callable[[], Answer]:
        visitor = Visitor(scene.server.base_url)
        visitor.get("/activate")
        return lambda: visitor.post("/activate", name="bing-0001", code=code, password=f"four calm words {word}")

    answers = at_once([activate("one"), activate("two")])
    assert sorted(answer.status for answer in answers) == [303, 400]


def _passes(scene: Scene, sitting: str) -> int:
    return len(scene.place.rows("SELECT id FROM module_pass WHERE sitting_id = :id", id=sitting_of(sitting)))
