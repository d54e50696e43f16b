import pytest

from renewal.journey.answers import Invalid
from renewal.journey.profile import keep_avatar
from renewal.store.models import Avatar
from tests.factories import portrait_jpeg, stored
from tests.images.pictures import opened
from tests.naughty import is_sentence


def test_a_photo_becomes_a_small_square(services):
    kept = opened(services.people.avatar(keep_avatar(services, portrait_jpeg())))
    assert (kept.size, kept.format) == ((96, 96), "JPEG")


@pytest.mark.parametrize("data", [b"", b"<svg/>", portrait_jpeg()[:1000]], ids=["empty", "svg", "cut"])
def test_what_is_no_photo_is_refused_in_words_and_not_kept(services, data):
    with pytest.raises(Invalid) as refused:
        keep_avatar(services, data)
    assert set(refused.value.errors) == {"avatar_file"}
    assert is_sentence(refused.value.errors["avatar_file"])
    assert not stored(services, Avatar)
