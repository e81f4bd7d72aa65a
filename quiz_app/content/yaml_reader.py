"""YAML without its traps: a doubled key is a fault, and only true, false, null and integers are not text."""

from __future__ import annotations

import re
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as _Base
except ImportError:  # A PyYAML built without libyaml still reads the files, only more slowly.
    from yaml import SafeLoader as _Base  # type: ignore[assignment]

from .faults import ContentInvalid, fault


class _Loader(_Base):
    """Resolves no dates, no ``on``/``yes`` and no base-60 numbers."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's own form


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(null|~|)$"), ["n", "~", ""])
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(0|[1-9][0-9]*)$"), list("-0123456789"))


def _mapping_without_doubles(loader: _Loader, node: yaml.MappingNode) -> dict[Hashable, Any]:
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    for number, key in enumerate(keys):
        if key in keys[:number]:
            mark = node.value[number][0].start_mark
            raise yaml.MarkedYAMLError(problem=f"doubled key: {key}", problem_mark=mark)
    return {key: loader.construct_object(value, deep=True) for key, (_, value) in zip(keys, node.value, strict=True)}


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping_without_doubles)


def read_yaml(path: Path, name: str) -> Any:
    """The value of a YAML file with sequences as tuples; `name` stands for the file in faults.

    Raises `ContentInvalid` when the file is no UTF-8, no YAML, or doubles a key.
    """
    try:
        return _freeze(yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader))  # noqa: S506 - a safe loader
    except UnicodeDecodeError as error:
        raise ContentInvalid([fault(name, "-", "不是 UTF-8 文字", "not UTF-8 text")]) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"line {mark.line + 1}" if mark else "-"
        problem = str(error.problem)
        zh = problem.replace("doubled key", "重复的键") if "doubled key" in problem else f"不是合法的 YAML({problem})"
        raise ContentInvalid([fault(name, place, zh, problem)]) from error


def nodes_of(source: str) -> yaml.Node:
    """The nodes of a YAML text, which must hold something, with the marks of where each begins and ends."""
    node = yaml.compose(source, Loader=_Loader)
    assert node is not None, "only files that were read before are taken apart"
    return node


def _freeze(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _freeze(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return tuple(_freeze(inner) for inner in value)
    return value
