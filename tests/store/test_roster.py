"""Who is registered is found by number, and by the day a registration ends."""

from datetime import timedelta

import pytest

from renewal.domain.application import Status
from renewal.store.roster import PAGE, Order, expiring_within
from renewal.store.sealed import Unsealable
from tests.engines import about_sqlites_file, execute
from tests.factories import NOON, moved, person, submitted
from tests.rosters import file, imported, row

ASKED = expiring_within(90, NOON)


def numbers(services, asked=ASKED, page=1) -> list[str]:
    return [one.record["id_number"] for one in services.roster.page(asked, page)]


def test_nobody_is_registered_while_there_is_no_roster(services) -> None:
    assert not services.roster.exists()
    assert services.roster.person(person(1).id_number) is None
    assert services.roster.count(ASKED) == 0


@pytest.mark.parametrize(("days", "listed"), [(-1, False), (0, True), (90, True), (91, False)])
def test_the_first_and_the_last_day_belong_to_the_list(services, days: int, listed: bool) -> None:
    imported(services, file(row(person(0), days)))
    assert (services.roster.count(ASKED), len(numbers(services))) == (listed, listed)


@pytest.mark.parametrize("status", list(Status)[1:-1])
def test_who_has_a_case_open_or_granted_has_applied(services, status: Status) -> None:
    imported(services, file(row(person(0))))
    case = submitted(services, person(0))
    if status in (Status.SUBMITTED, Status.ACCEPTED, Status.APPROVED, Status.RETURNED, Status.EMPLOYER_DECLINED):
        moved(services, case, status)
        assert services.roster.count(ASKED) == 0


def test_the_renewal_before_does_not_count(services) -> None:
    imported(services, file(row(person(0), 800)))
    moved(services, submitted(services, person(0)), Status.APPROVED)
    later = expiring_within(90, NOON + timedelta(days=760))
    assert services.roster.count(later) == 1


def test_pages_and_the_whole_are_the_same_people_in_order(services) -> None:
    imported(services, file(*(row(person(serial), 1 + serial % 7) for serial in range(PAGE + 9))))
    pages = numbers(services) + numbers(services, page=2)
    assert [one.record["id_number"] for each in services.roster.all(ASKED) for one in each] == pages
    assert len(set(pages)) == PAGE + 9
    turned = expiring_within(90, NOON, Order.LATEST)
    assert numbers(services, turned) + numbers(services, turned, 2) == pages[::-1]


def test_somebody_sealed_to_another_number_does_not_open(services) -> None:
    imported(services, file(row(person(0)), row(person(1))))
    execute(services.database, "UPDATE roster_person SET sealed = (SELECT MAX(sealed) FROM roster_person)")
    with pytest.raises(Unsealable):
        [services.roster.person(person(serial).id_number) for serial in range(2)]


@about_sqlites_file
def test_the_list_is_read_from_its_index(services) -> None:
    """300,000 people are not looked through for the few whose registration ends."""
    sql, values = services.roster._expiring(ASKED, services.roster._select().model.id).sql()
    plan = services.database.connection().execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
    assert "COVERING INDEX rosterperson_generation_id_valid_until" in plan[0][3] or "valid_until>" in plan[0][3]
