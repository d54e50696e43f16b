"""Rosters as offices get them, and how they come in."""

import csv
import io
from collections.abc import Sequence
from datetime import timedelta

from renewal.domain.clock import china_day
from renewal.domain.dates import show
from renewal.office.acts import COMMAND
from renewal.office.rostering import importing
from renewal.office.rostering.preparing import prepare
from renewal.services import Services
from renewal.store.roster_imports import Import
from tests.factories import NOON, Person, person

HEADING = ("姓名", "身份证号", "手机号", "注册专业", "聘用单位", "有效期至", "注册号")


def row(who: Person, days: int = 60, **other: str) -> tuple[str, ...]:
    """Somebody whose registration ends in so many days."""
    until = show(china_day(NOON) + timedelta(days=days))
    values = dict(
        zip(HEADING, (who.name, who.id_number, who.phone, "房屋建筑工程", "甲公司", until, "37001"), strict=True)
    )
    return tuple((values | other).values())


def file(*rows: Sequence[str], heading: Sequence[str] = HEADING) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([heading, *rows])
    return out.getvalue().encode()


def people(count: int, days: int = 60) -> bytes:
    return file(*(row(person(serial), days) for serial in range(count)))


def checked(services: Services, data: bytes) -> Import:
    """As after the dry run."""
    one = importing.received(services, importing.receive(services, "名册.csv", COMMAND))
    prepare(importing.workshop(services), one, io.BytesIO(data))
    return services.roster_imports.get(one.id)


def imported(services: Services, data: bytes) -> Import:
    return importing.confirm(services, checked(services, data).id, COMMAND, without_wrong=True)
