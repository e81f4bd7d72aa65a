"""`rongcuo import policy`: files that come back filled in, checked first and written with ``--commit``."""

from __future__ import annotations

from pathlib import Path

import click

from ..services import policy_update
from ..services.zone import local_date
from .common import commit_option, now, open_database, would
from .policy_lines import difference_lines, reach_line


@click.group("import")
def imports() -> None:
    """导入 / Import."""


@imports.command()
@click.argument("file", type=click.Path(path_type=Path))
@commit_option
def policy(file: Path, commit: bool) -> None:
    """检查填好的政策更新单：新旧对照、要补学的人数 / Check a filled policy update form: difference, people concerned."""
    settings, moment = open_database(), now()
    found = policy_update.checked(file, settings)
    for line in difference_lines(found.update, found.library, local_date(moment)):
        click.echo(line)
    if not found.update:
        click.echo("更新单里没有要写入的内容。 / The form holds nothing to write.")
        return
    click.echo(reach_line(found.update, policy_update.reach(found, moment), moment))
    names = ", ".join(found.files)
    if not commit:
        would(f"将改写 / would change: {names}")
        return
    policy_update.write(found, settings)
    click.echo(f"已写入 / written: {names}")
    click.echo("重建网站、重启服务以后生效。 / It takes effect when the site is rebuilt and the service restarted.")
