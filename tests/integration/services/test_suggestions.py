"""意见与答复: kept once, answered by the supervisor, corrected as a new version, erased where it names people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from quiz_app.domain.errors import AnswerOvertaken, NotFound, SuggestionsClosed, TooManySuggestions, WordsErased
from quiz_app.domain.suggestions import MOST_A_MINUTE, Decision, Reply, Suggestion
from quiz_app.services import suggestions
from quiz_app.store import suggestions as store
from quiz_app.store.db import Base, connect, disconnect, end_request, session
from quiz_app.store.tables.access import Audit, Throttle
from quiz_app.store.tables.suggestions import Suggestion as Row
from quiz_app.store.tables.suggestions import SuggestionAnswer
from tests import databases
from tests.factories import Factories

MINUTE = timedelta(minutes=1)
CITY, CLERK = "city", "city-clerk"
SPOKEN = "审批那一页的第三步看不懂"
NAMING = "某处王某某去年冬天收了两箱海参"


class Office:
    """The supervisor's office, and somebody who writes to it."""

    def __init__(self, factories: Factories, now: datetime) -> None:
        self.now = now
        factories.instance()
        factories.enterprise(CITY, "supervisor")
        factories.enterprise("jia")
        self.sent = 0

    def send(self, words: str = SPOKEN, about: str = "申请步骤", once: str = "") -> store.SuggestionRow:
        self.sent += 1
        return suggestions.send(Suggestion(about, words), once or f"once-{self.sent}", self.now)

    def reply(
        self, row: store.SuggestionRow, words: str | None = "已改写", version: int = 1, why: str = "answered"
    ) -> None:
        entered = Reply(Decision(why), words if why == "answered" else None)
        suggestions.reply(CITY, CLERK, row.id, entered, version, self.now)


@pytest.fixture
def office(factories: Factories, now: datetime) -> Office:
    """The office."""
    return Office(factories, now)


def rows(table: type[Base]) -> int:
    return len(session().execute(select(table)).all())


def everything() -> str:
    """Every value of every table, as text."""
    return "\n".join(str(row) for table in Base.metadata.sorted_tables for row in session().execute(table.select()))


def test_a_suggestion_is_kept_with_its_day_and_number_and_nothing_more(office: Office) -> None:
    row = office.send()
    assert (row.about, row.text, row.received_on, row.latest) == ("申请步骤", SPOKEN, date(2026, 11, 18), None)
    assert set(Row.__table__.columns.keys()) == {"enterprise_id", "id", "number", "received_on", "about", "text"}
    assert suggestions.find(row.number.lower().replace("-", " ")) == row


def test_the_day_is_the_one_of_the_database_zone(office: Office, now: datetime) -> None:
    office.now = now.replace(hour=17)
    assert office.send().received_on == date(2026, 11, 19)


def test_the_same_form_sent_again_is_one_suggestion(office: Office) -> None:
    first = office.send(once="once")
    assert office.send(once="once") == first
    assert office.send("别的话", once="once").text == SPOKEN
    assert rows(Row) == 1
    throttle = session().get(Throttle, "suggestions")
    assert throttle is not None
    assert throttle.failures == 1


