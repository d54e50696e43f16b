"""Commands: thin wrappers over plain functions. `flask --app wsgi COMMAND`."""

import click
from flask import Flask

from renewal.cli import check, demo, purge, roster, staff
from renewal.documents.fonts import NO_FONT
from renewal.office import setting_up
from renewal.services import Services
from renewal.store.first_release import FirstRelease


def init_app(app: Flask, services: Services, address: str, roster_bytes: int) -> None:
    """`address` is where it is reached, empty if not set, and `roster_bytes` how large a roster may be."""
    database, sealer = services.database, services.sealer

    @app.cli.command("setup")
    def setup() -> None:
        """Make the keys at the first start and bring the database up to date. Run once, before the workers."""
        for name in database.migrate():
            click.echo(f"migrated: {name}")
        carried = FirstRelease(database, sealer).carry_over()
        if carried:
            click.echo(f"brought over from the first release: {carried}")
        if not services.fonts.there:
            click.echo(NO_FONT)
        token = setting_up.token(services)
        if token:
            click.echo(f"还没有管理员，请打开一次性链接设置：{address or '本系统的网址加上 '}/office/setup/{token}")
        database.close()

    check.init_app(app, services)
    purge.init_app(app, services)
    staff.init_app(app, services)
    demo.init_app(app, services)
    roster.init_app(app, services, roster_bytes)
