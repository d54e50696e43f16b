from dataclasses import replace
from datetime import timedelta

import pytest

from renewal.store import models
from renewal.store.sealed import Unsealable
from renewal.store.submissions import Submission
from tests.factories import NOON, person, stored, submitted

PICTURES = {"portrait": b"\xff\xd8 face", "signature": b"hand"}


@pytest.fixture
def case(services):
    """An application with two submissions."""
    application = submitted(services, person(1))
    services.submissions.freeze(
        application.id, application.draft_id, 1, {"details": {"school": "青岛理工大学"}}, PICTURES, NOON
    )
    return application


def test_each_submission_comes_back_as_it_was_frozen(services, case):
    first, second = services.submissions.of(case.id)
    assert (first.position, first.answers) == (0, case.answers)
    assert (second.position, second.answers, second.submitted_at) == (1, {"details": {"school": "青岛理工大学"}}, NOON)
    assert services.submissions.pictures(case.id, 1) == PICTURES
    assert set(services.submissions.pictures(case.id, 0)) == {"portrait", "signature", "signature_white"}


def test_what_was_never_handed_in_is_empty(services):
    assert services.submissions.of(1) == []
    assert services.submissions.pictures(1, 0) == {}


def test_nothing_lies_there_in_plain(services, case):
    assert all(b"school" not in bytes(row.answers) for row in stored(services, models.Submission))
    assert all(b"face" not in bytes(row.sealed) for row in stored(services, models.SubmissionPicture))


def test_a_picture_of_another_submission_does_not_open(services, case):
    first, second = stored(services, models.Submission)
    mine = models.SubmissionPicture.submission == second.id
    services.database.run(models.SubmissionPicture.delete().where(mine))
    services.database.run(models.SubmissionPicture.update(submission=second.id))
    with pytest.raises(Unsealable):
        services.submissions.pictures(case.id, 1)
    assert first.answers != second.answers


def test_a_picture_does_not_open_as_one_of_another_kind(services, case):
    row = models.SubmissionPicture
    services.database.run(row.delete().where(row.kind == "signature"))
    services.database.run(row.update(kind="signature").where(row.kind == "portrait"))
    with pytest.raises(Unsealable):
        services.submissions.pictures(case.id, 1)


# The digest that the log holds.


def test_the_event_of_a_submission_holds_the_digest_of_what_was_frozen(services, case):
    first, _ = services.submissions.of(case.id)
    (event,) = services.applications.events(case.id)
    pictures = services.submissions.pictures(case.id, 0)
    assert event.evidence == services.submissions.digest(case.id, case.draft_id, first, pictures)


def test_whatever_is_different_has_another_digest(services, case):
    first, _ = services.submissions.of(case.id)
    others = [
        (2, "d", first, PICTURES),
        (1, "e", first, PICTURES),
        (1, "d", replace(first, position=1), PICTURES),
        (1, "d", replace(first, answers={}), PICTURES),
        (1, "d", replace(first, submitted_at=NOON + timedelta(microseconds=1)), PICTURES),
        (1, "d", first, PICTURES | {"portrait": b"another"}),
        (1, "d", first, {}),
    ]
    digests = {services.submissions.digest(*other) for other in [(1, "d", first, PICTURES), *others]}
    assert len(digests) == 8


def test_answers_that_are_no_text_at_all_have_a_digest(services):
    odd = Submission(0, {"name": "\ud800"}, NOON)
    assert len(services.submissions.digest(1, "d", odd, {})) == 64
