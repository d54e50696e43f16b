"""Whether the log is whole: `check`, and the same as `audit verify`."""

import click
from flask import Flask
from flask.cli import AppGroup

from renewal.domain.errors import InvalidValue
from renewal.services import Services
from renewal.store.audit import verify
from renewal.store.event_log import Head
from renewal.verification.provider import ProviderTrouble, said


def init_app(app: Flask, services: Services) -> None:
    database, sealer = services.database, services.sealer
    audit = AppGroup("audit", help="The log of all that was done.")

    @click.argument("remembered", required=False, type=_head)
    def check(remembered: Head | None) -> None:
        """Verify the event log. REMEMBERED is the head, as NUMBER:HASH, that an earlier check printed."""
        if not database.holds_data():  # opened, it would be made
            raise click.ClickException("没有找到数据库：请核对数据文件夹的设置，或从备份恢复后再检查。")
        report = verify(database, sealer, remembered)
        database.close()
        _say_whether_faces_can_be_checked(services)
        click.echo(f"办件日志共{report.count}条，末端：{report.head}")
        if services.calendar_notice:
            click.echo(f"请注意：{services.calendar_notice}")
        if report.findings:
            for finding in report.findings:
                click.echo(f"有问题：{finding.text}")
            click.echo("请保留现在的数据库文件，不要继续操作，并联系系统管理员。")
            raise SystemExit(1)
        click.echo("日志完整，各办件的状态与日志相符。请抄下末端，与备份分开保存，下次检查时写在命令后面。")

    app.cli.command("check")(check)
    audit.command("verify")(check)
    app.cli.add_command(audit)


def _say_whether_faces_can_be_checked(services: Services) -> None:
    """Asks the provider with the office's credentials; no order is begun, nothing is paid."""
    if services.face is None:
        return
    try:
        services.face.check()
        click.echo(f"{services.face.label}：密钥可用。")
    except ProviderTrouble as trouble:
        click.echo(f"请注意：{said(services.face.label, str(trouble))}")


def _head(text: str) -> Head:
    try:
        return Head.typed(text)
    except InvalidValue as problem:
        raise click.BadParameter(str(problem)) from problem
