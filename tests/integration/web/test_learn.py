"""The cadre's trip: begin, answer, miss, parallel item, pass."""

from __future__ import annotations

from tests.client import Client


def begin(learner: Client) -> None:
    learner.open("/learn/modules/basics/")
    learner.submit("/begin")


def test_a_cadre_answers_with_a_miss_and_passes(learner: Client) -> None:
    begin(learner)
    assert "stem" in learner.page.text
    path = learner.location
    learner.submit(path, option="b", confidence="3")
    assert "还可以再想一想" in learner.page.text
    sitting = path.rsplit("/", 1)[0]
    for position in (2, 3):
        learner.open(f"{sitting}/")
        assert learner.location == f"{sitting}/{position}"
        learner.submit(learner.location, option="a")
        assert "判断对了" in learner.page.text
    learner.open(f"{sitting}/")
    assert "已完成" in learner.page.text
    learner.open("/learn/")
    assert "已完成" in learner.page.text


def test_the_second_post_of_an_answer_changes_nothing(learner: Client) -> None:
    begin(learner)
    path = learner.location
    first = learner.submit(path, option="b").text
    assert "还可以再想一想" in first
    learner.post(path, {"option": "a"})
    assert "还可以再想一想" in learner.page.text


def test_a_post_without_an_option_keeps_the_item_and_says_so(learner: Client) -> None:
    begin(learner)
    learner.submit(learner.location)
    assert learner.status == 400
    assert "请选择一个选项" in learner.page.text


def test_beginning_twice_leads_into_the_same_sitting(learner: Client) -> None:
    begin(learner)
    first = learner.location
    begin(learner)
    assert learner.location == first


def test_practice_needs_no_account_and_explains_the_choice(client: Client) -> None:
    client.open("/learn/practice/basics/1?lang=en")
    client.submit("/learn/practice/basics/1", option="b")
    assert "Worth another thought" in client.page.text
    assert client.page.lang == "en"
