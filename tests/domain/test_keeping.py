import pytest

from renewal.domain.application import OPEN, Status
from renewal.domain.keeping import Keep, kept_because

KEPT = {Status.APPROVED: Keep.DECIDED, Status.DECLINED: Keep.DECIDED, Status.NOT_TAKEN: Keep.NOT_TAKEN}


@pytest.mark.parametrize("status", sorted(OPEN))
def test_what_is_in_hand_is_needed(status: Status) -> None:
    assert kept_because(status, was_accepted=False) is Keep.OPEN


@pytest.mark.parametrize(("status", "because"), KEPT.items())
def test_the_file_of_a_permit_is_kept(status: Status, because: Keep) -> None:
    assert kept_because(status, was_accepted=True) is because


def test_what_was_withdrawn_before_the_office_accepted_it_may_go() -> None:
    assert kept_because(Status.WITHDRAWN, was_accepted=False) is None
    assert kept_because(Status.WITHDRAWN, was_accepted=True) is Keep.ACCEPTED


@pytest.mark.parametrize("keep", Keep)
def test_every_reason_is_said_in_sentences(keep: Keep) -> None:
    assert keep.value.startswith("这件")
    assert keep.value.endswith("。")
