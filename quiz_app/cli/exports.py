"""`rongcuo export policy`: files that leave the product to be filled in elsewhere."""

from __future__ import annotations

from pathlib import Path

import click

from ..config import load_settings
from ..services import policy_update
from ..services.libraries import read_library


@click.group("export")
def exports() -> None:
    """导出 / Export."""


@exports.command()
@click.option("--out", type=click.Path(path_type=Path), required=True, help="写到哪个文件（xlsx） / the file to write")
def policy(out: Path) -> None:
    """写出政策更新单，供主管部门填写 / Write the policy update form for the city to fill in."""
    library = read_library(load_settings())
    policy_update.write_blank_form(library, out)
    click.echo(
        f"已写出 / written: {out} ({len(library.clauses)} 条款 / clauses, {len(library.slots)} 项本地内容 / local items)"
    )
