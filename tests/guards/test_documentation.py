"""The documentation speaks of every command, target and setting there is, and of no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from quiz_app.cli.main import cli
from quiz_app.config import Settings
from tests.guards.project import ROOT, files, finding, write

COMMAND = re.compile(r"\brongcuo((?: [a-z][a-z-]*(?:\|[a-z-]+)*)+)")
OPTION = re.compile(r" (--[a-z-]+)")
MAKE = re.compile(r"\bmake ([a-z]+)\b")
TARGET = re.compile(r"^([a-z]+):.*## ", re.MULTILINE)
SETTING = re.compile(r"\b(RONGCUO_[A-Z_]+[A-Z]|PORT)\b")
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)


def documentation_findings(root: Path, commands: dict[str, set[str]], settings: set[str]) -> list[str]:
    """Every command, target or setting that is only there or only written about."""
    targets = set(TARGET.findall((root / "Makefile").read_text(encoding="utf-8")))
    found, named = [], {"command": set[str](), "target": set[str](), "setting": set[str]()}
    for path in _pages(root):
        for line, kind, words in _said(path.read_text(encoding="utf-8"), commands):
            known = {"command": commands.keys(), "target": targets, "setting": settings}[kind]
            named[kind].add(words)
            if words not in known:
                found.append(finding(root, path, line, f"there is no {kind} {words}"))
    for kind, there in (("command", set(commands)), ("target", targets), ("setting", settings)):
        found += [f"README.md: says nothing of the {kind} {words}" for words in sorted(there - named[kind])]
    return found


def _pages(root: Path) -> list[Path]:
    readme = root / "README.md"
    assert readme.is_file(), "README.md is missing"
    return [readme, *files(root, ("docs/zh", "docs/en", "docs/adr", "deploy"), ".md")]


def _said(source: str, commands: dict[str, set[str]]) -> Iterator[tuple[int, str, str]]:
    for code in CODE.finditer(source):
        line = source.count("\n", 0, code.start()) + 1
        for match in COMMAND.finditer(code[0]):
            for words in _each(match[1].split()):
                yield line, "command", _longest(words, commands)
        for kind, pattern in (("target", MAKE), ("setting", SETTING)):
            for match in pattern.finditer(code[0]):
                yield line, kind, match[1]


def _each(words: list[str]) -> list[list[str]]:
    """``account create|reset`` is two commands."""
    spelt: list[list[str]] = [[]]
    for word in words:
        spelt = [[*before, one] for before in spelt for one in word.split("|")]
    return spelt


def _longest(words: list[str], commands: dict[str, set[str]]) -> str:
    """The command these words begin with, or the words as they stand; what follows a command are its arguments."""
    for end in range(len(words), 0, -1):
        if " ".join(words[:end]) in commands:
            return " ".join(words[:end])
    return " ".join(words)


def option_findings(root: Path, commands: dict[str, set[str]]) -> list[str]:
    """Every option written about that its command does not take."""
    found = []
    for path in _pages(root):
        source = path.read_text(encoding="utf-8")
        for number, line in enumerate(source.splitlines(), start=1):
            for match in COMMAND.finditer(line):
                command = _longest(match[1].split(), commands)
                asked = re.split(r"`|&&|;|#|\brongcuo ", line[match.end() :], maxsplit=1)[0]
                wrong = set(OPTION.findall(asked)) - commands.get(command, set()) - {"--help"}
                found += [finding(root, path, number, f"{command} takes no {one}") for one in sorted(wrong)]
    return found


def commands_of(group: click.Group, before: tuple[str, ...] = ()) -> Iterator[tuple[str, set[str]]]:
    """Each command with its options."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands_of(command, (*before, name))
        else:
            options = {option for one in command.params for option in one.opts if option.startswith("--")}
            yield " ".join((*before, name)), options


def settings_of() -> set[str]:
    """The names of the environment that are read."""
    fields = Settings.model_fields.items()
    return {str(field.validation_alias or f"RONGCUO_{name.upper()}") for name, field in fields}


def test_the_documentation_tells_what_there_is() -> None:
    commands = dict(commands_of(cli))
    assert documentation_findings(ROOT, commands, settings_of()) == []
    assert option_findings(ROOT, commands) == []


def test_what_is_only_written_or_only_there_is_named(tmp_path: Path) -> None:
    write(tmp_path, "Makefile", "serve: x ## Serves.\ntest: ## Tests.\nhidden:\n")
    write(
        tmp_path,
        "README.md",
        "`make serve`, `make fly`\n`rongcuo db upgrade|undo --now`\nSet `RONGCUO_COLOUR`.\n```\nrongcuo demo load\n```\n",
    )
    commands = {"db upgrade": set[str](), "demo load": set[str](), "account create": {"--commit"}}
    assert sorted(documentation_findings(tmp_path, commands, {"PORT"})) == [
        "README.md: says nothing of the command account create",
        "README.md: says nothing of the setting PORT",
        "README.md: says nothing of the target test",
        "README.md:1: there is no target fly",
        "README.md:2: there is no command db undo",
        "README.md:3: there is no setting RONGCUO_COLOUR",
    ]
    write(tmp_path, "README.md", "`rongcuo db upgrade --now`\n`rongcuo account create x --commit`\n")
    assert option_findings(tmp_path, commands) == ["README.md:1: db upgrade takes no --now"]
