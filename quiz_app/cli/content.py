"""`rongcuo content check`: every fault of the library at once."""

from __future__ import annotations

from pathlib import Path

import click

from ..config import PACKAGE, PROJECT
from ..content.loader import load_library


@click.group()
def content() -> None:
    """内容 / Content."""


@content.command()
@click.option("--library", type=click.Path(path_type=Path), default=PACKAGE / "library", help="library/ 文件夹")
@click.option("--cases", type=click.Path(path_type=Path), default=PROJECT / "cases", help="cases/ 文件夹")
@click.option("--bank", type=click.Path(path_type=Path), default=None, help="题库文件夹，替换自带题库")
def check(library: Path, cases: Path, bank: Path | None) -> None:
    """检查全部内容，逐条写出「文件：位置：原因」 / Check all content."""
    found = load_library(library, cases, bank)
    items = sum(len(concept.items) for module in found.modules.values() for concept in module.concepts)
    click.echo(
        f"没有问题 / no faults: {len(found.instruments)} 件制度, {len(found.clauses)} 条款, "
        f"{len(found.modules)} 模块, {items} 题, {len(found.cases)} 案例 ({found.digest[:12]})"
    )
