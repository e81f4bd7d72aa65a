"""Reads a statement and tells which tables of tenants it touches without naming the tenant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Alias, BindParameter, CompoundSelect, Delete, Insert, Join, Select, Table, TextClause, Update
from sqlalchemy.sql import operators
from sqlalchemy.sql.cache_key import HasCacheKey
from sqlalchemy.sql.elements import BinaryExpression, BooleanClauseList, ColumnClause, Grouping
from sqlalchemy.sql.selectable import CTE, FromClause, Subquery

from quiz_app.store.db import Base

KEY = "enterprise_id"
LOOK_UPS = {"sign_in_name": "name", "login_session": "token_digest"}
"""Shared tables that say who the tenant is; their key stands for it."""

# An ORM statement carries annotated copies of tables; a copy is equal to its table and hashes alike.
Sources = set[Any]
Conditions = list[tuple[Sources | None, Any]]
"""Each condition with the sources it can bind; nothing for all."""


_known: dict[Any, list[str]] = {}


def unscoped(statement: Any) -> list[str]:
    """The tables of tenants that a statement reads or changes without a condition on the tenant."""
    if isinstance(statement, TextClause):
        return sorted(table.name for table in _tenant_tables() if table.name in statement.text)
    # Statements that differ in their values only are looked at once.
    key = statement._generate_cache_key() if isinstance(statement, HasCacheKey) else None
    if key is None:
        return sorted(set(_unscoped(statement, set())))
    if key.key not in _known:
        _known[key.key] = sorted(set(_unscoped(statement, set())))
    return _known[key.key]


def _tenant_tables() -> list[Table]:
    return [table for table in Base.metadata.tables.values() if KEY in table.columns]


def _unscoped(statement: Any, bound_outside: Sources) -> Iterator[str]:
    if isinstance(statement, Select):
        yield from _unscoped_select(statement, bound_outside)
    elif isinstance(statement, Update | Delete):
        bound = _bound({statement.table}, [(None, one) for one in statement._where_criteria], bound_outside)
        yield from _names({statement.table} - bound)
        yield from _inner(statement, bound)
    elif isinstance(statement, CompoundSelect):
        for part in statement.selects:
            yield from _unscoped(part, bound_outside)
    elif isinstance(statement, Insert) and statement.select is not None:
        yield from _unscoped(statement.select, set())


def _unscoped_select(select: Select[Any], bound_outside: Sources) -> Iterator[str]:
    roots = list(select.get_final_froms())
    if len(roots) > 1:
        # What the enclosing statement names already is taken from there.
        roots = [root for root in roots if root not in bound_outside]
    sources: Sources = set()
    conditions: Conditions = [(None, one) for one in select._where_criteria]
    for root in roots:
        _take_apart(root, sources, conditions)
    bound = _bound(sources, conditions, bound_outside)
    yield from _names(sources - bound)
    for source in sources:
        if isinstance(source, Subquery | CTE):
            yield from _unscoped(source.element, set())
    yield from _inner(select, bound | bound_outside)


def _take_apart(root: FromClause, sources: Sources, conditions: Conditions) -> Sources:
    """Adds the sources of a join and its conditions, each with the sources it can bind; returns those of `root`."""
    if not isinstance(root, Join):
        sources.add(root)
        return {root}
    left = _take_apart(root.left, sources, conditions)
    right = _take_apart(root.right, sources, conditions)
    # The condition of an outer join keeps every row of its left side, so it binds the right one alone.
    conditions.append((right if root.isouter else None, root.onclause))
    return left | right


def _bound(sources: Sources, conditions: Conditions, outside: Sources) -> Sources:
    bound = {source for source in sources if not _has_tenant(source)}
    equal = [(may, side) for may, condition in conditions for side in _equalities(condition)]
    while True:
        more = {
            source
            for may, (one, other) in equal
            for source in (one, other)
            if isinstance(source, FromClause)
            and source in sources - bound
            and (may is None or source in may)
            and _is_bound(other if source is one else one, bound | outside)
        }
        if not more:
            return bound
        bound |= more


def _has_tenant(source: FromClause) -> bool:
    # A subquery is looked at by itself.
    return not isinstance(source, Subquery | CTE) and KEY in source.columns


def _is_bound(side: Any, bound: Sources) -> bool:
    return isinstance(side, BindParameter) or (isinstance(side, FromClause) and side in bound)


def _equalities(condition: Any) -> Iterator[tuple[Any, Any]]:
    """The sides of each ``enterprise_id = …`` that must hold: a table for a column, or the value."""
    if isinstance(condition, Grouping):
        yield from _equalities(condition.element)
    elif isinstance(condition, BooleanClauseList) and condition.operator is operators.and_:
        for part in condition.clauses:
            yield from _equalities(part)
    elif isinstance(condition, BinaryExpression) and condition.operator is operators.eq:
        sides = _side(condition.left), _side(condition.right)
        if all(side is not None for side in sides):
            yield sides


def _side(side: Any) -> Any:
    if isinstance(side, ColumnClause):
        names = (KEY, LOOK_UPS.get(_name(side.table)))
        return side.table if side.name in names else None
    return side if isinstance(side, BindParameter) else None


def _name(source: Any) -> str:
    table: Any = source.element if isinstance(source, Alias) else source
    return str(table.name)


def _inner(statement: Any, bound: Sources) -> Iterator[str]:
    """The selects in the columns and conditions of a statement, each seen with what is bound around it."""
    roots = list(statement._where_criteria)
    if isinstance(statement, Select):
        roots += [*statement._raw_columns, *(join[1] for join in statement._setup_joins if join[1] is not None)]
    for root in roots:
        if isinstance(root, FromClause):
            continue
        for found in _first_selects(root):
            yield from _unscoped(found, bound)


def _first_selects(root: Any) -> Iterator[Any]:
    waiting = [root]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Select | CompoundSelect):
            yield one
        elif not isinstance(one, Table | Alias | Subquery | CTE | ColumnClause):
            waiting += one.get_children()


def _names(sources: Sources) -> Iterator[str]:
    for source in sources:
        yield _name(source)
