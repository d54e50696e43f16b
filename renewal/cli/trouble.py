"""A database that a command cannot use is said in one line, for every command in one place."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

import click

from renewal.store.trouble import DatabaseUnfit, Unavailable, said


def say_trouble_in_words(group: click.Group) -> None:
    """Of all commands that the group has by now."""
    for command in _commands(group):
        if command.callback:
            command.callback = _in_words(command.callback)


def _commands(group: click.Group) -> Iterator[click.Command]:
    for command in group.commands.values():
        if isinstance(command, click.Group):
            yield from _commands(command)
        else:
            yield command


def _in_words(callback: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(callback)
    def run(*arguments: Any, **options: Any) -> Any:
        try:
            return callback(*arguments, **options)
        except Unavailable as trouble:
            raise click.ClickException(said(trouble)) from trouble
        except DatabaseUnfit as unfit:
            raise click.ClickException(str(unfit)) from unfit

    return run
