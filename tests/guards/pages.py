"""What a page or file says, in a form that can be searched and compared."""

from __future__ import annotations

import io
import re
import zipfile

from werkzeug.test import TestResponse

from quiz_app.store.db import _ID_ALPHABET, _ID_LENGTH
from tests.guards.world import VISITORS, World

RANDOM = re.compile(rf"(?<![a-z0-9])([{_ID_ALPHABET}]{{{_ID_LENGTH}}}|[0-9a-f]{{64}})(?![a-z0-9])")
TOKEN = re.compile(r'(name="(?:csrf_token|once)" value=")[^"]*')
MADE_NOW = "docProps/core.xml"
"""The part of an office file that says when it was made."""


def said(response: TestResponse) -> str:
    """The text of an answer; an office file is unpacked."""
    body = response.get_data()
    if not body.startswith(b"PK"):
        return body.decode()
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return "\n".join(packed.read(name).decode(errors="replace") for name in packed.namelist() if name != MADE_NOW)


def without_random_ids(text: str) -> str:
    """The text without form tokens, each random id or digest replaced by the number of its first place."""
    places: dict[str, str] = {}
    return RANDOM.sub(lambda match: places.setdefault(match[0], f"#{len(places)}"), TOKEN.sub(r"\1", text))


def snapshot(world: World, visitors: tuple[str, ...] = VISITORS) -> dict[tuple[str, str], str]:
    """What every page says to every visitor, comparable between two worlds."""
    numbered: dict[tuple[str, str], str] = {}
    for visitor in visitors:
        for address, response in world.walk(visitor):
            numbered[visitor, without_random_ids(address)] = without_random_ids(said(response))
    return numbered
