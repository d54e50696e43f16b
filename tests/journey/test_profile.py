import pytest

from renewal.journey.form_input import Invalid
from renewal.journey.profile import keep_avatar, remove_avatar
from renewal.store.models import Avatar
from tests.factories import portrait_jpeg, stored
from tests.images.pictures import opened
from tests.naughty import is_sentence


def test_a_photo_becomes_a_small_square(services):
    kept = opened(services.people.avatar(keep_avatar(services, "a phone", portrait_jpeg())))
    assert (kept.size, kept.format) == ((96, 96), "JPEG")


@pytest.mark.parametrize("data", [b"", b"<svg/>", portrait_jpeg()[:1000]], ids=["empty", "svg", "cut"])
def test_what_is_no_photo_is_refused_in_words_and_not_kept(services, data):
    with pytest.raises(Invalid) as refused:
        keep_avatar(services, "a phone", data)
    assert set(refused.value.errors) == {"avatar_file"}
    assert is_sentence(refused.value.errors["avatar_file"])
    assert len(stored(services, Avatar)) == 0


def test_a_browser_has_one_photo_or_none(services):
    for _ in range(3):
        kept = keep_avatar(services, "a phone", portrait_jpeg())
    assert len(stored(services, Avatar)) == 1
    remove_avatar(services, kept)
    assert len(stored(services, Avatar)) == 0


def test_a_refused_photo_leaves_the_one_before(services):
    kept = keep_avatar(services, "a phone", portrait_jpeg())
    with pytest.raises(Invalid):
        keep_avatar(services, "a phone", b"<svg/>")
    assert services.people.avatar(kept)
