"""Who confirmed a number hears before the registration ends: three times, and not once it is applied for."""

from datetime import date, timedelta

import pytest

from renewal.domain.clock import china_day
from renewal.office.reminding import Registration, remind, stage, tell
from renewal.services import Services
from tests.doubles.sms import AliyunDouble
from tests.factories import Clock, carry, person
from tests.messaging import confirmed, reminded, rows, sending_by
from tests.rosters import imported, people

ME = person()


def in_days(services: Services, days: int) -> date:
    return china_day(services.now()) + timedelta(days=days)


def told(services: Services) -> list[str]:
    return [row.kind for row in rows(services)]


@pytest.mark.parametrize(
    ("days", "due"), [(91, None), (90, 90), (61, 90), (60, 60), (31, 60), (30, 30), (0, 30), (-1, None)]
)
def test_it_is_told_ninety_sixty_and_thirty_days_before(days: int, due: int | None) -> None:
    assert stage(days) == due


def test_each_stage_is_told_once_however_often_it_is_looked_at(services: Services, clock: Clock) -> None:
    confirmed(services, carry(services, "attachments"))
    until = in_days(services, 95)
    days = []
    for _ in range(100):
        days += [96 - len(days)] if tell(services, [Registration(ME.id_number, until)]) else []
        tell(services, [Registration(ME.id_number, until)])
        clock.go_on(days=1)
    said = [services.sealer.unseal_json(row.sealed, f"message:{row.key}") for row in rows(services)]
    assert said == [[ME.phone, {"days": str(number)}] for number in (90, 60, 30)]


def test_nobody_is_told_who_confirmed_no_number(services: Services) -> None:
    carry(services, "attachments")
    assert tell(services, [Registration(ME.id_number, in_days(services, 90))]) == 0


def test_the_roster_says_who_and_who_has_applied_is_left_alone(services: Services) -> None:
    office = sending_by(services, AliyunDouble())
    confirmed(office, carry(office, "attachments"))
    reminded(office, person(1))
    imported(office, people(3, days=45))
    assert remind(office) == {"messages": 1}
    assert told(office) == ["submitted", "expiring"]


def test_where_nobody_sends_nobody_is_told(services: Services) -> None:
    confirmed(services, carry(services, "attachments"))
    assert remind(services) == {}
