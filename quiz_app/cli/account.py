"""`rongcuo account create|reset|disable`: the shell makes the first accounts; it never chooses a password."""

from __future__ import annotations

import click

from ..domain.people import Role
from ..services import accounts
from .common import commit_option, now, open_database, would

_ROLES = [role.value for role in Role if role is not Role.MEMBER]


@click.group()
def account() -> None:
    """账号 / Accounts."""


@account.command()
@click.argument("name")
@click.option("--enterprise", required=True, help="企业代码 / enterprise code")
@click.option("--role", type=click.Choice(_ROLES), multiple=True, required=True)
@click.option("--unit", default=None, help="支部书记所在支部的编号 / the branch of a branch secretary")
@click.option("--display-name", default=None)
@commit_option
def create(
    name: str, enterprise: str, role: tuple[str, ...], unit: str | None, display_name: str | None, commit: bool
) -> None:
    """新建账号并给出一次性激活码 / Create an account and print its one-time code."""
    open_database()
    if not commit:
        would(f"将新建账号 {name}（{enterprise}：{'、'.join(role)}）。")
        return
    roles = [(Role(one), unit if one == Role.BRANCH_SECRETARY else None) for one in role]
    code = accounts.create_account(enterprise, name, display_name or name, roles, now())
    click.echo(f"激活码（只显示一次） / activation code (shown once): {code}")


@account.command()
@click.argument("name")
@commit_option
def reset(name: str, commit: bool) -> None:
    """给出新的一次性激活码 / Issue a new one-time code."""
    open_database()
    if not commit:
        would(f"将为 {name} 生成新的激活码。")
        return
    click.echo(f"激活码（只显示一次） / activation code (shown once): {accounts.reset_account(name, now())}")


@account.command()
@click.argument("name")
@commit_option
def disable(name: str, commit: bool) -> None:
    """停用账号并立即结束其登录 / Disable an account and end its login sessions."""
    open_database()
    if not commit:
        would(f"将停用 {name}。")
        return
    accounts.disable_account(name, now())
    click.echo(f"已停用 / disabled: {name}")
