"""What a command cannot do is said in one line, for every command in one place."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import click

from renewal.domain.errors import InvalidValue
from renewal.store.database import Database, Unreadable
from renewal.store.trouble import DatabaseUnfit, Unavailable, said

DAMAGED = "数据库文件已损坏，请运行 flask --app wsgi check 查明原因，或从备份恢复。（{}）"


@contextmanager
def told(database: Database) -> Iterator[None]:
    """As `say_trouble_in_words`, and no connection stays open."""
    try:
        with _in_words():
            yield
    finally:
        database.close()


def say_trouble_in_words(group: click.Group) -> None:
    """Of all commands that the group has by now."""
    for command in _commands(group):
        if command.callback:
            command.callback = _spoken(command.callback)


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except Unavailable as trouble:
        raise click.ClickException(said(trouble)) from trouble
    except Unreadable as damaged:
        raise click.ClickException(DAMAGED.format(damaged)) from damaged
    except (DatabaseUnfit, InvalidValue) as problem:
        raise click.ClickException(str(problem)) from problem


def _commands(group: click.Group) -> Iterator[click.Command]:
    for command in group.commands.values():
        if isinstance(command, click.Group):
            yield from _commands(command)
        else:
            yield command


def _spoken(callback: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(callback)
    def run(*arguments: Any, **options: Any) -> Any:
        with _in_words():
            return callback(*arguments, **options)

    return run
