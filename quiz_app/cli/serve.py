"""`rongcuo serve`: site and service from one address, with several workers."""

from __future__ import annotations

import os

import click
from granian.constants import Interfaces
from granian.server import Server

from ..services.libraries import read_library, store_release
from ..store import db
from .common import now, open_database


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--workers", type=click.IntRange(1, 32), default=None, help="默认取 RONGCUO_WORKERS")
def serve(host: str, workers: int | None) -> None:
    """启动站点和服务 / Start the site and the service."""
    settings = open_database()
    store_release(read_library(settings), now())
    db.disconnect()
    click.echo(f"站点 / site:    http://{host}:{settings.port}/")
    click.echo(f"服务 / service: http://{host}:{settings.port}/learn/")
    os.environ.setdefault("PORT", str(settings.port))
    Server(
        "quiz_app.web.worker:make",
        address=host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=workers or settings.workers,
        blocking_threads=4,
        factory=True,
        respawn_failed_workers=True,
        log_access=False,
    ).serve()
