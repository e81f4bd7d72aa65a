"""Mail by SMTP: a message is a value first and sent second; a refusal, a hang or a lost line is one named error."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

TIMEOUT_SECONDS = 20
_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


class MailNotSent(Exception):
    """The server did not take the message for sure; it is sent again later under the same message id."""


@dataclass(frozen=True)
class Attachment:
    """A file of a message."""

    name: str
    subtype: str
    body: bytes


@dataclass(frozen=True)
class Mail:
    """A message to one person; `message_id` stays the same however often it is sent."""

    message_id: str
    sent_at: datetime
    sender: str
    recipient_name: str
    recipient: str
    subject: str
    text: str
    attachments: Sequence[Attachment] = ()


def send(address: str, mail: Mail, timeout: float = TIMEOUT_SECONDS) -> None:
    """Hands a message to the server at ``smtp://``, ``smtp+starttls://`` or ``smtps://``; raises `MailNotSent`.

    A server that falls silent after the data may have taken the message: it counts as not sent.
    """
    message = _composed(mail)
    try:
        server = _connect(address, timeout)
        try:
            server.send_message(message)
        finally:
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
    except (smtplib.SMTPException, OSError) as error:
        raise MailNotSent(f"{type(error).__name__}: {error}"[:500]) from error


def _connect(address: str, timeout: float) -> smtplib.SMTP:
    parts = urlsplit(address)
    port = parts.port or _PORTS[parts.scheme]
    host = parts.hostname or "localhost"
    server: smtplib.SMTP
    if parts.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, port, timeout=timeout, context=ssl.create_default_context())
    else:
        server = smtplib.SMTP(host, port, timeout=timeout)
    try:
        if parts.scheme == "smtp+starttls":
            server.starttls(context=ssl.create_default_context())
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except BaseException:
        server.close()
        raise
    return server


def _composed(mail: Mail) -> EmailMessage:
    message = EmailMessage()
    message["Message-ID"] = mail.message_id
    message["Date"] = format_datetime(mail.sent_at)
    message["From"] = _address("", mail.sender)
    message["To"] = _address(mail.recipient_name, mail.recipient)
    message["Subject"] = mail.subject
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    for one in mail.attachments:
        message.add_attachment(one.body, maintype="application", subtype=one.subtype, filename=one.name)
    return message


def _address(name: str, address: str) -> Address:
    user, _, domain = address.rpartition("@")
    return Address(name, user, domain)
