"""The console command: exit codes, dry runs, and sentences instead of tracebacks."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

PASSWORD_LINE = "demo password: "


def run(database_url: str | None, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs `rongcuo` as a process of its own with nothing in its environment but what is given."""
    given = {
        "PATH": os.environ["PATH"],
        "RONGCUO_SECRET_KEY": "k" * 40,
        "RONGCUO_DATABASE_URL": database_url or "",
        **environment,
    }
    return subprocess.run(
        [sys.executable, "-c", "from quiz_app.cli import main; main()", *words],
        env={name: value for name, value in given.items() if value},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def new_database(tmp_path: Path) -> str:
    """The address of a database that does not exist yet."""
    return f"sqlite:///{tmp_path}/deep/new.sqlite3"


def test_demo_load_makes_a_database_from_nothing_and_prints_its_password(new_database: str) -> None:
    done = run(new_database, "demo", "load")
    assert done.returncode == 0, done.stderr
    assert PASSWORD_LINE in done.stdout


def test_the_demo_holds_a_released_report_that_verifies_and_loading_it_again_adds_none(new_database: str) -> None:
    run(new_database, "demo", "load")
    with closing(sqlite3.connect(new_database.removeprefix("sqlite:///"))) as connection:
        released = "SELECT r.serial FROM report r JOIN report_release x ON x.report_id = r.id"
        [(serial,)] = connection.execute(released).fetchall()
    assert run(new_database, "report", "verify", serial).returncode == 0
    run(new_database, "demo", "load")
    with closing(sqlite3.connect(new_database.removeprefix("sqlite:///"))) as connection:
        assert connection.execute("SELECT count(*) FROM report").fetchone() == (1,)


def test_a_command_leaves_one_file_behind_so_that_a_plain_copy_of_it_is_whole(
    new_database: str, tmp_path: Path
) -> None:
    run(new_database, "demo", "load")
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["new.sqlite3"]


def test_a_database_of_another_version_is_refused_with_a_sentence(new_database: str, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    done = run(new_database, "account", "reset", "jia-0001")
    assert done.returncode == 1
    assert "rongcuo db upgrade" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_account_is_only_made_with_commit(new_database: str) -> None:
    run(new_database, "demo", "load")
    words = ("account", "create", "jia-second-hr", "--enterprise", "jia", "--role", "hr")
    assert "--commit" in run(new_database, *words).stdout
    made = run(new_database, *words, "--commit")
    assert made.returncode == 0, made.stderr
    assert "activation code" in made.stdout
    again = run(new_database, *words, "--commit")
    assert (again.returncode, "登录名已经有人使用" in again.stderr) == (1, True)


def test_a_missing_secret_stops_the_start_with_one_sentence(new_database: str) -> None:
    done = run(new_database, "db", "upgrade", RONGCUO_SECRET_KEY="")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "RONGCUO_SECRET_KEY" in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [("RONGCUO_TIMEZONE", "Asia/Nowhere"), ("RONGCUO_DATABASE_URL", "mysql://x"), ("PORT", "many")],
)
def test_a_wrong_setting_is_named(new_database: str, name: str, value: str) -> None:
    done = run(new_database, "db", "upgrade", **{name: value})
    assert (done.returncode, name in done.stderr) == (1, True), done.stderr


def test_wrong_usage_ends_with_two() -> None:
    assert run(None, "account", "create").returncode == 2


def test_content_check_names_every_fault_of_a_folder(tmp_path: Path) -> None:
    done = run(None, "content", "check", "--cases", str(tmp_path / "none"))
    assert done.returncode == 1
    assert "没有这个文件夹" in done.stderr


def test_routes_lists_method_path_endpoint_and_roles(new_database: str) -> None:
    run(new_database, "db", "upgrade")
    lines = run(new_database, "routes").stdout.splitlines()
    assert "POST\t/login\taccount.sign_in\teverybody" in lines
    assert "GET\t/learn/\tlearn.home\tmember" in lines
