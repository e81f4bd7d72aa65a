"""The language of a page: the person's choice in a cookie, Chinese by default (product.md §8.6)."""

from __future__ import annotations

import re
from datetime import date, datetime
from urllib.parse import urlencode

from flask import Flask, Response, g, request
from werkzeug.datastructures import MultiDict

from ..content.text import LANGUAGES, Language, LocalText, Text
from ..services.zone import local_date, local_time

COOKIE = "rongcuo_lang"
ONE_YEAR = 365 * 24 * 3600

_HAN = re.compile(r"[\u3400-\u9fff]")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def init_app(app: Flask) -> None:
    """Chooses the language of each request and gives templates `t`, `say`, `day`, `moment`, `month` and more."""
    app.before_request(_choose)
    app.after_request(_remember)
    app.jinja_env.globals.update(
        t=t,
        say=say,
        day=day,
        moment=moment,
        month=month,
        lang=language,
        language_of=language_of,
        other_language_address=_other,
    )


def language() -> Language:
    """The language of this page."""
    # Asked a hundred times a page; `g.get` takes twice as long.
    found: Language = getattr(g, "language", "zh")
    return found


def t(zh: str, en: str) -> str:
    """Of a sentence written in both languages, the one of this page."""
    return zh if language() == "zh" else en


def say(text: Text | LocalText) -> str:
    """A bilingual text in the language of this page."""
    return text.in_language(language())


def language_of(words: str) -> str:
    """The language, for ``lang``, of words that somebody wrote: Chinese as soon as one character is."""
    return "zh-CN" if _HAN.search(words) else "en"


def day(value: date | datetime) -> str:
    """A date as people write it; a moment is first brought into the zone of the database."""
    local = local_date(value) if isinstance(value, datetime) else value
    if language() == "zh":
        return f"{local.year}年{local.month}月{local.day}日"
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"


def moment(value: datetime) -> str:
    """A moment to the minute, in the zone of the database."""
    return f"{day(value)} {local_time(value):%H:%M}"


def month(period: str) -> str:
    """A month ``2026-11`` as people write it."""
    year, number = period.split("-")
    return f"{year}年{int(number)}月" if language() == "zh" else f"{_MONTHS[int(number) - 1]} {year}"


def _choose() -> None:
    asked = request.args.get("lang")
    held = request.cookies.get(COOKIE)
    g.language = next((code for code in (asked, held) if code in LANGUAGES), "zh")


def _remember(response: Response) -> Response:
    asked = request.args.get("lang")
    if asked in LANGUAGES and asked != request.cookies.get(COOKIE):
        response.set_cookie(COOKIE, asked, max_age=ONE_YEAR, samesite="Lax", secure=request.is_secure, httponly=True)
    return response


def _other() -> str:
    query = MultiDict(request.args)
    query.setlist("lang", ["en" if language() == "zh" else "zh"])
    pairs = [(key, value) for key, values in query.lists() for value in values]
    return f"{request.script_root}{request.path}?{urlencode(pairs)}"
