from dataclasses import replace
from datetime import timedelta

from renewal.domain.application import Status
from renewal.store import models
from renewal.store.employer_links import LinkKey
from tests.factories import NOON, at_once, moved, stored
from tests.store.cases import PICTURES, drafted, submit

LATER = NOON + timedelta(days=3)


def test_the_first_link_of_a_handing_in_needs_no_row_and_lasts_a_fortnight_from_it(services):
    link = services.employer_links.current(application := submit(services))
    assert (link.key, link.made_at) == (LinkKey(application.id, 0, 0), NOON)
    assert link.ends_at == NOON + timedelta(days=14)
    assert stored(services, models.EmployerLink) == []


def test_another_one_takes_its_place_and_lasts_from_then_on(services):
    application = submit(services)
    services.employer_links.renew(application, 0, LATER)
    link = services.employer_links.current(application)
    assert link.key.serial > 0
    assert link.ends_at == LATER + timedelta(days=14)


def test_a_second_tap_on_the_same_page_makes_no_second_one(services):
    application = submit(services)
    at_once(services, *[lambda: services.employer_links.renew(application, 0, LATER)] * 3)
    assert len(stored(services, models.EmployerLink)) == 1


def test_each_case_has_links_of_its_own(services):
    one, other = submit(services, "a"), submit(services, "b")
    services.employer_links.renew(one, 0, LATER)
    assert services.employer_links.current(other).key == LinkKey(other.id, 0, 0)


def test_what_is_handed_in_again_is_asked_about_by_a_link_of_its_own(services):
    draft = drafted(services)
    application = services.intake.submit(draft, PICTURES, NOON)
    services.employer_links.renew(application, 0, NOON)
    returned = moved(services, application, Status.RETURNED)
    again = services.intake.submit(replace(draft, version=1), PICTURES, LATER)
    link = services.employer_links.current(again)
    assert (link.key, link.made_at) == (LinkKey(returned.id, 1, 0), LATER)
