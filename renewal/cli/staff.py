"""`staff add | list | reset | disable | enable`, for whoever has a shell on the machine."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import Flask
from flask.cli import AppGroup

from renewal.cli.trouble import told
from renewal.domain.credentials import username
from renewal.domain.errors import InvalidValue
from renewal.office import accounts, second_factor
from renewal.office.accounts import Given
from renewal.office.acts import COMMAND
from renewal.services import Services
from renewal.store.staff import Member, Role

HINT = "请交给本人，只显示这一次：到 /office/ 用上面的初始密码登录。手机验证器扫不了的，手动输入密钥：{}"


def init_app(app: Flask, services: Services) -> None:
    staff = AppGroup("staff", help="Who works in the office.")

    @staff.command("add")
    @click.argument("name")
    @click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
    def add(name: str, role: str) -> None:
        """Add an account; prints its first password and the address for an authenticator app, once."""
        with spoken(services):
            _echo(accounts.add(services, name, Role(role), COMMAND), services)

    @staff.command("list")
    def show() -> None:
        """List the accounts: name, role, and whether they are disabled."""
        with spoken(services):
            for member in services.staff.list():
                click.echo("\t".join((member.name, member.role, *(["disabled"] if member.disabled else []))))

    @staff.command("reset")
    @click.argument("name")
    def reset(name: str) -> None:
        """Give an account a new first password and authenticator address; ends its sessions and its lock."""
        with spoken(services):
            _echo(accounts.reset(services, _found(services, name), COMMAND), services)

    @staff.command("disable")
    @click.argument("name")
    def disable(name: str) -> None:
        """Shut an account and end its sessions; its name stays with what it did."""
        with spoken(services):
            accounts.disable(services, _found(services, name), COMMAND)
        click.echo(f"已停用：{name}")

    @staff.command("enable")
    @click.argument("name")
    def enable(name: str) -> None:
        """Open a disabled account again."""
        with spoken(services):
            accounts.enable(services, _found(services, name), COMMAND)
        click.echo(f"已启用：{name}")

    app.cli.add_command(staff)


@contextmanager
def spoken(services: Services) -> Iterator[None]:
    """As `told`, and nothing begins before the database is there."""
    with told(services.database):
        if not services.database.holds_data() or services.database.pending():
            raise InvalidValue("数据库还没有准备好：请先运行 flask --app wsgi setup")
        services.key_check.check()
        yield


def _found(services: Services, name: str) -> Member:
    member = services.staff.by_name(username(name))
    if member is None:
        raise InvalidValue(f"没有叫“{name}”的用户；flask --app wsgi staff list 列出所有用户")
    return member


def _echo(given: Given, services: Services) -> None:
    click.echo(f"password: {given.password}")
    click.echo(second_factor.address(given.member, services.office.issuer))
    click.echo(HINT.format(given.member.totp_secret))
