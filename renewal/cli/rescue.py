"""What is left of the commands when no key is there to start with: `keys restore`."""

from collections.abc import Callable
from datetime import datetime

import click
from flask.cli import AppGroup

from renewal.cli import keys
from renewal.store.volume import Volume


class Rescue(AppGroup):
    """Any other command ends with `words`."""

    def __init__(self, words: str, volume: Volume, now: Callable[[], datetime]) -> None:
        group = AppGroup("keys", help="The keys that open personal data.")
        group.add_command(keys.restoring(volume, now))
        super().__init__("renewal", commands=[group])
        self._words = words

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        found = super().get_command(ctx, cmd_name)
        if found is None:
            raise click.ClickException(self._words)
        return found