def test_a_second_tap_that_loses_the_race_gets_the_first_suggestion(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = office.send(once="once")
    real, asked = store.by_number, []

    def blind_at_first(enterprise_id: str, number: str) -> store.SuggestionRow | None:
        asked.append(number)
        return None if len(asked) == 1 else real(enterprise_id, number)

    monkeypatch.setattr(store, "by_number", blind_at_first)
    assert office.send(once="once") == first
    assert rows(Row) == 1


def test_a_minute_takes_its_share_of_everybodys_and_the_next_one_begins_anew(office: Office) -> None:
    sent = [office.send() for _ in range(MOST_A_MINUTE)]
    with pytest.raises(TooManySuggestions):
        office.send(once="too late")
    assert rows(Row) == MOST_A_MINUTE
    assert suggestions.send(Suggestion("", "again"), "once-1", office.now) == sent[0], "what was kept is not refused"
    office.now += MINUTE
    assert office.send(once="too late").text == SPOKEN
    assert [one.key for one in session().scalars(select(Throttle))] == ["suggestions"]


def test_the_throttle_keeps_a_count_and_a_minute(office: Office, now: datetime) -> None:
    office.now = now.replace(second=41, microsecond=7)
    office.send()
    (row,) = session().scalars(select(Throttle))
    assert (row.key, row.failures, row.last_failure_at) == ("suggestions", 1, now)


def test_without_a_supervisor_nothing_is_taken(factories: Factories, now: datetime) -> None:
    factories.instance()
    factories.enterprise("jia")
    for call in (suggestions.require_open, lambda: suggestions.send(Suggestion("", SPOKEN), "once", now)):
        with pytest.raises(SuggestionsClosed):
            call()
    with pytest.raises(NotFound):
        suggestions.find("AAAA-BBBB-CCCC")
    assert suggestions.published().rows == ()
    assert rows(Row) == 0


def test_only_what_was_dealt_with_is_published_the_latest_first(office: Office) -> None:
    first, second, waits = office.send("一"), office.send("二"), office.send("三")
    office.reply(second)
    office.now += MINUTE
    office.reply(first, "谢谢")
    page = suggestions.published()
    assert [(one.text, one.latest and one.latest.text) for one in page.rows] == [("一", "谢谢"), ("二", "已改写")]
    assert [one.id for one in suggestions.waiting(CITY).rows] == [waits.id]
    assert suggestions.waiting_count(CITY) == 1


def test_a_correction_is_a_new_version_and_the_latest_one_is_shown(office: Office) -> None:
    row = office.send()
    office.reply(row, "下周改")
    office.now += timedelta(days=2)
    office.reply(row, "已经改好", version=2)
    case = suggestions.read(CITY, row.id)
    assert [(one.version, one.text, one.answered_on.day) for one in case.versions] == [
        (2, "已经改好", 20),
        (1, "下周改", 18),
    ]
    assert [one.latest and one.latest.text for one in suggestions.published().rows] == ["已经改好"]
    moments = session().scalars(select(SuggestionAnswer.recorded_at).order_by(SuggestionAnswer.version)).all()
    assert moments == [office.now - timedelta(days=2), office.now]


def test_the_same_answer_sent_twice_is_one_and_another_one_is_told(office: Office) -> None:
    row = office.send()
    office.reply(row)
    office.reply(row)
    assert rows(SuggestionAnswer) == 1
    with pytest.raises(AnswerOvertaken):
        office.reply(row, "同事写的另一份")
    for version in (0, 3, 99):
        with pytest.raises(AnswerOvertaken):
            office.reply(row, version=version)
    assert rows(SuggestionAnswer) == 1


def test_two_answers_at_the_same_moment_leave_the_first(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    row = office.send()
    before = suggestions.read(CITY, row.id)
    office.reply(row, "先到的")
    real, asked = suggestions.read, []

    def late(enterprise_id: str, suggestion_id: str) -> suggestions.Case:
        asked.append(suggestion_id)
        return before if len(asked) == 1 else real(enterprise_id, suggestion_id)

    monkeypatch.setattr(suggestions, "read", late)
    with pytest.raises(AnswerOvertaken):
        office.reply(row, "后到的")
    assert [one.text for one in store.versions(CITY, row.id)] == ["先到的"]


@pytest.mark.parametrize("reason", ["unrelated", "duplicate"])
def test_what_is_set_aside_keeps_its_words_for_the_office_and_may_still_be_answered(
    office: Office, reason: str
) -> None:
    row = office.send()
    office.reply(row, why=reason)
    assert suggestions.find(row.number).text == SPOKEN
    office.reply(row, "还是答复您", version=2)
    assert [one.latest and one.latest.decision for one in suggestions.published().rows] == [Decision.ANSWERED]


def test_a_suggestion_that_names_people_loses_its_words_at_once(office: Office) -> None:
    row = office.send(NAMING, about="王某某")
    office.reply(row, f"关于“{NAMING}”：已知悉")
    office.reply(row, version=2, why="names_people")
    found = suggestions.find(row.number)
    assert (found.about, found.text) == (None, None)
    assert found.latest is not None
    assert found.latest.decision is Decision.NAMES_PEOPLE
    assert [one.text for one in store.versions(CITY, row.id)] == [None, None]
    assert "海参" not in everything()
    assert "王某某" not in everything()
    with pytest.raises(WordsErased):
        office.reply(row, version=3)
    office.reply(row, version=2, why="names_people")
    assert rows(SuggestionAnswer) == 2


@pytest.fixture
def sqlite_path(sqlite_template: Path, tmp_path: Path) -> Iterator[Path]:
    """The file of a SQLite database that this process speaks to; PostgreSQL keeps its files to itself."""
    url = databases.sqlite_copy(sqlite_template, tmp_path)
    connect(url)
    yield Path(url.removeprefix("sqlite:///"))
    end_request()
    disconnect()


def test_erased_words_are_in_no_file_of_the_database(sqlite_path: Path, now: datetime) -> None:
    office = Office(Factories(now), now)
    marks = [f"海参第{number:02}箱" for number in range(1, 10)]
    sent = [office.send(mark * 60, about=mark) for mark in marks]
    answered = sent[::2]
    for row in answered:
        office.reply(row, f"照抄：{(row.text or '')[:300]}")
    assert all(mark.encode() in _files(sqlite_path) for mark in marks), "before, they are there"
    for row in sent:
        office.reply(row, version=2 if row in answered else 1, why="names_people")
    left = _files(sqlite_path)
    assert [mark for mark in marks if mark.encode() in left] == []


def _files(path: Path) -> bytes:
    end_request()
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))


