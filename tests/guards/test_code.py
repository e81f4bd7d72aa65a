"""Python hands no text past the escaping, and writes every sentence in both languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.guards.project import ROOT, files, finding, write

HAN = re.compile(r"[\u3400-\u9fff]")
CHINESE = re.compile(r"[\u3400-\u9fff\u3001-\u303f\uff01-\uff5e“”…—·]")
ESCAPES = {
    "escape": "it is what escapes",
    "bars": "the chart escapes every text it draws",
}
"""Functions whose result is ready markup, and why."""

JOINS = {"quiz_app/web/hr/rows.py": "the cells of a row went through the template one by one"}
"""Files that put ready markup together, and of what."""

BESIDE_THE_WATCH = frozenset({"exec_driver_sql", "raw_connection", "cursor"})
"""Ways to the database that the watch over queries does not see; only the connection rules use them."""

UNESCAPED = frozenset({"Markup", "render_template_string", "from_string"})


def code_findings(root: Path) -> list[str]:
    """Every place that hands on text as markup, and every sentence with the wrong language on one side."""
    found = []
    for path in files(root, ("quiz_app",), ".py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = sorted((node for node in ast.walk(tree) if isinstance(node, ast.Call)), key=lambda one: one.lineno)
        place = path.relative_to(root).as_posix()
        found += [finding(root, path, call.lineno, reason) for call in calls for reason in _faults(call, place)]
    return found


def _faults(call: ast.Call, place: str) -> Iterator[str]:
    name = _called(call)
    if name in UNESCAPED and not all(_is_harmless(argument, place) for argument in call.args):
        yield f"{name}() of a text that may come from outside"
    if name in BESIDE_THE_WATCH and place != "quiz_app/store/db.py":
        yield f"{name}() goes past the watch over queries"
    if name in ("Text", "t"):
        yield from _languages(call)


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else str(getattr(call.func, "id", ""))


def _is_harmless(argument: ast.expr, place: str) -> bool:
    """Words that stand in the code, or markup that was escaped piece by piece."""
    if isinstance(argument, ast.Call):
        return _called(argument) in ESCAPES or (_called(argument) == "join" and place in JOINS)
    return isinstance(argument, ast.Constant)


def _languages(call: ast.Call) -> Iterator[str]:
    sides = {argument.arg: argument.value for argument in call.keywords}
    if len(call.args) == 2:
        sides = {"zh": call.args[0], "en": call.args[1]}
    zh, en = (_words(sides.get(side)) for side in ("zh", "en"))
    if re.search(r"[a-z]", zh) and not CHINESE.search(zh):
        yield f"no Chinese in “{zh}”"
    if HAN.search(en):
        yield f"Chinese in “{en}”"


def _words(side: ast.expr | None) -> str:
    """The words that stand in the code; what is put in is judged where it is made."""
    if side is None:
        return ""
    return "".join(one.value for one in ast.walk(side) if isinstance(one, ast.Constant) and isinstance(one.value, str))


def test_code_escapes_and_speaks_both_languages() -> None:
    assert code_findings(ROOT) == []


def test_markup_and_one_sided_sentences_are_named(tmp_path: Path) -> None:
    write(
        tmp_path,
        "quiz_app/web/a.py",
        'ONE = Text(zh="Only English", en="English")\n'
        'TWO = Text(zh="中文", en="中文")\n'
        'THREE = Text(zh="中文", en="English")\n'
        "page = Markup('<b>{}</b>').format(name) + Markup(escape(name)) + Markup(f'<b>{name}</b>')\n"
        'words = t("Week", "Week")\n'
        "connection.exec_driver_sql(words)\n",
    )
    assert [line.split(": ")[0] for line in code_findings(tmp_path)] == [
        "quiz_app/web/a.py:1",
        "quiz_app/web/a.py:2",
        "quiz_app/web/a.py:4",
        "quiz_app/web/a.py:5",
        "quiz_app/web/a.py:6",
    ]
