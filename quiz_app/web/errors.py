"""The one table from a named error to its page and status; every page says what happened and what to do."""

from __future__ import annotations

import logging
from collections.abc import Callable

from flask import Flask, g, redirect, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from ..content.text import Text
from ..domain import errors as named
from .access import hold_answer

Answer = tuple[str, int] | tuple[str, int, dict[str, str]]

STATUS: dict[type[named.AppError], int] = {
    named.NotFound: 404,
    named.NotAllowed: 403,
    named.SignInFailed: 401,
    named.SignInLocked: 429,
    named.CodeInvalid: 400,
    named.PasswordTooWeak: 400,
    named.NoOpenCycle: 409,
    named.NothingToMakeUp: 409,
    named.AlreadyReleased: 409,
    named.FactsCameLate: 409,
    named.MissingInput: 400,
    named.NameTaken: 409,
    named.SuggestionsClosed: 409,
    named.TooManySuggestions: 429,
    named.WordsErased: 409,
    named.AnswerOvertaken: 409,
}

_HTTP: dict[int, Text] = {
    400: Text(
        zh="请求的格式不对，没有保存任何内容。请返回后重试。", en="The request was malformed; nothing was saved."
    ),
    403: named.NotAllowed.sentence,
    404: named.NotFound.sentence,
    405: Text(
        zh="这个地址不能这样使用。请从页面上的按钮进入。",
        en="This address cannot be used that way. Please use the page.",
    ),
    413: Text(zh="提交的内容太大，没有保存。请减少内容后重试。", en="What was sent is too large; nothing was saved."),
    500: Text(
        zh="系统出了问题，这一步没有保存。之前的学习记录都在，请稍后重试。",
        en="Something went wrong and this step was not saved. Your earlier records are safe; please try again later.",
    ),
}
_FORM_EXPIRED = Text(
    zh="这个页面放得太久，提交没有成功，内容没有保存。请返回上一页刷新后再提交。",
    en="This page was open too long; nothing was sent or saved. Please go back, reload the page and send again.",
)
_UNAVAILABLE = Text(
    zh="数据库暂时不可用，这一步没有保存。之前的记录都在，请过一会儿再试。",
    en="The database is not available just now; this step was not saved. Earlier records are safe; try again soon.",
)

_log = logging.getLogger(__name__)


def init_app(app: Flask, is_unavailable: Callable[[BaseException], bool]) -> None:
    """Registers the handlers; `is_unavailable` tells a full, locked or lost database from a defect."""

    def unexpected(error: Exception) -> Answer:
        if is_unavailable(error):
            # The error page itself must not ask the database again.
            g.demo = g.get("demo", False)
            _log.warning("database unavailable: %s", type(error).__name__)
            return (*_page(_UNAVAILABLE, 503), {"Retry-After": "5"})
        _log.exception("unexpected error")
        return _page(_HTTP[500], 500)

    app.register_error_handler(named.AppError, lambda error: _page(error.sentence, STATUS.get(type(error), 400)))
    app.register_error_handler(CSRFError, _form_expired)
    app.register_error_handler(HTTPException, _http_page)
    app.register_error_handler(Exception, unexpected)


def _form_expired(_error: CSRFError) -> Answer | Response:
    """An answer from our own page goes back to its question, where it stands chosen; other forms are opened anew.

    The browser says that the page was ours, so no other site can choose an answer for its visitor.
    """
    ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    return redirect(request.path, code=303) if ours and hold_answer() else _page(_FORM_EXPIRED, 400)


def _http_page(error: HTTPException) -> Answer:
    code = error.code or 500
    return _page(_HTTP.get(code, _HTTP[400] if code < 500 else _HTTP[500]), code)


def _page(sentence: Text, status: int) -> tuple[str, int]:
    return render_template("errors/error.html", sentence=sentence, status=status, path=request.path), status
