"""`rongcuo demo load`: labelled, invented data; refused on a database that holds real data."""

from __future__ import annotations

import secrets

import click

from ..config import load_settings
from ..services.demo import DemoSize, load_demo, release_example_report
from ..services.libraries import read_library
from ..store import db, schema
from .common import now


@click.group()
def demo() -> None:
    """演示数据 / Demo data."""


@demo.command()
@click.option("--people", type=click.IntRange(8, 100_000), default=40, help="每企业人数 / people an enterprise")
@click.option("--enterprises", type=click.IntRange(1, 26), default=3)
@click.option("--seed", type=int, default=1)
def load(people: int, enterprises: int, seed: int) -> None:
    """装入演示数据；已有演示数据时只重设演示密码 / Load demo data, or just set a new demo password."""
    settings = load_settings()
    schema.upgrade(db.connect(settings.database_url))
    password = "-".join(secrets.choice(_WORDS) for _ in range(4))
    size = DemoSize(people=people, enterprises=enterprises, seed=seed)
    library = read_library(settings)
    if load_demo(library, size, settings.timezone, password, now()):
        release_example_report(library, now())
    click.echo("演示账号 / demo accounts: jia-0001 … jia-0040, jia-hr, jia-branch1, jia-committee, city, admin")
    click.echo(f"demo password: {password}")


_WORDS = [
    "river",
    "cedar",
    "amber",
    "harbor",
    "cloud",
    "meadow",
    "stone",
    "lantern",
    "copper",
    "maple",
    "violet",
    "summit",
    "willow",
    "garden",
    "silver",
    "delta",
]
