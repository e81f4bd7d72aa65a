"""The application factory: wires settings, library, database, pages and the built site into one origin."""

from __future__ import annotations

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from ..config import Settings
from ..content.frame import load_frame
from ..content.library import Library
from ..services.libraries import Libraries, read_library
from ..store import db
from . import access, errors, headers, language, pages
from .blueprints import BLUEPRINTS
from .clock import system_clock
from .service import Clock, Service
from .static_files import with_static_files

MAX_FORM_BYTES = 256 * 1024


def create_app(settings: Settings, library: Library | None = None, clock: Clock = system_clock) -> Flask:
    """The service; raises `ContentInvalid` where the library has faults.

    The schema must be migrated and the library's release stored before (`rongcuo serve` does both).
    """
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=MAX_FORM_BYTES,
        SESSION_COOKIE_NAME="rongcuo_form",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure,
        WTF_CSRF_TIME_LIMIT=None,
    )
    current = library or read_library(settings)
    app.extensions["rongcuo"] = Service(settings, Libraries(current), load_frame(settings.library_dir), clock)
    db.connect(settings.database_url)
    app.teardown_appcontext(lambda _error: db.end_request())
    # The language is chosen first, so that a form that came too late is refused in the reader's language.
    language.init_app(app)
    CSRFProtect(app)
    for part in (access, pages, headers):
        part.init_app(app)
    errors.init_app(app, db.is_unavailable)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.wsgi_app = with_static_files(app.wsgi_app, settings.site_dir)  # type: ignore[method-assign,assignment]
    return app
