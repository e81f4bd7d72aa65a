"""The command group, and the one place where named errors become a sentence and exit code 1."""

from __future__ import annotations

import sys

import click

from ..config import SettingsInvalid
from ..content.faults import ContentInvalid
from ..domain.errors import AppError
from ..store.db import disconnect, is_unavailable
from .account import account
from .content import content
from .database import database
from .demo import demo
from .exports import exports
from .imports import imports
from .report import report
from .routes import routes
from .serve import serve


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """容错纠错学习站 / The tolerance-and-correction study site."""


for command in (account, content, database, demo, exports, imports, report, routes, serve):
    cli.add_command(command)


def main() -> None:
    """Runs a command; what is wrong with input or state is said in one sentence each, with exit code 1."""
    try:
        cli()
    except ContentInvalid as error:
        for fault in error.faults:
            click.echo(f"{fault.line('zh')} / {fault.reason_en}", err=True)
        if error.closing is not None:
            click.echo(f"{error.closing.zh} / {error.closing.en}", err=True)
        sys.exit(1)
    except (AppError, SettingsInvalid) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except Exception as error:
        if not is_unavailable(error):
            raise
        click.echo("数据库暂时不可用，没有改动。 / The database is not available; nothing was changed.", err=True)
        sys.exit(1)
    finally:
        # The last connection to leave a SQLite file also folds its log back into it.
        disconnect()
