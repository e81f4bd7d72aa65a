"""Tests speak to this machine only, take free ports, and wait for things rather than for time."""

from __future__ import annotations

import ast
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.guards.project import ROOT, files, finding, write
from tests.guards.watches import connection_findings

PORT_IN_ADDRESS = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\]):(\d+)")
NEVER_BOUND = frozenset({"0", "1", "5432"})
"""Any free port; one where nobody answers; where PostgreSQL usually answers."""


def manner_findings(root: Path) -> list[str]:
    """Every fixed port, and every sleep without a reason, in the tests."""
    found = []
    for path in files(root, ("tests",), ".py"):
        source = path.read_text(encoding="utf-8")
        lines = source.splitlines()
        for node in ast.walk(ast.parse(source)):
            for reason in (*_fixed_ports(node), *_sleeps(node, lines)):
                found.append(finding(root, path, getattr(node, "lineno", None), reason))
    return found


def _fixed_ports(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        ports = [port for port in PORT_IN_ADDRESS.findall(node.value) if port not in NEVER_BOUND]
        yield from (f"fixed port {port}" for port in ports)
    if isinstance(node, ast.Call):
        for argument in node.keywords:
            if argument.arg == "port" and isinstance(argument.value, ast.Constant) and argument.value.value:
                yield f"fixed port {argument.value.value!r}"
        if isinstance(node.func, ast.Attribute) and node.func.attr == "bind":
            ports = [
                one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, int)
            ]
            yield from (f"fixed port {port}" for port in ports if port)


def _sleeps(node: ast.AST, lines: list[str]) -> Iterator[str]:
    name = node.func if isinstance(node, ast.Call) else None
    called = name.attr if isinstance(name, ast.Attribute) else name.id if isinstance(name, ast.Name) else None
    if called in ("sleep", "wait_for_timeout") and isinstance(node, ast.Call):
        near = lines[max(node.lineno - 2, 0) : node.lineno]
        if not any("#" in line for line in near):
            yield f"{called}() without a comment that says why"


def test_tests_take_free_ports_and_wait_with_a_reason() -> None:
    assert manner_findings(ROOT) == []


def test_fixed_ports_and_bare_sleeps_are_named(tmp_path: Path) -> None:
    port = 8000 + 80
    lines = [
        f'a = "http://127.0.0.1:{port}/"',
        f"serve(port={port})",
        f's.bind(("127.0.0.1", {port}))',
        "sleep(1)",
        "time.sleep(1)",
        "# The clock of the other process is read from outside.",
        "time.sleep(1)",
        's.bind(("127.0.0.1", 0))',
    ]
    write(tmp_path, "tests/test_a.py", "\n".join(lines))
    places = {line.split(": ")[0] for line in manner_findings(tmp_path)}
    assert places == {f"tests/test_a.py:{number}" for number in range(1, 6)}


def test_the_watch_over_connections_is_on() -> None:
    with socket.socket() as plug, pytest.raises(AssertionError, match=r"192\.0\.2\.1: no test speaks"):
        plug.connect(("192.0.2.1", 80))
    assert connection_findings(("127.0.0.1", 80)) == []
    assert connection_findings("/var/run/some.socket") == []
