"""`check`: whether all is in order, and what to do if not. `audit verify`: the log alone."""

import click
from flask import Flask
from flask.cli import AppGroup

from renewal.cli.trouble import told
from renewal.domain.errors import InvalidValue
from renewal.office import checking
from renewal.office.checking import Found
from renewal.services import Services
from renewal.sms.provider import Provider as Sender
from renewal.store.audit import Report, verify
from renewal.store.database import Database
from renewal.store.head import Head
from renewal.verification import Provider
from renewal.wire.trouble import ProviderTrouble, said

KEEP = """请保留现在的数据库文件，不要继续操作，并联系系统管理员。
怎么处理见日常运行手册（docs/operations.zh-CN.md）的“检查发现问题”。"""
FACE = ("密钥可用，没有发起核验。", "人脸核身现在用不了，申请人可以用其他方式核验。")
SMS = ("密钥和验证码模板可用，没有发送短信。", "短信现在发不出去，其他功能不受影响。")
"""Said of a provider that works, and of one that does not."""


def init_app(app: Flask, services: Services) -> None:
    database = services.database
    audit = AppGroup("audit", help="The log of all that was done.")

    @app.cli.command("check")
    @click.argument("remembered", required=False, type=_head)
    def check(remembered: Head | None) -> None:
        """Inspect database, keys, event log and machine. REMEMBERED is the log's head, as NUMBER:HASH, that an
        earlier check printed. Ends with 1 when something is broken."""
        _require(database)
        with told(database):
            found = list(checking.database(services))
            report = verify(database, services.sealer, remembered)
            found += [] if report.findings else checking.machine(services)
        _end(report, found)
        _check_providers(services)

    @audit.command("verify")
    @click.argument("remembered", required=False, type=_head)
    def audit_verify(remembered: Head | None) -> None:
        """Verify the event log, and nothing else. REMEMBERED is as for `check`."""
        _require(database)
        with told(database):
            report = verify(database, services.sealer, remembered)
        _end(report, [])

    app.cli.add_command(audit)


def _check_providers(services: Services) -> None:
    """Whether their credentials are good: begins no check of a face and sends nothing."""
    asked = ((services.face, FACE), (services.sms, SMS))
    good = [_is_good(provider, *words) for provider, words in asked if provider]
    if not all(good):
        raise SystemExit(1)


def _is_good(provider: Provider | Sender, good: str, bad: str) -> bool:
    try:
        provider.check()
    except ProviderTrouble as trouble:
        click.echo(f"{said(provider.label, str(trouble))}。{bad}")
        return False
    click.echo(f"{provider.label}：{good}")
    return True


def _require(database: Database) -> None:
    if not database.holds_data():  # opened, it would be made
        raise click.ClickException("没有找到数据库：请核对数据文件夹的设置，或从备份恢复后再检查。")


def _end(report: Report, found: list[Found]) -> None:
    click.echo(f"办件日志共{report.count}条，末端：{report.head}")
    problems = [each.text for each in found if each.problem] + [finding.text for finding in report.findings]
    for each in found:
        if not each.problem:
            click.echo(f"请注意：{each.text}")
    for text in problems:
        click.echo(f"有问题：{text}")
    if problems:
        click.echo(KEEP)
        raise SystemExit(1)
    click.echo("日志完整，各办件的状态与日志相符。请抄下末端，与备份分开保存，下次检查时写在命令后面。")


def _head(text: str) -> Head:
    try:
        return Head.typed(text)
    except InvalidValue as problem:
        raise click.BadParameter(str(problem)) from problem
