"""`purge`: the daily deletion now, or what it would delete."""

from collections.abc import Mapping

import click
from flask import Flask

from renewal.cli.staff import spoken
from renewal.office import purging
from renewal.services import Services


def init_app(app: Flask, services: Services) -> None:
    @app.cli.command("purge")
    @click.option("--dry-run", is_flag=True, help="Say what would go, and delete nothing.")
    def purge(dry_run: bool) -> None:
        """Delete what is kept no longer: abandoned drafts, unused avatars, compared selfies, cases after their time."""
        with spoken(services):
            if dry_run:
                _echo("现在会删除", purging.due(services))
            else:
                _echo("已删除", purging.purge(services))


def _echo(how: str, counts: Mapping[str, int]) -> None:
    words = purging.said(counts)
    click.echo(f"{how}：{words}" if words else "没有到期的数据。")
