"""备注 stay among the staff, and who reads a case is on record."""

import pytest

from renewal.domain.errors import InvalidValue
from renewal.office import notes
from renewal.office.acts import Action
from renewal.office.reading import read
from tests.casework import confirmed, now
from tests.factories import person
from tests.staffing import staffed


@pytest.fixture
def wang(services):
    return staffed(services, "王科员")


@pytest.fixture
def case(services):
    return confirmed(services)


def test_the_newest_note_comes_first_with_who_wrote_it(services, case, wang, clock):
    notes.add(services, case, wang, "电话打不通")
    clock.go_on(minutes=5)
    notes.add(services, case, staffed(services, "赵科员"), "下午又打过，本人会来")
    assert [(note.author, note.text) for note in services.notes.of(case.id)] == [
        ("赵科员", "下午又打过，本人会来"),
        ("王科员", "电话打不通"),
    ]


def test_a_note_changes_nothing_of_the_case(services, case, wang):
    notes.add(services, case, wang, "电话打不通")
    assert now(services, case) == case
    assert len(services.applications.events(case.id)) == 2


@pytest.mark.parametrize("text", ["", " \n ", "。。", "字" * 501])
def test_an_empty_note_is_refused_in_words(services, case, wang, text):
    with pytest.raises(InvalidValue):
        notes.add(services, case, wang, text)
    assert services.notes.of(case.id) == []


def reads(services, case) -> list[str]:
    return [act.actor.name for act in services.event_log.acts(case.number) if act.action == Action.READ_CASE]


def test_reading_a_case_is_logged_before_it_is_shown(services, case, wang):
    assert read(services, wang, case.number) == case
    assert reads(services, case) == ["王科员"]


def test_once_an_hour_for_each_who_reads_and_each_case(services, case, wang, clock):
    other = confirmed(services, person(2))
    zhao = staffed(services, "赵科员")
    for member in (wang, zhao, wang):
        read(services, member, case.number)
    read(services, wang, other.number)
    assert (reads(services, case), reads(services, other)) == (["王科员", "赵科员"], ["王科员"])
    clock.go_on(minutes=59)
    read(services, wang, case.number)
    clock.go_on(minutes=1)
    read(services, wang, case.number)
    assert reads(services, case) == ["王科员", "赵科员", "王科员"]


def test_a_number_that_is_none_is_read_by_nobody(services, wang):
    assert read(services, wang, "YX20260615999999") is None
    assert services.event_log.acts("YX20260615999999") == []
