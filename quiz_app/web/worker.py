"""What a worker process of the server calls to get its application."""

from __future__ import annotations

from flask import Flask

from ..config import load_settings
from .app import create_app


def make() -> Flask:
    """The application of one worker process."""
    return create_app(load_settings())
