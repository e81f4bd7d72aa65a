"""Templates escape everything, hold no script and no style, and say every word in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from tests.guards.project import ROOT, files, finding, write

TEMPLATES = "quiz_app/web/templates"
HAN = re.compile(r"[\u3400-\u9fff]")
CHINESE = re.compile(r"[\u3400-\u9fff\u3001-\u303f\uff01-\uff5e“”…—]")
WORDS = re.compile(r"[A-Za-z\u3400-\u9fff]{2,}")
ATTRIBUTE = re.compile(r' [a-z-]+="[^"]*"')
SPOKEN = frozenset({"alt", "aria-label", "placeholder", "title"})
SAME_IN_BOTH = frozenset({"JSON"})
"""Words that both languages write the same."""

ACTIVE = {
    "a script": re.compile(r"<script\b|javascript:", re.IGNORECASE),
    "a style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "an event handler": re.compile(r"\son[a-z]+\s*=", re.IGNORECASE),
}
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)


def template_findings(root: Path) -> list[str]:
    """Every place of a template that is unsafe, unfinished in one language, or unused."""
    found = []
    for path in files(root, (TEMPLATES,), *{one.suffix for one in (root / TEMPLATES).rglob("*") if one.is_file()}):
        source = path.read_text(encoding="utf-8")
        if path.suffix != ".html":
            found.append(finding(root, path, None, "only .html is escaped by itself"))
        for check in (_unsafe, _active, _forms, _languages, _bare_words, _heads, _imports):
            found += [finding(root, path, line, reason) for line, reason in check(source)]
    return found


Faults = Iterator[tuple[int, str]]


def _parse(source: str) -> nodes.Template:
    return Environment(autoescape=True).parse(source)


def _unsafe(source: str) -> Faults:
    tree = _parse(source)
    for found in tree.find_all(nodes.Filter):
        if found.name == "safe":
            yield found.lineno, "|safe"
    for changed in tree.find_all(nodes.ScopedEvalContextModifier):
        yield changed.lineno, "changes how the page is escaped"


def _active(source: str) -> Faults:
    for what, pattern in ACTIVE.items():
        for match in pattern.finditer(source):
            yield _line(source, match.start()), what


def _forms(source: str) -> Faults:
    for match in FORM.finditer(source):
        posts = 'method="post"' in match[1].lower()
        if posts and "csrf" not in match[2]:
            yield _line(source, match.start()), "a form without its CSRF token"


def _languages(source: str) -> Faults:
    for call in _parse(source).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "t":
            if len(call.args) != 2:
                yield call.lineno, "t() takes a Chinese and an English text"
                continue
            zh, en = ("".join(_strings(argument)) for argument in call.args)
            if zh and not CHINESE.search(zh):
                yield call.lineno, f"no Chinese in “{zh}”"
            if HAN.search(en):
                yield call.lineno, f"Chinese in “{en}”"


def _strings(argument: nodes.Node) -> Iterator[str]:
    constants = [argument] if isinstance(argument, nodes.Const) else argument.find_all(nodes.Const)
    return (constant.value for constant in constants if isinstance(constant.value, str))


class _Text(HTMLParser):
    """The words a page shows by itself, with their lines."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[tuple[int, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collects the words of attributes that people read or hear."""
        for name, value in attrs:
            if name in SPOKEN:
                self.handle_data(value or "")

    def handle_data(self, data: str) -> None:
        """Collects the words; a block or macro may stand for attributes of a tag."""
        first = self.getpos()[0]
        for match in WORDS.finditer(ATTRIBUTE.sub("", data)):
            self.words.append((first + data.count("\n", 0, match.start()), match[0]))


def _bare_words(source: str) -> Faults:
    tokens = Environment(autoescape=True).lex(source)
    # What is no plain text leaves its line breaks, so that the lines stay those of the file.
    page = "".join(value if kind == "data" else "\n" * value.count("\n") for _, kind, value in tokens)
    for line, word in _Text(page).words:
        if word not in SAME_IN_BOTH:
            yield line, f"“{word}” stands outside t()"


def _heads(source: str) -> Faults:
    if '{% extends "base.html" %}' not in source:
        return
    if not re.search(r"{% block title %}.*\S.*{% endblock %}", source):
        yield 1, "no title"
    if "<h1" not in source:
        yield 1, "no h1"


def _imports(source: str) -> Faults:
    tree = _parse(source)
    used = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "load"}
    for imported in tree.find_all(nodes.FromImport):
        for name in imported.names:
            own = name[1] if isinstance(name, tuple) else name
            if own not in used:
                yield imported.lineno, f"imports {own} without using it"


def _line(source: str, position: int) -> int:
    return source.count("\n", 0, position) + 1


def test_the_templates_are_safe_and_whole() -> None:
    assert template_findings(ROOT) == []


HEAD = '{% extends "base.html" %}{% block title %}{{ t("页", "Page") }}{% endblock %}<h1>{{ t("页", "Page") }}</h1>\n'
PLANTED = {
    "|safe": HEAD + "{{ x|safe }}",
    "changes how": HEAD + "{% autoescape false %}{{ x }}{% endautoescape %}",
    "a script": HEAD + "<script src=x></script>",
    "a style": HEAD + '<p style="color: red"></p>',
    "an event handler": HEAD + '<p onclick="x()"></p>',
    "a form without": HEAD + '<form method="post"><button></button></form>',
    "t() takes": HEAD + '{{ t("学习") }}',
    "no Chinese in": HEAD + '{{ t("Study", "Study") }}',
    "Chinese in": HEAD + '{{ t("学习", "学习 x") }}',
    "stands outside": HEAD + '<p class="note">Study {{ x }}</p>',
    "“Find” stands": HEAD + '<input aria-label="Find">',
    "no title": '{% extends "base.html" %}\n<h1></h1>',
    "no h1": HEAD.replace("h1", "h2"),
    "imports csrf": HEAD + '{% from "macros.html" import csrf %}',
}


@pytest.mark.parametrize("reason", PLANTED)
def test_a_planted_fault_is_named(tmp_path: Path, reason: str) -> None:
    write(tmp_path, f"{TEMPLATES}/a/page.html", PLANTED[reason])
    found = template_findings(tmp_path)
    assert len(found) == 1, found
    assert found[0].startswith(f"{TEMPLATES}/a/page.html:")
    assert reason in found[0]


def test_a_template_that_is_not_escaped_by_itself_is_named(tmp_path: Path) -> None:
    write(tmp_path, f"{TEMPLATES}/a/page.txt", HEAD)
    assert template_findings(tmp_path) == [f"{TEMPLATES}/a/page.txt: only .html is escaped by itself"]
