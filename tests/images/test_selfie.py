import pytest
from PIL import Image

from renewal.images.errors import ImageRejected
from renewal.images.selfie import examine_selfie
from tests.images.pictures import astronaut, cat, opened, to_bytes


def test_a_selfie_is_kept_small_and_bare():
    selfie = examine_selfie(to_bytes(astronaut(4.0), quality=95))
    photo = opened(selfie.jpeg)
    assert max(photo.size) <= 1200
    assert len(selfie.jpeg) <= 100_000
    assert not photo.getexif()


def test_a_selfie_without_a_face_is_refused():
    with pytest.raises(ImageRejected, match="没有找到"):
        examine_selfie(to_bytes(cat()))


def test_a_selfie_of_two_is_refused():
    two = Image.new("RGB", (2048, 1024))
    two.paste(astronaut(), (0, 0))
    two.paste(astronaut(), (1024, 0))
    with pytest.raises(ImageRejected, match="不止一张"):
        examine_selfie(to_bytes(two))


def test_the_same_picture_saved_again_has_nearly_the_same_hash():
    first = examine_selfie(to_bytes(astronaut(), quality=95))
    again = examine_selfie(to_bytes(astronaut(1.5), quality=60))
    other = examine_selfie(to_bytes(astronaut().transpose(Image.Transpose.FLIP_LEFT_RIGHT)))
    assert (first.perceptual_hash ^ again.perceptual_hash).bit_count() <= 3
    assert (first.perceptual_hash ^ other.perceptual_hash).bit_count() > 12
