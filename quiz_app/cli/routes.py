"""`rongcuo routes`: method, path, endpoint, roles, one per line."""

from __future__ import annotations

import click

from ..config import load_settings
from ..web.access import roles_of
from ..web.app import create_app


@click.command()
def routes() -> None:
    """列出所有地址和可打开的角色 / List every route and the roles that open it."""
    app = create_app(load_settings())
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.rule):
        roles = roles_of(app, rule.endpoint)
        words = "nobody" if roles is None else ",".join(sorted(roles)) or "everybody"
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            click.echo(f"{method}\t{rule.rule}\t{rule.endpoint}\t{words}")
