"""What somebody finds who takes the database file away without the keys."""

import pytest

from renewal.journey import submission
from renewal.journey.form_input import Invalid
from renewal.journey.profile import keep_avatar
from renewal.store import models
from renewal.store.keys import Keys
from renewal.store.sealed import Sealer, Unsealable
from tests.engines import about_sqlites_file, written
from tests.factories import VISITOR, answer, carry, person, portrait_jpeg, services_over, stored, submit

ME = person(1, name="欧阳春明")
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF"  # ten bytes: three stand in a sealed picture by chance, once in fifty runs
PLAIN = {"employer", "specialty_1", "specialty_2"}  # which firm and trade: an office filters by them
PICTURES = {"JPEG": JPEG, "PNG": b"\x89PNG\r\n", "Exif": b"Exif\0", "JFIF": b"JFIF\0"}


@pytest.fixture
def walked(services):
    """Everything a journey writes: an avatar, wrong and right details, pictures, a letter, an application."""
    keep_avatar(services, VISITOR.device, portrait_jpeg())
    draft = carry(services, "details", ME, "selfie")
    with pytest.raises(Invalid):
        answer(services, draft, "details", {**ME.details, "phone": "13800000001x"})
    draft = carry(services, "review", ME, "selfie")
    submission.withdraw(services, submit(services, draft))
    return draft


def test_no_word_of_anybody_and_no_picture_lies_there_in_plain(services, walked):
    found = written(services.database)
    assert sum(map(len, found.values())) > 40_000
    assert {"renewal.db-wal", "submission_picture"} & set(found)
    known = {name: text for name, text in ME.details.items() if len(text) > 3 and name not in PLAIN}
    known |= {
        "resume code": walked.answers["resume"],
        "address": "192.0.2.1",
        "visitor": VISITOR.address,
        "letter": "郑重承诺",
    }
    for content in found.values():
        for what, text in known.items():
            assert text.encode() not in content, what
            assert text.encode("unicode_escape") not in content, what
            assert text.encode("utf-16-le") not in content, what
        for what, magic in PICTURES.items():
            assert magic not in content, what


@about_sqlites_file
def test_nor_after_the_log_was_written_back(services, walked):
    services.database.close()
    (file,) = written(services.database).values()
    assert ME.id_number.encode() not in file
    assert ME.name.encode() not in file
    assert JPEG not in file


def test_the_columns_in_plain_are_known(services, walked):
    plain = {
        f"{table._meta.table_name}.{name}"
        for table in models.TABLES
        for name, field in table._meta.columns.items()
        if field.field_type in ("VARCHAR", "TEXT")
    }
    assert plain == {
        "avatar.id",
        "applicant.person_index",
        "draft.id",
        "draft.id_index",
        "draft.resume_index",
        "draft.history",
        "draft.owner_index",
        "attachment.kind",
        "attachment.draft_id",
        "staff.name",
        "staff.role",
        "staff.password_hash",
        "staff_session.id",
        "staff_session.address",
        "staff_session.agent",
        "application.number",
        "application.draft_id",
        "application.status",
        "application.id_index",
        "application.open_index",
        "application.head",
        "application.method",
        "attempt.key",  # a keyed hash
        "application.name_index",
        "application.phone_index",
        "application.name_mask",
        "application.id_mask",
        "application.employer",
        "application.specialty_1",
        "application.specialty_2",
        "application.deadline",
        "submission_picture.kind",
        "event.action",
        "event.actor_kind",
        "event.actor",
        "event.source",
        "event.target",
        "event.subject",  # a staff account or a case number
        "event.reason",
        "event.deadline",
        "event.day",
        "step_count.day",
        "step_count.step",
        "event.evidence",  # a keyed hash
        "event.previous_hash",
        "event.deletion",  # sealed, as text
        "event.hash",
        "lease.name",
        "lease.holder",
        "lease.trouble",
        "employer_answer.answer",
        "employer_answer.credit_code",
        "chain_head.hash",
        "chain_head.seal",
        "key_check.session_index",  # a keyed hash
        "note.author",
        "setting_version.saved",
        "setting_version.author",
        "confirmed_phone.draft_id",
        "confirmed_phone.phone_index",
        "phone_code.asked",  # a keyed hash of who and which number
        "phone_code.code",  # a keyed hash
        "message.kind",
        "message.key",
        "message.phone_index",
        "message.phone_mask",
        "message.link",
        "message.state",
        "message.reference",
        "message.trouble",
        "defect.field",
        "defect.reason",
        "face_order.id",
        "face_order.draft_id",
        "face_order.provider",
        "face_order.person_index",  # keyed hashes
        "face_order.browser_index",
        "face_order.state",
        "face_order.code",
        "roster_import.state",
        "roster_import.file_name",
        "roster_import.actor_kind",
        "roster_import.actor",
        "roster_import.message",
        "roster_person.id_index",
        "roster_person.digest",
        "roster_person.valid_until",
    }


def test_other_keys_open_nothing(walked, database_url, clock):
    thief = services_over(database_url, Keys.fresh(), clock)
    with pytest.raises(Unsealable):
        thief.draft(walked.id)
    with pytest.raises(Unsealable):
        thief.submissions.pictures(1, 0)
    with pytest.raises(Unsealable):
        thief.applications.of_draft(walked.id)
    assert not thief.people.knows(ME.name, ME.id_number)
    thief.database.close()


def test_after_a_key_is_added_everything_opens_and_what_is_new_needs_the_new_key(walked, database_url, keys, clock):
    rotated = Keys(keys.session, {**keys.sealing, 2: b"n" * 16}, keys.index)
    services = services_over(database_url, rotated, clock)
    assert services.applications.of_draft(walked.id).answers["details"] == ME.details
    assert services.submissions.pictures(1, 0)["portrait"].startswith(JPEG)
    assert services.people.knows(ME.name, ME.id_number)
    newer = carry(services, "details", ME)
    with pytest.raises(Unsealable):
        Sealer(keys).unseal(
            {row.id: row for row in stored(services, models.Draft)}[newer.id].answers, f"draft:{newer.id}"
        )
    services.database.close()
