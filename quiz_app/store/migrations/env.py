"""Runs migrations on the connection that `quiz_app.store.schema` opened and locked."""

from typing import Any, Literal

from alembic import context

from quiz_app.store import tables
from quiz_app.store.db import Base, BinaryText, UtcDateTime

assert tables.__all__, "importing the tables fills the metadata"


def _render(kind: str, value: Any, autogen_context: Any) -> str | Literal[False]:
    """Own column types appear in migrations under their own names."""
    if kind == "type" and isinstance(value, UtcDateTime):
        return "UtcDateTime()"
    if kind == "type" and value is BinaryText:
        return "BinaryText"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_item=_render,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
