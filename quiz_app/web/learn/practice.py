"""Practice without an account: nothing is recorded, so each page carries only its own place in the module."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from ...content.modules import Item, StudyModule
from ...domain.errors import NotFound
from ..access import open_to
from ..pages import library

bp = Blueprint("practice", __name__, url_prefix="/learn/practice")

NUMBER = "<int(min=1,max=99):number>"


@bp.get("/<module_id>/")
@open_to()
def home(module_id: str) -> str:
    """What practice is, and where it begins."""
    return render_template("learn/practice.html", module=_module(module_id))


@bp.get(f"/<module_id>/{NUMBER}")
@open_to()
def item(module_id: str, number: int) -> str:
    """One item."""
    module = _module(module_id)
    return render_template(
        "learn/practice_item.html", module=module, number=number, item=_item(module, number), chosen=None, error=False
    )


@bp.post(f"/<module_id>/{NUMBER}")
@open_to()
def answer(module_id: str, number: int) -> tuple[str, int]:
    """The explanation of the chosen option; nothing is stored."""
    module = _module(module_id)
    asked = _item(module, number)
    chosen = asked.option(request.form.get("option", ""))
    page = render_template(
        "learn/practice_item.html", module=module, number=number, item=asked, chosen=chosen, error=chosen is None
    )
    return page, 200 if chosen else 400


def _module(module_id: str) -> StudyModule:
    module = library().modules.get(module_id)
    if module is None:
        raise NotFound
    return module


def _item(module: StudyModule, number: int) -> Item:
    if number > len(module.concepts):
        raise NotFound
    return module.concepts[number - 1].items[0]
