"""Signing in and out, activating an account, and the page an account starts on."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import StringField

from ...domain.errors import AppError, CodeInvalid, MissingInput, PasswordTooWeak, SignInFailed, SignInLocked
from ...domain.passwords import POLICY_WORDS
from ...domain.people import Role
from ...services import accounts
from .. import access
from ..access import open_to
from ..errors import STATUS
from ..service import now, service
from .forms import ActivateForm, LoginForm

bp = Blueprint("account", __name__)

_STARTS: tuple[tuple[Role, str], ...] = (
    (Role.HR, "hr.home"),
    (Role.COMMITTEE, "committee.home"),
    (Role.SUPERVISOR, "city.home"),
    (Role.MEMBER, "learn.home"),
    (Role.BRANCH_SECRETARY, "branch.home"),
)

Page = tuple[str, int]


@bp.get("/login")
@open_to()
def login() -> str:
    """The sign-in page."""
    form = LoginForm(formdata=None)
    form.next.data = request.args.get("next", "")
    return render_template("account/login.html", form=form, error=None)


@bp.post("/login")
@open_to()
def sign_in() -> Response | Page:
    """Signs in; a failure shows the page again with one answer for every reason."""
    form = LoginForm()
    if not form.validate_on_submit():
        return _again("account/login.html", form, MissingInput())
    try:
        login = accounts.sign_in(_typed(form.name), form.password.data or "", now())
    except (SignInFailed, SignInLocked) as error:
        return _again("account/login.html", form, error)
    return access.remember_login(redirect(access.safe_next(form.next.data), code=303), login.token)


@bp.get("/activate")
@open_to()
def activate() -> str:
    """The page on which a one-time code becomes a password."""
    form = ActivateForm(formdata=None)
    form.next.data = request.args.get("next", "")
    return render_template("account/activate.html", form=form, error=None, rule=_password_rule())


@bp.post("/activate")
@open_to()
def activated() -> Response | Page:
    """Sets the password and signs in."""
    form = ActivateForm()
    if not form.validate_on_submit():
        return _again("account/activate.html", form, MissingInput())
    policy = service().settings.password_policy
    try:
        login = accounts.activate(_typed(form.name), _typed(form.code), form.password.data or "", policy, now())
    except (CodeInvalid, PasswordTooWeak, SignInLocked) as error:
        return _again("account/activate.html", form, error)
    return access.remember_login(redirect(access.safe_next(form.next.data), code=303), login.token)


@bp.post("/logout")
@open_to()
def logout() -> Response:
    """Ends the login session on the server and goes home."""
    token = access.login_token()
    if token:
        accounts.sign_out(token, now())
    return access.forget_login(redirect(url_for("account.login"), code=303))


@bp.get("/start")
@open_to(*Role)
def start() -> Response:
    """Leads each account to its own first page."""
    roles = access.me().roles
    known = current_app.view_functions
    mine = (endpoint for role, endpoint in _STARTS if role in roles and endpoint in known)
    endpoint = next(mine, "account.nothing_here")
    return redirect(url_for(endpoint), code=303)


@bp.get("/account")
@open_to(*Role)
def nothing_here() -> str:
    """Says to an administrator that the work is done in the shell, and shows whose account this is."""
    return render_template("account/account.html")


def _again(template: str, form: LoginForm | ActivateForm, error: AppError) -> Page:
    page = render_template(template, form=form, error=error, rule=_password_rule())
    return page, STATUS[type(error)]


def _typed(field: StringField) -> str:
    return (field.data or "").strip()


def _password_rule() -> object:
    return POLICY_WORDS[service().settings.password_policy]
