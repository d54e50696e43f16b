from datetime import timedelta

import pytest

from renewal.domain.application import Status
from renewal.journey.submission import reopen
from renewal.services import Services
from renewal.store.drafts import Draft
from renewal.store.models import Applicant, Attachment
from renewal.store.models import Draft as Row
from tests.factories import NOON, Clock, at_once, carry, moved, person, returned, stored, submitted

LATER = NOON + timedelta(days=91)


def gone(services: Services) -> tuple[int, int]:
    before = LATER - timedelta(days=90)
    return services.abandoned.delete(services.abandoned.drafts(before), before)


def test_a_draft_that_nobody_went_on_with_goes_with_its_pictures_and_its_registration(services: Services) -> None:
    carry(services, "commitment")
    assert gone(services) == (1, 1)
    assert [stored(services, table) for table in (Row, Attachment, Applicant)] == [[], [], []]


@pytest.mark.parametrize("step", ["register", "face", "notice", "attachments", "review"])
def test_however_far_it_came(services: Services, step: str) -> None:
    carry(services, step)
    assert gone(services)[0] == 1


def test_a_draft_saved_since_stays(services: Services, clock: Clock) -> None:
    clock.go_on(days=1)
    draft = carry(services, "commitment")
    assert gone(services) == (0, 0)
    assert services.drafts.find(draft.id) == draft


def test_what_was_typed_and_not_confirmed_counts_as_going_on(services: Services) -> None:
    draft = carry(services, "details")
    services.drafts.put_typed(draft, {"school": "青岛"}, LATER)
    assert gone(services) == (0, 0)


def test_a_draft_taken_up_since_it_was_found_stays(services: Services) -> None:
    draft = carry(services, "details")
    before = LATER - timedelta(days=90)
    found = services.abandoned.drafts(before)
    services.drafts.put(services.draft(draft.id), LATER)
    assert services.abandoned.delete(found, before) == (0, 0)


@pytest.mark.parametrize("status", list(Status))
def test_what_was_handed_in_stays_whatever_became_of_it(services: Services, status: Status) -> None:
    if status in (Status.DRAFT, Status.EXPIRED):
        return
    moved(services, submitted(services), status)
    assert gone(services) == (0, 0)


def test_a_draft_whose_case_is_open_for_correction_stays(services: Services) -> None:
    case = returned(services, submitted(services), portrait="照片不清")
    draft = reopen(services, case)
    assert not services.draft(draft.id).submitted
    assert gone(services) == (0, 0)


def test_two_that_delete_at_once_delete_it_once(services: Services) -> None:
    for serial in range(6):
        carry(services, "face", person(serial))
    assert sum(drafts for drafts, _ in at_once(services, *[lambda: gone(services)] * 3)) == 6


def test_a_draft_that_is_damaged_goes_too(services: Services) -> None:
    draft = carry(services, "face")
    services.database.run(Row.update(answers=b"x").where(Row.id == draft.id))
    assert gone(services) == (1, 0)


def test_a_draft_of_nobody_goes(services: Services) -> None:
    services.drafts.put(Draft("empty"), NOON)
    assert gone(services) == (1, 0)
