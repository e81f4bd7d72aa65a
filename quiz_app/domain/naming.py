"""The order in which units are listed."""

from __future__ import annotations

_NUMERALS = str.maketrans("〇一二三四五六七八九", "0123456789")


def name_key(name: str) -> str:
    """A key that puts 第一、第二、第三 in the order of their numbers; other names keep the order of their signs."""
    return name.translate(_NUMERALS)
