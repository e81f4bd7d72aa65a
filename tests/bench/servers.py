"""Starts the service and the bare application alike, on free ports of this machine, and stops them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

WORKERS = 2
_COMMANDS = Path(sys.executable).parent
_RONGCUO = [str(_COMMANDS / "rongcuo"), "serve"]
# The options are those that `rongcuo serve` gives the same server.
_BARE = [str(_COMMANDS / "granian"), "--interface", "wsgi", "--blocking-threads", "4", "--respawn-failed-workers"]
_BARE += ["--workers", str(WORKERS), "--factory", "tests.bench.bare:make"]

_START_SECONDS = 60
_STOP_SECONDS = 20


class Server:
    """A running server: where it listens and its processes."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process = process
        self.port = port

    def workers(self) -> list[int]:
        """The ids of the worker processes."""
        folder = Path(f"/proc/{self.process.pid}/task/{self.process.pid}")
        return [int(pid) for pid in (folder / "children").read_text().split()]


@contextmanager
def service(database_url: str) -> Iterator[Server]:
    """The service as `rongcuo serve` starts it."""
    port = _free_port()
    with _running(_RONGCUO, port, {**environment(database_url), "PORT": str(port)}) as server:
        yield server


@contextmanager
def bare(database_url: str) -> Iterator[Server]:
    """The bare application on the same database."""
    port = _free_port()
    with _running([*_BARE, "--port", str(port)], port, environment(database_url)) as server:
        yield server


def environment(database_url: str) -> dict[str, str]:
    """The settings both run with."""
    own = {"RONGCUO_DATABASE_URL": database_url, "RONGCUO_SECRET_KEY": "b" * 32, "RONGCUO_WORKERS": str(WORKERS)}
    return {**{name: value for name, value in os.environ.items() if not name.startswith("RONGCUO_")}, **own}


@contextmanager
def _running(command: list[str], port: int, settings: dict[str, str]) -> Iterator[Server]:
    process = subprocess.Popen(
        command, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )
    try:
        _wait_until_it_answers(process, port)
        yield Server(process, port)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.communicate(timeout=_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()


def _wait_until_it_answers(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            said = process.stderr.read().decode() if process.stderr else ""
            raise RuntimeError(f"the server did not start: {said}")
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/")
            connection.getresponse().read()
        except OSError:
            # The process needs a moment before it listens.
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()
    raise RuntimeError("the server did not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
