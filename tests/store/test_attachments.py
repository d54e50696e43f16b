import pytest
from peewee import IntegrityError

from renewal.store import models
from renewal.store.drafts import Draft
from renewal.store.sealed import Unsealable
from tests.factories import NOON, person, signature_png


@pytest.fixture
def draft(house):
    return house.drafts.put(Draft("one"), NOON)


def test_a_picture_comes_back_as_it_was(house, draft):
    house.attachments.put(draft.id, "signature", signature_png(), NOON)
    assert house.attachments.get(draft.id, "signature") == signature_png()


def test_a_second_picture_of_a_kind_replaces_the_first(house, draft):
    house.attachments.put(draft.id, "portrait", b"first", NOON)
    house.attachments.put(draft.id, "portrait", b"second", NOON)
    assert house.attachments.get(draft.id, "portrait") == b"second"
    assert models.Attachment.select().count() == 1


def test_pictures_of_other_kinds_and_drafts_stay_apart(house, draft):
    other = house.drafts.put(Draft("other"), NOON)
    house.attachments.put(draft.id, "portrait", b"mine", NOON)
    house.attachments.put(draft.id, "signature", b"my hand", NOON)
    house.attachments.put(other.id, "portrait", b"theirs", NOON)
    assert house.attachments.get(draft.id, "portrait") == b"mine"
    assert house.attachments.get(draft.id, "signature") == b"my hand"
    assert house.attachments.get(other.id, "portrait") == b"theirs"
    assert house.attachments.get(other.id, "signature") is None


def test_a_removed_picture_is_gone_and_may_be_removed_again(house, draft):
    house.attachments.put(draft.id, "portrait", b"picture", NOON)
    house.attachments.put(draft.id, "signature", b"hand", NOON)
    house.attachments.remove(draft.id, "portrait")
    house.attachments.remove(draft.id, "portrait")
    assert house.attachments.get(draft.id, "portrait") is None
    assert house.attachments.get(draft.id, "signature") == b"hand"


def test_a_picture_copied_to_another_draft_does_not_open(house, draft):
    house.drafts.put(Draft("other"), NOON)
    house.attachments.put(draft.id, "portrait", b"picture", NOON)
    models.Attachment.update(draft="other").execute()
    with pytest.raises(Unsealable):
        house.attachments.get("other", "portrait")


def test_no_picture_without_its_draft(house):
    with pytest.raises(IntegrityError):
        house.attachments.put("no such draft", "portrait", b"picture", NOON)


def test_a_deleted_draft_takes_its_pictures_along(house, draft):
    house.attachments.put(draft.id, "portrait", person().name.encode(), NOON)
    models.Draft.delete().execute()
    assert models.Attachment.select().count() == 0
