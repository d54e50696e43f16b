import pytest
from peewee import IntegrityError

from renewal.store import models
from renewal.store.drafts import Draft
from renewal.store.sealed import Unsealable
from tests.factories import NOON, person, signature_png, stored


@pytest.fixture
def draft(services):
    return services.drafts.put(Draft("one"), NOON)


def test_a_picture_comes_back_as_it_was(services, draft):
    services.attachments.put(draft.id, "signature", signature_png(), NOON)
    assert services.attachments.get(draft.id, "signature") == signature_png()


def test_a_second_picture_of_a_kind_replaces_the_first(services, draft):
    services.attachments.put(draft.id, "portrait", b"first", NOON)
    services.attachments.put(draft.id, "portrait", b"second", NOON)
    assert services.attachments.get(draft.id, "portrait") == b"second"
    assert len(stored(services, models.Attachment)) == 1


def test_pictures_of_other_kinds_and_drafts_stay_apart(services, draft):
    other = services.drafts.put(Draft("other"), NOON)
    services.attachments.put(draft.id, "portrait", b"mine", NOON)
    services.attachments.put(draft.id, "signature", b"my hand", NOON)
    services.attachments.put(other.id, "portrait", b"theirs", NOON)
    assert services.attachments.get(draft.id, "portrait") == b"mine"
    assert services.attachments.get(draft.id, "signature") == b"my hand"
    assert services.attachments.get(other.id, "portrait") == b"theirs"
    assert services.attachments.get(other.id, "signature") is None


def test_a_removed_picture_is_gone_and_may_be_removed_again(services, draft):
    services.attachments.put(draft.id, "portrait", b"picture", NOON)
    services.attachments.put(draft.id, "signature", b"hand", NOON)
    services.attachments.remove(draft.id, "portrait")
    services.attachments.remove(draft.id, "portrait")
    assert services.attachments.get(draft.id, "portrait") is None
    assert services.attachments.get(draft.id, "signature") == b"hand"


def test_a_picture_copied_to_another_draft_does_not_open(services, draft):
    services.drafts.put(Draft("other"), NOON)
    services.attachments.put(draft.id, "portrait", b"picture", NOON)
    services.database.run(models.Attachment.update(draft="other"))
    with pytest.raises(Unsealable):
        services.attachments.get("other", "portrait")


def test_no_picture_without_its_draft(services):
    with pytest.raises(IntegrityError):
        services.attachments.put("no such draft", "portrait", b"picture", NOON)


def test_a_deleted_draft_takes_its_pictures_along(services, draft):
    services.attachments.put(draft.id, "portrait", person().name.encode(), NOON)
    services.database.run(models.Draft.delete())
    assert len(stored(services, models.Attachment)) == 0
