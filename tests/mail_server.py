"""A real SMTP server on loopback that takes, refuses, falls silent or hangs up after the data."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Server:
    """Keeps what it takes; `answer` is what it says after the data, and `wait` how long it thinks first."""

    def __init__(self, answer: str = "250 OK", wait: float = 0, hang_up: bool = False) -> None:
        self.answer = answer
        self.wait = wait
        self.hang_up = hang_up
        self.taken: list[EmailMessage] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Called by the SMTP server when the data has come."""
        content = cast(bytes, envelope.content)
        self.taken.append(message_from_bytes(content, policy=policy.default))
        await asyncio.sleep(self.wait)  # The silence of the server is what is tested.
        if self.hang_up:
            transport: Any = server.transport
            transport.abort()
        return self.answer


@contextmanager
def running(server: Server) -> Iterator[str]:
    """The address of a running server on a free port."""
    controller = Controller(server, hostname="127.0.0.1", port=0)
    # The controller cannot report the port chosen for it, so a free one is asked for first.
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        controller.port = probe.getsockname()[1]
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{controller.port}"
    finally:
        controller.stop()
