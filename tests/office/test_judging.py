"""What keeps a case from being decided among others."""

import pytest

from renewal.journey import submission
from renewal.office import deciding, judging
from renewal.office.identifying import compare_selfie
from tests.casework import confirmed, ready
from tests.factories import answer, attach, person, portrait_jpeg, submit, submitted
from tests.staffing import staffed


@pytest.fixture
def wang(services):
    return staffed(services, "王科员")


def test_a_case_that_was_seen_and_confirmed_is_clean(services, wang):
    assert judging.doubts(services, ready(services, wang)) == []


def test_what_is_missing_is_told_all_at_once(services):
    case = submitted(services, person(1))
    submitted(services, person(1), owner="another phone")
    case = services.applications.get(case.id)
    assert judging.doubts(services, case) == [judging.CONFLICT, judging.NOT_SEEN, judging.NOT_CONFIRMED]


def test_a_finding_in_a_picture_is_for_a_clerk_to_weigh(services, wang):
    case = confirmed(services, method="selfie")
    compare_selfie(services, case, case.version, wang, same=True)
    (found,) = judging.doubts(services, case)
    assert found.startswith("一寸白底免冠照：这张照片与核验时的自拍是同一张")


def test_a_selfie_that_went_without_being_compared_proves_nothing(services):
    case = confirmed(services, method="selfie")
    services.attachments.remove(case.draft_id, "selfie")
    assert judging.hindrances(services, case) == [judging.NO_SELFIE]


def test_who_looked_last_is_believed(services, wang):
    case = confirmed(services, method="selfie")
    compare_selfie(services, case, case.version, wang, same=False)
    assert judging.hindrances(services, case) == [judging.SOMEBODY_ELSE]


def test_a_confirmation_does_not_cover_what_was_not_confirmed(services, wang):
    """Another employer, corrected after the first one spoke, has said nothing yet."""
    case = ready(services, wang)
    back = deciding.give_for_correction(services, case, case.version, wang, {"employer": "请填写全称。"})
    draft = submission.reopen(services, back)
    draft = answer(services, draft, "details", {**person(1).details, "employer": "历下工程监理有限公司"})
    again = submit(services, answer(services, draft, "commitment", {"commitment": "yes"}))
    assert judging.lacks_confirmation(services, again)


def test_one_that_still_holds_does(services, wang):
    case = ready(services, wang)
    back = deciding.give_for_correction(services, case, case.version, wang, {"portrait": "请重拍。"})
    again = submit(services, attach(services, submission.reopen(services, back), "portrait", portrait_jpeg()))
    assert not judging.lacks_confirmation(services, again)
