"""How far drafts came, as the office counts them."""

from datetime import date

from renewal.journey.reaching import NAMES
from renewal.journey.submission import reopen
from tests.factories import (
    answer,
    attach,
    carry,
    person,
    portrait_jpeg,
    returned,
    submit,
    submitted,
    take,
)

TODAY = date(2026, 6, 15)


def counted(services):
    return services.step_counts.since(TODAY)


def test_a_draft_is_counted_once_at_every_step_up_to_where_it_stands(services):
    carry(services, "details")
    assert counted(services) == dict.fromkeys(["verify", "register", "face", "notice", "details"], 1)


def test_one_that_is_submitted_came_all_the_way(services):
    submitted(services)
    assert counted(services) == dict.fromkeys(NAMES, 1)


def test_who_never_registers_is_counted_as_standing_there(services):
    carry(services, "register")
    assert counted(services) == {"verify": 1, "register": 1}


def test_who_is_registered_passes_that_step_and_is_not_missing_there(services):
    carry(services, "face")
    carry(services, "face")
    assert counted(services) == {"verify": 2, "register": 2, "face": 2}


def test_going_back_and_a_step_taken_again_count_nothing(services):
    draft = carry(services, "commitment")
    before = counted(services)
    draft = answer(services, draft, "details", person().details | {"school": "山东大学"})
    attach(services, draft, "portrait", portrait_jpeg())
    assert counted(services) == before


def test_a_correction_counts_nothing_once_more(services):
    case = returned(services, submitted(services), school="请写全称")
    before = counted(services)
    draft = reopen(services, case)
    draft = answer(services, draft, "details", person().details | {"school": "山东大学"})
    submit(services, take(services, draft, person()) if "commitment" not in draft.answers else draft)
    assert counted(services) == before


def test_a_name_mistyped_and_given_again_is_no_second_draft(services):
    draft = carry(services, "register", person(name="李春"))
    answer(services, draft, "verify", person().claim)
    assert counted(services) == {"verify": 1, "register": 1}


def test_another_person_in_the_same_browser_is_another_draft(services):
    draft = carry(services, "notice")
    answer(services, draft, "verify", person(1).claim)
    assert counted(services) == {"verify": 2, "register": 2, "face": 1, "notice": 1}
