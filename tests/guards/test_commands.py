"""The shell shows nothing of anybody: no name, date of completion, sitting or answer in any output or log line."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from sqlalchemy import text

from quiz_app.cli.main import cli
from quiz_app.store.db import connect, disconnect, end_request, session
from tests.guards.houses import PASSED_ON, Ground
from tests.guards.test_documentation import commands_of
from tests.policy_forms import filled_form

SERIAL = "the serial of the released report"
FORM = "a filled form with a change of meaning"
NEW_FILE = "a file that is not there yet"
EXAMPLES = {
    "account create": ["new", "--enterprise", "jia", "--role", "hr", "--commit"],
    "account disable": ["jia-1", "--commit"],
    "account reset": ["jia-2", "--commit"],
    "content check": [],
    "db upgrade": [],
    "demo load": [],
    "export policy": ["--out", NEW_FILE],
    "import policy": [FORM],
    "report build": ["jia", "2026-10"],
    "report deliver": ["--commit"],
    "report release": [SERIAL],
    "report show": [SERIAL, "--json"],
    "report verify": [SERIAL],
    "routes": [],
}
"""An example of each command, written by a person."""

NOT_RUN = {"serve": "it answers until it is stopped, and its pages are walked"}


def command_findings(ground: Ground, folder: Path, log: pytest.LogCaptureFixture) -> list[str]:
    """Every command without an example, and every one that says something of a person."""
    url = f"sqlite:///{shutil.copy(ground.path, folder / 'shell.sqlite3')}"
    connect(url)
    serial = str(session().scalars(text("SELECT serial FROM report WHERE id = :id"), {"id": _released(ground)}).one())
    end_request()
    (folder / "new.xlsx").unlink(missing_ok=True)
    given = {SERIAL: serial, FORM: str(filled_form(folder / "form.xlsx")), NEW_FILE: str(folder / "new.xlsx")}
    env = {"RONGCUO_SECRET_KEY": "s" * 40, "RONGCUO_DATABASE_URL": url}
    found = []
    for name, _options in sorted(commands_of(cli)):
        if name in NOT_RUN:
            continue
        if name not in EXAMPLES:
            found.append(f"{name}: has no example here")
            continue
        arguments = [given.get(one, one) for one in EXAMPLES[name]]
        done = CliRunner().invoke(cli, [*name.split(), *arguments], env=env)
        assert not isinstance(done.exception, click.UsageError), f"{name}: {done.output}"
        said = f"{done.output}{done.exception}{log.text}"
        found += [f"{name}: says “{words}”" for words in _canaries(ground) if words in said]
    disconnect()
    return found


def _released(ground: Ground) -> str:
    return ground.jia.samples["report_id"]


def _canaries(ground: Ground) -> Iterator[str]:
    for house in (ground.jia, ground.yi):
        yield from house.all_names
        yield from (house.samples["sitting_id"], house.samples["list_id"])
    yield f"{PASSED_ON}"


def test_no_command_says_anything_of_a_person(ground: Ground, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    assert command_findings(ground, tmp_path, caplog) == []


def test_a_command_that_does_is_named(
    ground: Ground, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    @click.command()
    def people() -> None:
        """Names whoever passed."""
        click.echo(session().scalars(text("SELECT passed_on FROM module_pass")).first())

    monkeypatch.setitem(cli.commands, "people", people)
    assert command_findings(ground, tmp_path, caplog) == ["people: has no example here"]
    monkeypatch.setitem(EXAMPLES, "people", [])
    assert command_findings(ground, tmp_path, caplog) == [f"people: says “{PASSED_ON}”"]
