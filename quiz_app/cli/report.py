"""`rongcuo report build|release|deliver|verify|show`: the same services as the pages, for a timer or the shell."""

from __future__ import annotations

import click

from ..domain.errors import ReportDiffers
from ..services import report_desk, reports
from ..services.libraries import Libraries, read_library
from .common import commit_option, now, open_database, would

json_option = click.option("--json", "as_json", is_flag=True, help="供其他程序读取 / for another program to read")


@click.group()
def report() -> None:
    """学习情况报告 / Participation reports."""


@report.command()
@click.argument("enterprise")
@click.argument("period")
@click.option("--note", default=None, help="更正说明 / what is corrected")
@commit_option
def build(enterprise: str, period: str, note: str | None, commit: bool) -> None:
    """生成一个企业某月（如 2026-11）的报告 / Build a report for a month."""
    settings = open_database()
    if not commit:
        would(f"将为 {enterprise} 生成 {period} 的报告。")
        return
    row = reports.build(enterprise, period, Libraries(read_library(settings)), now(), note=note)
    click.echo(row.serial)


@report.command()
@click.argument("serial")
@commit_option
def release(serial: str, commit: bool) -> None:
    """发布报告，之后不再改变 / Release a report; it does not change afterwards."""
    settings = open_database()
    enterprise_id, report_id = report_desk.find(serial)
    if not commit:
        would(f"将发布 {serial}。")
        return
    reports.require_settled(enterprise_id, report_id, Libraries(read_library(settings)))
    messages = report_desk.release(enterprise_id, report_id, None, settings, now())
    click.echo(f"已发布 / released: {serial}; 待发邮件 / messages to send: {messages}")


@report.command()
@commit_option
def deliver(commit: bool) -> None:
    """发送到期的邮件，可重复执行 / Send the mail that is due; safe to run again."""
    settings = open_database()
    if not commit:
        would(f"将发送 {report_desk.waiting(now())} 封到期邮件。")
        return
    if settings.smtp_url is None:
        click.echo(
            "没有设置 RONGCUO_SMTP_URL，报告只在网页上通知。 / No mail server is set; reports are announced on the web only."
        )
        return
    done = report_desk.deliver(settings, now())
    click.echo(f"已发 / sent: {done.sent}; 未成，稍后重试 / failed, tried again later: {done.failed}")


@report.command()
@click.argument("serial")
def verify(serial: str) -> None:
    """核对报告的校验码、文件，并按事实重算 / Check digest and files, and compute anew from the facts."""
    settings = open_database()
    enterprise_id, report_id = report_desk.find(serial)
    found = reports.verify(enterprise_id, report_id, Libraries(read_library(settings)))
    for words, right in (
        ("校验码 / digest", found.digest),
        ("文件 / files", found.files),
        ("按事实重算 / computed anew", found.facts),
    ):
        click.echo(f"{words}: {'一致 / agrees' if right else '不一致 / differs'}")
    if not found.right:
        raise ReportDiffers


@report.command()
@click.argument("serial")
@json_option
def show(serial: str, as_json: bool) -> None:
    """显示已发布报告的冻结内容 / Show the frozen content of a released report."""
    open_database()
    row = report_desk.readable(*report_desk.find(serial))
    if as_json:
        click.echo(row.body)
        return
    click.echo(f"{row.serial}  {row.period}  截至 / as of {row.as_of}  SHA-256 {row.sha256}")
