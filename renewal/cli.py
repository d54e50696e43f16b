"""Commands: thin wrappers over plain functions. `flask --app wsgi COMMAND`."""

import click
from flask import Flask

from renewal.store.database import Database


def init_app(app: Flask, database: Database) -> None:
    @app.cli.command("setup")
    def setup() -> None:
        """Make the keys at the first start and bring the database up to date. Run once, before the workers."""
        for name in database.migrate():
            click.echo(f"migrated: {name}")
        database.close()
