"""The real service for tests: `rongcuo serve` in an own process group, on a free port and an own database."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests import databases

READY_SECONDS = 30
RONGCUO = str(Path(sys.executable).with_name("rongcuo"))
SECRET_KEY = "a-key-of-tests-only-and-of-nobody-else"


@dataclass(frozen=True)
class Demo:
    """A database filled by `rongcuo demo load`, to copy from, and the password of its accounts."""

    source: str
    """The SQLite file, or the name of the PostgreSQL database."""
    password: str
    address: str | None = None
    """Where PostgreSQL answers; nothing for SQLite."""


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_until(condition: Callable[[], object], seconds: float, what: str) -> None:
    """Asks again and again until the condition holds; fails with `what` at the deadline."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        # A pause between two questions leaves the processor to what is waited for.
        time.sleep(0.02)


def environment(database_url: str, **more: str) -> dict[str, str]:
    """The environment of a command on a test's own database."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("RONGCUO_")}
    own = {"RONGCUO_SECRET_KEY": SECRET_KEY, "RONGCUO_DATABASE_URL": database_url, "PYTHONWARNINGS": "default"}
    return {**inherited, **own, **more}


def rongcuo(database_url: str, *arguments: str, expect: int = 0, **more: str) -> str:
    """Runs a console command and gives what it printed; fails with its output at another exit code."""
    done = subprocess.run(
        [RONGCUO, *arguments], env=environment(database_url, **more), capture_output=True, text=True, timeout=120
    )
    assert done.returncode == expect, f"rongcuo {' '.join(arguments)}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


@contextmanager
def demo_sqlite(folder: Path) -> Iterator[Demo]:
    """A SQLite file with demo data."""
    path = folder / "demo.sqlite3"
    yield Demo(str(path), _load_demo(f"sqlite:///{path}"))


@contextmanager
def demo_postgres(address: str, template: str) -> Iterator[Demo]:
    """A PostgreSQL database with demo data."""
    with databases.postgres_copy(address, template) as url:
        yield Demo(url.rsplit("/", 1)[1], _load_demo(url), address)


def _load_demo(database_url: str) -> str:
    found = re.search(r"demo password: (\S+)", rongcuo(database_url, "demo", "load"))
    assert found, "`rongcuo demo load` prints the demo password"
    return found[1]


@contextmanager
def own_copy(demo: Demo, folder: Path) -> Iterator[str]:
    """The address of a test's own database with demo data."""
    if demo.address is None:
        path = folder / "service.sqlite3"
        with closing(sqlite3.connect(demo.source)) as source, closing(sqlite3.connect(path)) as target:
            source.backup(target)
        yield f"sqlite:///{path}"
        return
    with databases.postgres_copy(demo.address, demo.source) as url:
        yield url


class Server:
    """`rongcuo serve` of one database; it can be killed and started again at the same address."""

    def __init__(
        self,
        database_url: str,
        site: Path | None = None,
        *,
        workers: int = 2,
        before: Sequence[str] = (),
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.database_url = database_url
        self.port = free_port()
        self.base_url = f"http://127.0.0.1:{self.port}"
        self.said: deque[str] = deque(maxlen=200)
        self._command = [*before, RONGCUO, "serve", "--workers", str(workers)]
        self._settings = {
            "PORT": str(self.port),
            "RONGCUO_BASE_URL": self.base_url,
            "RONGCUO_SITE_DIR": str(site or "/nonexistent-site"),
            **(settings or {}),
        }
        self._process: subprocess.Popen[str] | None = None
        self._listener: threading.Thread | None = None

    def start(self) -> float:
        """Starts the service and gives the seconds until it was ready."""
        began = time.monotonic()
        self._process = subprocess.Popen(
            self._command,
            env=environment(self.database_url, **self._settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        # A pipe, because a file would fall under the limit of file sizes that a test sets.
        self._listener = threading.Thread(target=self._listen, args=(self._process,), daemon=True)
        self._listener.start()
        wait_until(self._ready_or_gone, READY_SECONDS, f"ready at {self.base_url}")
        assert self._process.poll() is None, "the service did not start:\n" + "".join(self.said)
        return time.monotonic() - began

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        self.said.extend(process.stdout)

    def _ready_or_gone(self) -> bool:
        assert self._process is not None
        return self._process.poll() is not None or self.status("/readyz") == 200

    def status(self, path: str) -> int:
        """The status of a page, or 0 where nobody answers."""
        try:
            with urllib.request.urlopen(f"{self.base_url}{path}", timeout=30) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            error.close()
            return error.code
        except OSError:
            return 0

    @property
    def pid(self) -> int:
        """The process that was started; it leads the process group."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """Kills the whole process group at once and waits until nothing of it is left."""
        assert self._process is not None
        os.killpg(self.pid, signal.SIGKILL)
        self._forget()

    def stop(self) -> None:
        """Ends the service as an operator would; what is left of its group after ten seconds is killed."""
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._forget()

    def _forget(self) -> None:
        assert self._process is not None
        assert self._listener is not None
        self._process.wait(10)
        # Every process of the group holds the pipe, so its end says that the last one is gone.
        self._listener.join(10)
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._process = None

    def processes(self) -> list[int]:
        """All processes of the service's session, workers included (Linux)."""
        return [int(folder.name) for folder in Path("/proc").glob("[0-9]*") if _session_of(folder) == self.pid]


def _session_of(process: Path) -> int | None:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[3])
    except OSError:
        return None


@contextmanager
def serving(
    database_url: str,
    site: Path | None = None,
    *,
    workers: int = 2,
    before: Sequence[str] = (),
    settings: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """A running service, stopped at the end whatever happens."""
    server = Server(database_url, site, workers=workers, before=before, settings=settings)
    try:
        server.start()
        yield server
    finally:
        server.stop()
