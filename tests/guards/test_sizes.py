"""Files stay short enough to be read at one sitting."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.guards.project import ROOT, files, finding, write

FILE_LIMIT = 300
CSS_LIMIT = 200
FUNCTION_LIMIT = 50
FOLDERS = ("quiz_app", "tests", "docs", "docs_overrides")
MIGRATIONS = "quiz_app/store/migrations/versions"
"""A migration repeats the tables column by column and is never edited after its release."""


def size_findings(root: Path) -> list[str]:
    """Every file and function that is too long."""
    found = []
    for path in files(root, FOLDERS, ".py", ".html", ".css", ".js"):
        if path.is_relative_to(root / MIGRATIONS):
            continue
        source = path.read_text(encoding="utf-8")
        limit = CSS_LIMIT if path.suffix == ".css" else FILE_LIMIT
        count = len(source.splitlines())
        if count > limit:
            found.append(finding(root, path, None, f"{count} lines, more than {limit}"))
        if path.suffix == ".py":
            found += [finding(root, path, line, reason) for line, reason in _long_functions(source)]
    return found


def _long_functions(source: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            count = (node.end_lineno or node.lineno) - node.lineno + 1
            if count > FUNCTION_LIMIT:
                yield node.lineno, f"{node.name}: {count} lines, more than {FUNCTION_LIMIT}"


def test_files_and_functions_are_short() -> None:
    assert size_findings(ROOT) == []


def test_long_files_and_functions_are_named(tmp_path: Path) -> None:
    write(tmp_path, "quiz_app/a.py", "x = 1\n" * 301)
    write(tmp_path, "quiz_app/b.py", "def f() -> None:\n" + "    print()\n" * 50)
    write(tmp_path, "quiz_app/c.css", "a {}\n" * 201)
    write(tmp_path, "quiz_app/d.html", "<p>\n" * 300)
    assert [line.split(": ")[0] for line in size_findings(tmp_path)] == [
        "quiz_app/a.py",
        "quiz_app/b.py:1",
        "quiz_app/c.css",
    ]
