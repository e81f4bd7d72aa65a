"""Nothing is kept that nobody uses: templates, macros, styles, functions, names."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.guards.project import ROOT, files, finding, write

WORD = re.compile(r"\w+")
TEMPLATE = re.compile(r"""["']([\w/.-]+\.html)["']""")
MACRO = re.compile(r"{% macro (\w+)\(")
STYLE = re.compile(r"\.(-?[a-z_][\w-]*)(?=[^{}]*{)")
CALLED_BY_OTHERS = {
    "quiz_app/store/migrations": "Alembic calls its own names",
    "quiz_app/store/tables": "a table of the data model may wait for the work that fills it",
    "quiz_app/content": "fields of content files are named by their authors",
}
"""Folders whose names somebody outside the code uses, and why."""


def dead_findings(root: Path) -> list[str]:
    """Every template, macro, style and name of the package that occurs only where it is made."""
    paths = list(files(root, ("quiz_app",), ".py", ".html", ".md", ".mako"))
    sources = {path: path.read_text(encoding="utf-8") for path in paths}
    named = {name for source in sources.values() for name in TEMPLATE.findall(source)}
    words = Counter(word for source in sources.values() for word in WORD.findall(source))
    found = []
    for path, source in sources.items():
        place = path.relative_to(root).as_posix()
        if "/web/templates/" in place and place.split("/web/templates/")[1] not in named:
            found.append(finding(root, path, None, "no page uses this template"))
        names = _names(source) if path.suffix == ".py" else _macros(source)
        if not place.startswith(tuple(CALLED_BY_OTHERS)):
            found += [finding(root, path, line, f"nobody uses {name}") for line, name in names if words[name] < 2]
    return found + list(_dead_styles(root, sources))


def _macros(source: str) -> Iterator[tuple[int, str]]:
    for match in MACRO.finditer(source):
        yield source.count("\n", 0, match.start()) + 1, match[1]


def _names(source: str) -> Iterator[tuple[int, str]]:
    """Functions, classes, methods and constants; what is decorated or overrides a base is called by others."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from ((node.lineno, target.id) for target in targets if isinstance(target, ast.Name))
        if isinstance(node, ast.ClassDef):
            yield node.lineno, node.name
        methods = node.body if isinstance(node, ast.ClassDef) and not node.bases else [node]
        for one in methods:
            if isinstance(one, ast.FunctionDef) and not one.name.startswith("__") and not _registered(one):
                yield one.lineno, one.name


def _registered(function: ast.FunctionDef) -> bool:
    plain = {"property", "cache", "contextmanager", "staticmethod", "classmethod", "lru_cache"}
    names = {ast.unparse(one).split("(")[0] for one in function.decorator_list}
    return bool(names - plain)


def _dead_styles(root: Path, sources: dict[Path, str]) -> Iterator[str]:
    used = " ".join(sources.values())
    for path in files(root, ("quiz_app/web/static",), ".css"):
        source = path.read_text(encoding="utf-8")
        for match in STYLE.finditer(source):
            # A class may be put together of a fixed beginning and a word of the data, as in state-overdue.
            stem = match[1].rsplit("-", 1)[0] + "-{{"
            if not re.search(rf"\b{re.escape(match[1])}\b", used) and stem not in used:
                yield finding(root, path, source.count("\n", 0, match.start()) + 1, f"nobody uses .{match[1]}")


def test_nothing_is_kept_that_nobody_uses() -> None:
    assert dead_findings(ROOT) == []


def test_what_nobody_uses_is_named(tmp_path: Path) -> None:
    write(tmp_path, "quiz_app/web/a.py", 'LEFT = 1\n\n\ndef used() -> str:\n    return used.__name__ + "page.html"\n')
    write(
        tmp_path, "quiz_app/web/templates/page.html", '<p class="on state-{{ x }}">{% macro lone() %}{% endmacro %}</p>'
    )
    write(tmp_path, "quiz_app/web/templates/old.html", "<p></p>")
    write(tmp_path, "quiz_app/web/static/a.css", ".on { }\n.state-late { }\n.off { }\n")
    assert dead_findings(tmp_path) == [
        "quiz_app/web/a.py:1: nobody uses LEFT",
        "quiz_app/web/templates/old.html: no page uses this template",
        "quiz_app/web/templates/page.html:1: nobody uses lone",
        "quiz_app/web/static/a.css:3: nobody uses .off",
    ]
