import pytest

from renewal.images.errors import ImageRejected
from renewal.verification.selfie import check
from tests.images.pictures import astronaut, to_bytes


def test_a_first_selfie_passes():
    assert check(to_bytes(astronaut())).jpeg


def test_a_picture_used_before_is_refused():
    earlier = check(to_bytes(astronaut())).perceptual_hash
    with pytest.raises(ImageRejected, match="用过"):
        check(to_bytes(astronaut(1.5)), [0, earlier])


def test_other_pictures_before_it_do_not_matter():
    earlier = check(to_bytes(astronaut())).perceptual_hash
    assert check(to_bytes(astronaut()), [earlier ^ 0xFFFF]).jpeg
