"""Release, delivery and receipts: once each, whatever is pressed twice, refused or cut off."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from quiz_app.adapters.mailer import Mail, send
from quiz_app.config import Settings
from quiz_app.content.library import Library
from quiz_app.domain.errors import AlreadyReleased, MissingInput, NotFound
from quiz_app.services import report_desk, reports
from quiz_app.services.report_desk import NewReceipt
from quiz_app.store.db import new_id, saving, session
from quiz_app.store.reports import ReportRow
from quiz_app.store.tables.reports import Outbox, Recipient
from tests.factories import LONG_AGO, Factories
from tests.mail_server import Server, running
from tests.report_world import PERIOD, ReportWorld, make_world

SECOND = timedelta(seconds=1)


@pytest.fixture
def world(factories: Factories, library: Library, now: datetime) -> ReportWorld:
    """A small enterprise whose committee office receives reports by mail."""
    made = make_world(factories, library, now)
    add_recipient(made, "党委办公室", "committee@jia.example")
    return made


@pytest.fixture
def row(world: ReportWorld) -> ReportRow:
    """The report of November, built."""
    return reports.build("jia", PERIOD, world.libraries, world.now)


def add_recipient(world: ReportWorld, name: str, email: str, retracts: str | None = None) -> str:
    """Somebody who receives the reports, or the end of that."""
    recipient_id = new_id()
    until = LONG_AGO if retracts else None
    with saving() as current:
        current.add(
            Recipient(
                enterprise_id="jia",
                id=recipient_id,
                unit_id=world.root,
                name=name,
                email=email,
                valid_from=LONG_AGO,
                valid_to=until,
                recorded_at=world.now - timedelta(days=9),
                retracts=retracts,
            )
        )
    return recipient_id


def settings_for(database: str, smtp_url: str | None = None) -> Settings:
    """Settings with or without a mail server."""
    return Settings(secret_key="s" * 40, database_url=database, smtp_url=smtp_url, base_url="https://learn.jia.example")


def release(row: ReportRow, database: str, at: datetime) -> int:
    """Releases a report."""
    return report_desk.release("jia", row.id, None, settings_for(database), at)


def outbox() -> Outbox:
    """The one message there is."""
    current = session()
    current.rollback()
    current.expire_all()
    return current.query(Outbox).one()


def test_a_released_report_is_mailed_once_with_both_files(row: ReportRow, database: str, now: datetime) -> None:
    assert release(row, database, now) == 1
    server = Server()
    with running(server) as address:
        settings = settings_for(database, address)
        assert report_desk.deliver(settings, now) == report_desk.Delivery(sent=1, failed=0)
        assert report_desk.deliver(settings, now + timedelta(days=1)) == report_desk.Delivery(sent=0, failed=0)
    (message,) = server.taken
    assert message["Message-ID"] == outbox().message_id
    assert message["Message-ID"].endswith("@learn.jia.example>")
    names = [part.get_filename() for part in message.iter_attachments()]
    assert names == ["JIA-202611-V1-zh.docx", "JIA-202611-V1-zh.xlsx"]
    body = message.get_body()
    assert body is not None
    assert f"https://learn.jia.example/committee/reports/{row.id}/" in body.get_content()


def test_a_refused_message_waits_and_goes_out_under_the_same_id(row: ReportRow, database: str, now: datetime) -> None:
    release(row, database, now)
    refusing, taking = Server("451 try later"), Server()
    with running(refusing) as address:
        assert report_desk.deliver(settings_for(database, address), now).failed == 1
    waiting = outbox()
    assert (waiting.sent_at, waiting.tries) == (None, 1)
    assert "451" in (waiting.last_error or "")
    with running(taking) as address:
        settings = settings_for(database, address)
        assert report_desk.deliver(settings, now + report_desk.FIRST_PAUSE - SECOND) == report_desk.Delivery(0, 0)
        assert report_desk.deliver(settings, now + report_desk.FIRST_PAUSE).sent == 1
    assert [one["Message-ID"] for one in taking.taken] == [waiting.message_id]
    assert outbox().sent_at == now + report_desk.FIRST_PAUSE


@pytest.mark.parametrize("wait", [0, 3], ids=["dies", "hangs"])
def test_a_server_lost_after_the_data_gets_the_same_message_again(
    row: ReportRow, database: str, now: datetime, wait: float
) -> None:
    release(row, database, now)
    server, taking = Server(wait=wait, hang_up=not wait), Server()

    def impatient(address: str, mail: Mail) -> None:
        send(address, mail, timeout=0.5)

    with running(server) as address:
        assert report_desk.deliver(settings_for(database, address), now, impatient).failed == 1
    assert outbox().sent_at is None
    with running(taking) as address:
        assert report_desk.deliver(settings_for(database, address), now + timedelta(hours=7)).sent == 1
    assert {one["Message-ID"] for one in (*server.taken, *taking.taken)} == {outbox().message_id}


def test_a_process_that_dies_after_sending_leaves_the_message_to_a_later_try(
    row: ReportRow, database: str, now: datetime
) -> None:
    release(row, database, now)
    ids = []

    def dies(address: str, mail: Mail) -> None:
        ids.append(mail.message_id)
        raise KeyboardInterrupt

    def takes(address: str, mail: Mail) -> None:
        ids.append(mail.message_id)

    settings = settings_for(database, "smtp://127.0.0.1:1")
    with pytest.raises(KeyboardInterrupt):
        report_desk.deliver(settings, now, dies)
    assert outbox().sent_at is None
    assert report_desk.deliver(settings, now, takes) == report_desk.Delivery(0, 0)
    assert report_desk.deliver(settings, now + report_desk.FIRST_PAUSE, takes).sent == 1
    assert len(set(ids)) == 1
    assert len(ids) == 2


def test_two_processes_never_send_the_same_message(row: ReportRow, database: str, now: datetime) -> None:
    release(row, database, now)
    settings = settings_for(database, "smtp://127.0.0.1:1")
    sent = []

    def slow(address: str, mail: Mail) -> None:
        sent.append(mail.message_id)
        report_desk.deliver(settings, now, lambda _address, again: sent.append(again.message_id))

    report_desk.deliver(settings, now, slow)
    assert len(sent) == 1


def test_without_a_mail_server_nothing_is_tried(row: ReportRow, database: str, now: datetime) -> None:
    release(row, database, now)
    assert report_desk.deliver(settings_for(database), now) == report_desk.Delivery(0, 0)
    assert report_desk.waiting(now) == 1
    assert outbox().tries == 0


def test_who_is_no_longer_a_recipient_gets_nothing(
    world: ReportWorld, row: ReportRow, database: str, now: datetime
) -> None:
    first = session().query(Recipient.id).scalar()
    release(row, database, now)
    add_recipient(world, "党委办公室", "committee@jia.example", retracts=first)
    assert report_desk.waiting(now) == 0


def test_a_release_pressed_twice_is_one_release_with_one_message(row: ReportRow, database: str, now: datetime) -> None:
    assert release(row, database, now) == release(row, database, now + SECOND) == 1
    assert report_desk.released_at("jia", row.id) == now


def test_an_older_version_is_not_released_after_a_newer_one(
    world: ReportWorld, row: ReportRow, database: str, now: datetime
) -> None:
    world.passes(world.people[12], date(2026, 11, 3), now + SECOND)
    newer = reports.build("jia", PERIOD, world.libraries, now + 2 * SECOND)
    release(newer, database, now + 3 * SECOND)
    with pytest.raises(AlreadyReleased):
        release(row, database, now + 4 * SECOND)


def receipt(once: str = "one", **changes: object) -> NewReceipt:
    """A complete receipt, or one with something else in it."""
    values: dict[str, object] = {
        "kind": "read",
        "signer": "李书记",
        "signed_on": date(2026, 11, 18),
        "text": "",
        "from_paper": False,
        "once": once,
    }
    return NewReceipt(**{**values, **changes})  # type: ignore[arg-type]


def test_the_same_receipt_twice_is_one(world: ReportWorld, row: ReportRow, database: str, now: datetime) -> None:
    account = world.factories.account("jia", "jia-committee", "committee")
    release(row, database, now)
    for _ in range(2):
        report_desk.add_receipt("jia", row.id, receipt(), account, now)
    report_desk.add_receipt(
        "jia", row.id, receipt("two", kind="instruction", text="抓紧", from_paper=True), account, now
    )
    assert sorted((one.kind, one.text, one.from_paper) for one in report_desk.receipts("jia", row.id)) == [
        ("instruction", "抓紧", True),
        ("read", None, False),
    ]


@pytest.mark.parametrize(
    "wrong",
    [{"signer": " "}, {"signed_on": date(2026, 11, 19)}, {"kind": "instruction"}, {"kind": "seal"}, {"once": ""}],
    ids=["no signer", "tomorrow", "no text", "unknown kind", "no key"],
)
def test_an_incomplete_receipt_is_refused(
    world: ReportWorld, row: ReportRow, database: str, now: datetime, wrong: dict[str, object]
) -> None:
    account = world.factories.account("jia", "jia-committee", "committee")
    release(row, database, now)
    with pytest.raises(MissingInput):
        report_desk.add_receipt("jia", row.id, receipt(**wrong), account, now)  # type: ignore[arg-type]


def test_nothing_is_signed_before_the_release(world: ReportWorld, row: ReportRow, now: datetime) -> None:
    account = world.factories.account("jia", "jia-committee", "committee")
    with pytest.raises(NotFound):
        report_desk.add_receipt("jia", row.id, receipt(), account, now)
