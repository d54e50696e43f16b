"""`copy-to`: from one file to a PostgreSQL, for an office that outgrows one container."""

import click
from flask import Flask

from renewal.cli.staff import spoken
from renewal.services import Services
from renewal.store.copying import copy
from renewal.store.database import Database

DONE = "请把 DATABASE_URL 改成新的地址再启动；密钥文件夹照旧使用。确认无误前，请保留原来的数据文件。"


def init_app(app: Flask, services: Services) -> None:
    @app.cli.command("copy-to")
    @click.argument("database_url")
    def copy_to(database_url: str) -> None:
        """Copy everything into the empty database DATABASE_URL and compare it there. The office's server is stopped."""
        target = Database(database_url)
        with spoken(services), services.database.nobody_else():
            try:
                copied = copy(services.database, target, services.sealer)
            finally:
                target.close()
        for name, count in copied.rows.items():
            click.echo(f"{name}\t{count}")
        click.echo(f"已全部搬到新数据库，逐表核对相同，办件日志完整，末端：{copied.head}")
        click.echo(DONE)
