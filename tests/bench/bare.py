"""The bare application every figure is measured against: the same tools and settings, and nothing that is ours.

Flask, SQLAlchemy, Flask-WTF and the form session; it reads a login session, a user and an item, checks
CSRF, inserts one row, commits and renders a page. Its pages read what they show by one indexed query, for the
signed-in user and, under ``/open``, for anybody. Its tables lie in the same database as the service's.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from datetime import UTC, datetime

from flask import Flask, abort, g, render_template, request
from flask_wtf.csrf import CSRFProtect
from jinja2 import DictLoader
from sqlalchemy import Engine, ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from quiz_app.store import db

COOKIE = "bare_login"
PEOPLE_A_PAGE = 50

_FRAME = """<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>{% block title %}{% endblock %}</title></head>
<body>{% block main %}{% endblock %}</body>
</html>"""
_ITEM = """{% extends "frame.html" %}{% block title %}{{ item.id }}{% endblock %}{% block main %}
<form method="post"><input type="hidden" name="csrf_token" value="{{ csrf_token() }}">
<p>{{ item.body }}</p><button>OK</button></form>{% endblock %}"""
_PEOPLE = """{% extends "frame.html" %}{% block title %}People{% endblock %}{% block main %}
<table>{% for one in people %}
<tr><td>{{ one.number }}</td><td>{{ one.name }}</td><td>{{ one.unit }}</td><td>{{ one.branch }}</td>
<td>{{ one.first }}</td><td>{{ one.second }}</td><td>{{ one.third }}</td></tr>{% endfor %}
</table>{% endblock %}"""


class Base(DeclarativeBase):
    """Base of the bare tables."""


class Login(Base):
    """A login session."""

    __tablename__ = "bare_login"
    digest: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("bare_user.id"))


class User(Base):
    """Who signed in."""

    __tablename__ = "bare_user"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Item(Base):
    """What a page shows; the body gives the page its size."""

    __tablename__ = "bare_item"
    id: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str]


class Row(Base):
    """The one row a post inserts."""

    __tablename__ = "bare_row"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("bare_user.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("bare_item.id"))
    choice: Mapped[str]
    recorded_at: Mapped[datetime]


class Person(Base):
    """A line of the list, with as many cells as the list of completion has for three modules."""

    __tablename__ = "bare_person"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    unit: Mapped[str]
    branch: Mapped[str]
    first: Mapped[str]
    second: Mapped[str]
    third: Mapped[str]


def fill(engine: Engine, token: str, item_bodies: Sequence[str], people: int, cell: str) -> None:
    """Makes the bare tables anew: one user with a login session, items 1, 2, … and people."""
    Base.metadata.drop_all(engine)
    Base.metadata.create_all(engine)
    with Session(engine) as current:
        current.add(User(id=1, name="user"))
        current.flush()
        current.add(Login(digest=_digest(token), user_id=1))
        current.add_all(Item(id=number, body=body) for number, body in enumerate(item_bodies, start=1))
        cells = dict.fromkeys(("unit", "branch", "first", "second", "third"), cell)
        current.add_all(Person(number=f"{n:06}", name="张某某", **cells) for n in range(people))
        current.commit()


def make() -> Flask:
    """The bare application of one worker."""
    app = Flask(__name__)
    app.config.update(SECRET_KEY=os.environ["RONGCUO_SECRET_KEY"], WTF_CSRF_TIME_LIMIT=None)
    app.jinja_loader = DictLoader({"frame.html": _FRAME, "item.html": _ITEM, "people.html": _PEOPLE})
    db.connect(os.environ["RONGCUO_DATABASE_URL"])
    app.teardown_appcontext(lambda _error: db.end_request())
    CSRFProtect(app)
    app.add_url_rule("/item/<int:number>", view_func=_item)
    app.add_url_rule("/item/<int:number>", view_func=_answer, methods=["POST"])
    app.add_url_rule("/people", view_func=_people)
    app.add_url_rule("/open/item/<int:number>", view_func=_open_item)
    app.add_url_rule("/open/people", view_func=_open_people)
    return app


def _item(number: int) -> str:
    _sign_in(db.session())
    return _open_item(number)


def _open_item(number: int) -> str:
    item = db.session().get(Item, number) or abort(404)
    return render_template("item.html", item=item)


def _answer(number: int) -> str:
    with db.saving() as current:
        _sign_in(current)
        item = current.get(Item, number) or abort(404)
        row = Row(user_id=g.user.id, item_id=item.id, choice=request.form["choice"], recorded_at=_now())
        current.add(row)
    return render_template("item.html", item=item)


def _people() -> str:
    _sign_in(db.session())
    return _open_people()


def _open_people() -> str:
    query = select(Person).where(Person.number > request.args["after"]).order_by(Person.number).limit(PEOPLE_A_PAGE)
    return render_template("people.html", people=db.session().scalars(query).all())


def _sign_in(current: Session) -> None:
    login = current.get(Login, _digest(request.cookies.get(COOKIE, ""))) or abort(401)
    g.user = current.get(User, login.user_id)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
