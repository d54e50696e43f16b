"""Commands: thin wrappers over plain functions. `flask --app wsgi COMMAND`."""

import click
from flask import Flask

from renewal.cli import check, staff
from renewal.services import Services
from renewal.store.first_release import FirstRelease


def init_app(app: Flask, services: Services, issuer: str) -> None:
    """`issuer` names the office in authenticator apps."""
    database, sealer = services.database, services.sealer

    @app.cli.command("setup")
    def setup() -> None:
        """Make the keys at the first start and bring the database up to date. Run once, before the workers."""
        for name in database.migrate():
            click.echo(f"migrated: {name}")
        carried = FirstRelease(database, sealer).carry_over()
        if carried:
            click.echo(f"brought over from the first release: {carried}")
        database.close()

    check.init_app(app, services)
    staff.init_app(app, services, issuer)
