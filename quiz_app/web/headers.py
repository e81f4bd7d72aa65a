"""Security headers of the service's pages; they need no script and no inline style at all."""

from __future__ import annotations

from flask import Flask, Response, request

from .service import service

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
COMMON = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
HSTS = "max-age=31536000; includeSubDomains"


def init_app(app: Flask) -> None:
    """Adds the headers to every answer."""
    app.after_request(_add)


def _add(response: Response) -> Response:
    response.headers.update(COMMON)
    response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    if service().settings.secure:
        response.headers["Strict-Transport-Security"] = HSTS
    return response
