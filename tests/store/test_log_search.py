from datetime import timedelta

import pytest

from renewal.domain.application import Status
from renewal.store import log_search
from renewal.store.log_search import Wanted
from tests.factories import CLERK, NOON, moved, person, submitted


@pytest.fixture
def cases(services, clock):
    """Eight rows: two cases handed in, an hour later one approved, after another one read and a clerk gone."""
    first, second = (submitted(services, person(serial)) for serial in (1, 2))
    clock.go_on(hours=1)
    moved(services, first, Status.APPROVED)
    clock.go_on(hours=1)
    services.log(CLERK, "read_case", second.number)
    services.log(CLERK, "sign_out", "王科员")
    return first, second


def sequences(services, **wanted) -> list[int]:
    return [entry.sequence for entry in services.log_search.newest(Wanted(**wanted), None, 50)]


def test_the_newest_come_first_and_a_page_goes_on_where_the_last_one_ended(services, cases):
    assert sequences(services) == [6, 5, 4, 3, 2, 1]
    pages = [services.log_search.newest(Wanted(), before, 4) for before in (None, 3)]
    assert [[entry.sequence for entry in page] for page in pages] == [[6, 5, 4, 3], [2, 1]]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"since": NOON + timedelta(hours=1)}, [6, 5, 4, 3]),
        ({"until": NOON + timedelta(hours=1)}, [2, 1]),
        ({"since": NOON + timedelta(hours=1), "until": NOON + timedelta(hours=2)}, [4, 3]),
        ({"who": "科员"}, [6, 5, 4, 3]),
        ({"who": "%"}, []),
        ({"action": "move"}, [4, 3, 2, 1]),
        ({"action": "move", "target": "approved"}, [4]),
        ({"action": "sign_out"}, [6]),
        ({"subject": "王科员"}, [6]),
        ({"subject": "YX"}, []),
        ({"who": "申请人", "until": NOON}, []),
    ],
    ids=str,
)
def test_what_is_not_wanted_stays_away(services, cases, wanted, found):
    assert sequences(services, **wanted) == found


def test_a_cases_number_finds_its_moves_and_who_read_it(services, cases):
    first, second = cases
    assert sequences(services, subject=first.number) == [4, 3, 1]
    assert sequences(services, subject=second.number) == [5, 2]


def test_an_entry_says_of_what_it_is(services, cases):
    of_nobody, read, approved, *_ = services.log_search.newest(Wanted(), None, 3)
    assert of_nobody.subject == "王科员"
    assert (read.subject, read.actor, read.action) == (cases[1].number, CLERK, "read_case")
    assert (approved.subject, approved.target) == (cases[0].number, "approved")
    assert approved.hash == services.applications.events(cases[0].id)[-1].hash


def test_all_of_it_comes_in_pages_up_to_the_end_that_was_asked_for(services, cases, monkeypatch):
    monkeypatch.setattr(log_search, "PAGE", 2)
    pages = services.log_search.all_until(Wanted(), 5)
    first = next(pages)
    services.log(CLERK, "sign_in", "王科员")  # meanwhile
    assert [[entry.sequence for entry in page] for page in [first, *pages]] == [[1, 2], [3, 4], [5]]
    of_clerk = services.log_search.all_until(Wanted(who="科员"), 7)
    assert [entry.sequence for page in of_clerk for entry in page] == [3, 4, 5, 6, 7]
