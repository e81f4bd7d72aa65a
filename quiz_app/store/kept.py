"""Values that a process keeps from one request to the next, apart for each database, and only while they are good."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

from .db import session

T = TypeVar("T")

MOST = 500
"""How many values are kept; beyond that all are made anew."""

_kept: WeakKeyDictionary[Any, dict[Hashable, Any]] = WeakKeyDictionary()


def kept(key: Hashable, is_good: Callable[[T], bool], make: Callable[[], T]) -> T:
    """The value kept under a key if it is still good, else one made now."""
    values = _kept.setdefault(session().get_bind(), {})
    found = cast("T | None", values.get(key))
    if found is not None and is_good(found):
        return found
    if len(values) >= MOST:
        values.clear()
    made = make()
    values[key] = made
    return made
