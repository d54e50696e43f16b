"""`demo`: an office to look at, in a database of its own."""

import click
from flask import Flask

from renewal.cli.staff import spoken
from renewal.office import second_factor
from renewal.services import Services

HOW = """演示数据已经填好：200件申请，姓名、单位、号码都是编造的，照片和签名都是画的。
到 /office/ 登录，填用户名、密码和6位验证码；otpauth 地址可导入手机验证器，也可以在电脑上这样看验证码：
  .venv/bin/python -c "import pyotp; print(pyotp.parse_uri('otpauth://…').now())"
"""
ROLES = {"clerk": "经办人", "administrator": "管理员", "auditor": "审计员"}


def init_app(app: Flask, services: Services) -> None:
    @app.cli.command("demo")
    def demo() -> None:
        """Fill an empty database with 200 made-up cases; prints how to sign in."""
        from renewal.demo import filling  # a floor of its own, which no server has to load

        with spoken(services):
            given = filling.fill(services)
            click.echo(HOW)
            for each in given:
                click.echo(f"{ROLES[each.member.role]}  username: {each.member.name}")
                click.echo(f"password: {each.password}")
                click.echo(f"{second_factor.address(each.member, services.office.issuer)}\n")
