"""A room imports only rooms below it: every contract holds, and each one notices when it is broken."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.guards.project import ROOT

BAD_IMPORTS = {
    "Floors: each may import only the floors below it": ("domain/scoring.py", "from ..services import study"),
    "No circles between packages": ("content/text.py", "from ..domain import people"),
    "Rules and content know no framework, database or office format": ("domain/passwords.py", "import docx"),
    "Only the store speaks SQL": ("services/study.py", "import sqlalchemy"),
    "Only web speaks HTTP": ("services/record.py", "import flask"),
    "Only adapters read and write office files": ("web/clock.py", "import xlsxwriter"),
    "Pages and commands reach data through services (only the factory and the commands wire the database)": (
        "web/pages.py",
        "from ..store import units",
    ),
}
"""For each contract a module and an import that breaks it."""


def contracts(root: Path) -> list[str]:
    """The names of the contracts."""
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    return [contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]]


def floor_findings(root: Path) -> list[str]:
    """Every contract that does not hold in the package of this folder."""
    command = [sys.executable, "-c", "import sys; from importlinter.cli import lint_imports_command as c; c()"]
    done = subprocess.run(
        [*command, "--no-cache", "--config", str(root / "pyproject.toml")],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    words = " ".join(done.stdout.split())
    found = [f"{name}: broken" for name in contracts(root) if f"{name} BROKEN" in words]
    assert re.search(rf"Contracts: \d+ kept, {len(found)} broken", words), done.stdout + done.stderr
    return found


def test_the_floors_hold() -> None:
    assert floor_findings(ROOT) == []


def test_each_contract_notices_when_it_is_broken(tmp_path: Path) -> None:
    assert set(contracts(ROOT)) == set(BAD_IMPORTS), "each contract has an import here that breaks it"
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "quiz_app", tmp_path / "quiz_app", ignore=shutil.ignore_patterns("__pycache__", "library"))
    for module, statement in BAD_IMPORTS.values():
        with (tmp_path / "quiz_app" / module).open("a", encoding="utf-8") as file:
            file.write(f"\n{statement}\n")
    assert floor_findings(tmp_path) == [f"{name}: broken" for name in BAD_IMPORTS]
