from datetime import timedelta

import pytest

from renewal.journey.form_input import Invalid
from renewal.journey.profile import keep_avatar, remove_avatar, show_avatar
from renewal.store.models import Avatar
from tests.engines import read_only
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


def test_a_picture_that_is_shown_now_and_then_is_used(services, clock):
    avatar_id = keep_avatar(services, "a phone", portrait_jpeg())
    for _ in range(5):
        clock.go_on(days=20)
        assert show_avatar(services, avatar_id)
        assert services.people.unused_avatars(clock() - timedelta(days=30)) == []
    clock.go_on(days=31)
    assert services.people.unused_avatars(clock() - timedelta(days=30)) == [avatar_id]


def test_it_is_noted_once_a_day_so_that_looking_seldom_writes(services, clock):
    avatar_id = keep_avatar(services, "a phone", portrait_jpeg())
    first = stored(services, Avatar)[0].used_at
    clock.go_on(hours=23)
    show_avatar(services, avatar_id)
    assert stored(services, Avatar)[0].used_at == first


def test_who_only_looks_is_not_bothered_by_a_disk_that_takes_nothing(services, clock):
    avatar_id = keep_avatar(services, "a phone", portrait_jpeg())
    clock.go_on(days=2)
    with read_only(services):
        assert show_avatar(services, avatar_id)


def test_a_picture_seen_since_it_was_found_unused_stays(services, clock):
    avatar_id = keep_avatar(services, "a phone", portrait_jpeg())
    clock.go_on(days=31)
    before = clock() - timedelta(days=30)
    show_avatar(services, avatar_id)
    assert services.people.remove_unused([avatar_id], before) == 0


def test_without_a_picture_there_is_none_to_show(services):
    assert show_avatar(services, "") is None
    assert show_avatar(services, "unknown") is None
