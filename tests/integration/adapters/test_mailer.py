"""Mail against a real SMTP server on loopback: taken, refused, silent, and dead after the data."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from quiz_app.adapters.mailer import Attachment, Mail, MailNotSent, send
from tests.mail_server import Server, running

MAIL = Mail(
    message_id="<report-1@rongcuo.example>",
    sent_at=datetime(2026, 11, 30, 8, tzinfo=UTC),
    sender="rongcuo@jia.example",
    recipient_name="党委办公室",
    recipient="committee@jia.example",
    subject="2026年11月学习情况报告",
    text="请查收附件。",
    attachments=[Attachment("报告.docx", "octet-stream", b"body")],
)


def test_a_taken_message_arrives_with_names_text_and_file_as_they_were() -> None:
    server = Server()
    with running(server) as address:
        send(address, MAIL)
    (message,) = server.taken
    assert message["Message-ID"] == MAIL.message_id
    assert message["To"].addresses[0].display_name == "党委办公室"
    assert message["Subject"] == MAIL.subject
    body = message.get_body()
    assert body is not None
    assert body.get_content().strip() == MAIL.text
    (attachment,) = message.iter_attachments()
    assert (attachment.get_filename(), attachment.get_content()) == ("报告.docx", b"body")


@pytest.mark.parametrize(
    "server",
    [Server("451 try later"), Server(wait=5), Server(hang_up=True)],
    ids=["refuses", "hangs after the data", "dies after the data"],
)
def test_a_message_not_taken_for_sure_is_not_sent(server: Server) -> None:
    with running(server) as address, pytest.raises(MailNotSent):
        send(address, MAIL, timeout=0.5)


def test_a_server_that_is_not_there_is_named() -> None:
    with running(Server()) as address:
        pass
    with pytest.raises(MailNotSent, match="ConnectionRefused"):
        send(address, MAIL, timeout=2)


def test_a_line_break_in_a_subject_never_becomes_a_header() -> None:
    with pytest.raises(ValueError, match="linefeed"):
        send("smtp://127.0.0.1:1", Mail(**{**vars(MAIL), "subject": "a\r\nBcc: b@x.example"}))
