"""Commands: thin wrappers over plain functions. `flask --app wsgi COMMAND`."""

import click
from flask import Flask

from renewal.cli import backup, check, copy_to, demo, keys, purge, roster, staff
from renewal.cli.rescue import Rescue
from renewal.cli.trouble import say_trouble_in_words, told
from renewal.documents.fonts import NO_FONT
from renewal.office import setting_up
from renewal.services import Services
from renewal.store.first_release import FirstRelease

__all__ = ["Rescue", "init_app"]


def init_app(app: Flask, services: Services, address: str, roster_bytes: int) -> None:
    """`address` is where it is reached, empty if not set, and `roster_bytes` how large a roster may be."""
    database, sealer = services.database, services.sealer

    @app.cli.command("setup")
    def setup() -> None:
        """Make the keys at the first start and bring the database up to date. Run once, before the workers."""
        with told(database):
            for name in database.migrate():
                click.echo(f"migrated: {name}")
            services.key_check.settle()
            carried = FirstRelease(database, sealer).carry_over()
            token = setting_up.token(services)
        if carried:
            click.echo(f"brought over from the first release: {carried}")
        if not services.fonts.there:
            click.echo(NO_FONT)
        if token:
            click.echo(f"还没有管理员，请打开一次性链接设置：{address or '本系统的网址加上 '}/office/setup/{token}")

    check.init_app(app, services)
    if services.volume:
        backup.init_app(app, services, services.volume)
        keys.init_app(app, services, services.volume)
    purge.init_app(app, services)
    staff.init_app(app, services)
    demo.init_app(app, services)
    roster.init_app(app, services, roster_bytes)
    copy_to.init_app(app, services)
    say_trouble_in_words(app.cli)
