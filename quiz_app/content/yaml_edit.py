"""Changes in a YAML file that leave every other line as its author wrote it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from .yaml_reader import nodes_of

WIDTH = 120
_FOLD = 90
"""A text with spaces that is longer is folded into lines."""

Place = Sequence[str | int]
"""The keys and numbers that lead from the top of a file to a mapping or sequence."""


class NotByLine(Exception):
    """The file writes the place within one line, so that no lines can be put for others."""


@dataclass(frozen=True)
class Edit:
    """A value for a key of the mapping at `place`, or (key nothing) one more entry of the sequence there."""

    place: Place
    key: str | None
    value: Any


class Quoted(str):
    """A text that stands in quotes, as dates and seals do."""

    __slots__ = ()


def edited(source: str, edits: Sequence[Edit]) -> str:
    """The source with these edits, made in the lines they concern; the rest stays byte for byte.

    Where a place is written within one line the file is written anew as a whole.
    """
    newline = "\r\n" if "\r\n" in source else "\n"
    body = source.replace("\r\n", "\n")
    lines = body.rstrip("\n").split("\n")
    try:
        top = nodes_of("\n".join(lines))
        changes = [_change(top, edit, lines) for edit in edits]
    except NotByLine:
        return dumped(_with(yaml.safe_load(source), edits)).replace("\n", newline)
    for first, after, new in sorted(changes, key=lambda change: change[:2], reverse=True):
        lines[first:after] = new
    blank = "\n" * (len(body) - len(body.rstrip("\n")) or 1)
    return ("\n".join(lines) + blank).replace("\n", newline)


def dumped(value: Any, width: int = WIDTH) -> str:
    """The value as YAML that a person reads: keys in their order, Chinese as it is, long texts folded."""
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=width)


def _change(top: yaml.Node, edit: Edit, lines: Sequence[str]) -> tuple[int, int, list[str]]:
    """The lines that an edit replaces, as first and the one after the last, and what stands there then."""
    node = _at(top, edit.place)
    if edit.key is None:
        if not isinstance(node, yaml.SequenceNode) or node.flow_style or not node.value:
            raise NotByLine
        after = _after(node, node.start_mark.column, lines)
        return after, after, _lines([edit.value], " " * node.start_mark.column)
    if not isinstance(node, yaml.MappingNode) or node.flow_style or not node.value:
        raise NotByLine
    found = next(((key, value) for key, value in node.value if key.value == edit.key), None)
    if found is None:
        column = node.value[0][0].start_mark.column
        after = _after(node, column, lines)
        return after, after, _lines({edit.key: edit.value}, " " * column)
    key, value = found
    first, column = key.start_mark.line, key.start_mark.column
    return first, _after(value, column, lines), _lines({edit.key: edit.value}, lines[first][:column])


def _at(node: yaml.Node, place: Place) -> yaml.Node:
    for step in place:
        if not isinstance(node, yaml.CollectionNode) or node.flow_style:
            raise NotByLine
        if isinstance(node, yaml.MappingNode):
            node = next(value for key, value in node.value if key.value == step)
        else:
            node = node.value[step]
    return node


def _after(node: yaml.Node, column: int, lines: Sequence[str]) -> int:
    """The number of the line after the last one of a value whose key stands at `column`."""
    if isinstance(node, yaml.ScalarNode) and node.style not in ("|", ">"):
        return int(node.end_mark.line) + 1
    if isinstance(node, yaml.CollectionNode) and node.flow_style:
        return int(node.end_mark.line) + 1
    if isinstance(node, yaml.CollectionNode):
        last = node.value[-1]
        return _after(last[1] if isinstance(last, tuple) else last, column, lines)
    # A block of text ends where the next thing begins; blank lines and remarks before that are not its own.
    after = int(node.end_mark.line) + (1 if node.end_mark.column else 0)
    while not lines[after - 1].strip() or _is_remark(lines[after - 1], column):
        after -= 1
    return after


def _is_remark(line: str, column: int) -> bool:
    return line.lstrip().startswith("#") and len(line) - len(line.lstrip()) <= column


def _lines(value: Any, prefix: str) -> list[str]:
    """A value as lines under this prefix, which the later ones have as spaces."""
    first, *rest = dumped(value, WIDTH - len(prefix)).rstrip("\n").split("\n")
    return [prefix + first, *(f"{' ' * len(prefix)}{line}" if line else "" for line in rest)]


def _with(data: Any, edits: Sequence[Edit]) -> Any:
    for edit in edits:
        place = data
        for step in edit.place:
            place = place[step]
        if edit.key is None:
            place.append(edit.value)
        else:
            place[edit.key] = edit.value
    return data


class _Dumper(yaml.SafeDumper):
    """Writes our texts as a person would."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = "|" if "\n" in text else ">" if len(text) > _FOLD and " " in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _quoted(dumper: yaml.SafeDumper, text: Quoted) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style="'")


_Dumper.add_representer(str, _text)
_Dumper.add_representer(Quoted, _quoted)
