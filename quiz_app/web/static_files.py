"""Serves the built site and the service's style sheet, compressed, before the application is asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whitenoise import WhiteNoise

from .headers import COMMON

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

HEADERS_FILE = "_headers.json"


def with_static_files(application: WSGIApplication, site_dir: Path) -> WSGIApplication:
    """The application behind the files of the built site (if there is one) and of the service."""
    site_headers = _site_headers(site_dir)

    def add_headers(headers: Any, path: str, url: str) -> None:
        for name, value in {**COMMON, **site_headers}.items():
            headers[name] = value

    wrapped = WhiteNoise(application, index_file=True, max_age=300, add_headers_function=add_headers)
    wrapped.add_files(str(Path(__file__).parent / "static"), prefix="static/")
    if site_dir.is_dir():
        wrapped.add_files(str(site_dir))
    return wrapped  # type: ignore[no-any-return]


def _site_headers(site_dir: Path) -> dict[str, str]:
    path = site_dir / HEADERS_FILE
    return dict(json.loads(path.read_text(encoding="utf-8"))["*"]) if path.is_file() else {}
