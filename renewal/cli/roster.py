"""`roster import FILE [--commit]`, for whoever has a shell on the machine."""

from collections.abc import Iterator
from pathlib import Path
from typing import IO

import click
from flask import Flask
from flask.cli import AppGroup

from renewal.cli.staff import spoken
from renewal.documents.table import csv_file
from renewal.domain.errors import InvalidValue
from renewal.office.acts import COMMAND
from renewal.office.rostering import importing
from renewal.office.rostering.faults import table
from renewal.office.rostering.preparing import prepare
from renewal.services import Services
from renewal.store.roster_imports import Import, State

TOLD = 20
UNKNOWN = "认不出这几列：{names}。请把文件里的列名改成这些字，或在网页“名册”里选择。"


def init_app(app: Flask, services: Services, most: int) -> None:
    """`most` is how many bytes a file may have."""
    roster = AppGroup("roster", help="Who is registered.")

    @roster.command("import")
    @click.argument("file", type=click.File("rb"))
    @click.option("--commit", is_flag=True, help="Make it the roster; without it nothing is changed.")
    @click.option("--errors", type=click.Path(path_type=Path), help="Where to write what is wrong, row by row (CSV).")
    def bring_in(file: IO[bytes], commit: bool, errors: Path | None) -> None:
        """Read a roster (XLSX or CSV), tell what it would change, and with --commit take it."""
        with spoken(services):
            one = _read(services, file, most)
            try:
                _tell(services, one, errors)
                if commit:
                    importing.confirm(services, one.id, COMMAND, without_wrong=True)
                    click.echo("已导入。")
            finally:
                _leave(services, one)

    app.cli.add_command(roster)


def _read(services: Services, file: IO[bytes], most: int) -> Import:
    importing.check_size(file.seek(0, 2), most)
    one = importing.receive(services, Path(file.name).name, COMMAND)
    try:
        prepare(importing.workshop(services), importing.received(services, one), file)
    except BaseException:  # whoever stops it by hand leaves nothing behind either
        _leave(services, one)
        raise
    return services.roster_imports.get(one.id)


def _tell(services: Services, one: Import, errors: Path | None) -> None:
    if one.state is State.UNMAPPED:
        raise InvalidValue(UNKNOWN.format(names="、".join(importing.missing_columns(one))))
    if errors:
        errors.write_bytes(b"".join(csv_file(table(services, one.id))))
    for row in _first(services, one):
        click.echo(row, err=True)
    if one.state is State.FAILED:
        raise InvalidValue(one.message)
    click.echo(importing.told(one))


def _first(services: Services, one: Import) -> Iterator[str]:
    """As many as one looks at."""
    shown = 0
    for page in services.roster_rows.faults(one.id):
        for fault in page:
            if shown == TOLD:
                yield "……（其余见 --errors 的文件）"
                return
            shown += 1
            yield f"第{fault.line}行：" + "；".join(f"{label}：{why}" for label, _, why in fault.problems)


def _leave(services: Services, one: Import) -> None:
    """Nothing waits to be confirmed."""
    if services.roster_imports.get(one.id).state is not State.CURRENT:
        importing.give_up(services, one.id, COMMAND)
    services.roster_rows.sweep()
