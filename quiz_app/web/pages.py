"""What all templates share: frame texts, links into the static site, the demo notice."""

from __future__ import annotations

from flask import Flask, g, request

from ..content.library import Library
from ..content.local import SLOT_EMPTY
from ..content.text import Text
from ..domain.people import ROLE_WORDS
from ..domain.standing import LATENESS_WORDS, STATE_WORDS
from ..services.instance import is_demo
from .language import language
from .service import service


def init_app(app: Flask) -> None:
    """Gives templates what they share."""
    app.jinja_env.globals.update(
        frame=lambda: service().frame,
        site=site_address,
        clause_address=clause_address,
        demo=_demo,
        library=library,
        slot=slot,
        endpoint_exists=lambda endpoint: endpoint in app.view_functions,
        STATE_WORDS=STATE_WORDS,
        LATENESS_WORDS=LATENESS_WORDS,
        ROLE_WORDS=ROLE_WORDS,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def site_address(path: str = "") -> str:
    """The address of a page of the static site in the language of this page."""
    return f"{request.script_root}/{'' if language() == 'zh' else 'en/'}{path}"


def clause_address(ref: str) -> str:
    """Where the register shows a clause ``instrument/clause``."""
    return site_address(f"policy/register/#{ref.replace('/', '--')}")


def library() -> Library:
    """The library this service works with."""
    return service().libraries.current


def slot(slot_id: str) -> Text:
    """What the local authority says in a slot, or that it has said nothing yet."""
    found = library().slots.get(slot_id)
    return (found.value if found else None) or SLOT_EMPTY


def _demo() -> bool:
    if "demo" not in g:
        g.demo = is_demo()
    return bool(g.demo)
