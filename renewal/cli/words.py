"""What a command cannot do is said in a sentence, and no connection stays open."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from renewal.domain.errors import InvalidValue
from renewal.store.database import Database, Unreadable


@contextmanager
def told(database: Database) -> Iterator[None]:
    try:
        yield
    except InvalidValue as problem:
        raise click.ClickException(str(problem)) from problem
    except Unreadable as trouble:
        raise click.ClickException(
            f"数据库打不开、没有响应或不能写入，请运行 flask --app wsgi check 查明原因。（{trouble}）"
        ) from trouble
    finally:
        database.close()