def test_what_the_office_does_is_on_record_without_any_words(office: Office) -> None:
    first, second = office.send(), office.send(NAMING)
    office.reply(first)
    office.reply(second, why="names_people")
    found = session().execute(select(Audit.action, Audit.actor_account_id, Audit.enterprise_id)).all()
    assert sorted(found) == [
        ("suggestion_answered", CLERK, CITY),
        ("suggestion_set_aside", CLERK, CITY),
    ]
    values = "".join(session().scalars(text("SELECT value FROM audit_value")))
    assert SPOKEN not in values
    assert NAMING not in values


def test_pages_follow_one_another_without_gap_or_double(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggestions, "PAGE", 3)
    sent = []
    for number in range(8):
        sent.append(office.send(f"第{number}条").id)
        office.now += timedelta(days=number % 2)
    assert _walk(suggestions.waiting) == [row.id for row in store.waiting(CITY, None, 100)]
    assert set(_walk(suggestions.waiting)) == set(sent)
    for suggestion_id in sent:
        office.reply(suggestions.read(CITY, suggestion_id).row)
    assert len(_walk(suggestions.dealt_with)) == 8
    assert set(_walk(suggestions.dealt_with)) == set(sent)
    assert [row.id for row in suggestions.published().rows] == _walk(suggestions.dealt_with)[:3]


def _walk(listing: object) -> list[str]:
    assert callable(listing)
    found, after = list[str](), ""
    while True:
        page = listing(CITY, after)
        found += [row.id for row in page.rows]
        if page.after is None:
            return found
        after = page.after


def test_what_is_not_there_or_belongs_to_another_tenant_is_not_found(office: Office) -> None:
    row = office.send()
    office.reply(row)
    for call in (
        lambda: suggestions.read("jia", row.id),
        lambda: suggestions.read(CITY, "unknown"),
        lambda: suggestions.find("AAAA-BBBB-CCCC"),
        lambda: suggestions.published("unknown"),
        lambda: suggestions.waiting(CITY, "unknown"),
        lambda: suggestions.dealt_with("jia", suggestions.read(CITY, row.id).versions[0].id),
        lambda: suggestions.reply("jia", "jia-clerk", row.id, Reply(Decision.DUPLICATE, None), 2, office.now),
    ):
        with pytest.raises(NotFound):
            call()
    assert suggestions.dealt_with("jia").rows == suggestions.waiting("jia").rows == ()
